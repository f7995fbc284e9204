// Does what menu, tray, notifications and links of the desktop app ask of the console. The frame calls it once.
import { Spotlight } from "@mantine/spotlight";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { goTo } from "../kit/hash-route.ts";
import { desktopBridge } from "./desktop-bridge.ts";

const OUTREACH_PATHS: ReadonlySet<string> = new Set(["/home", "/outreach", "/status"]);

export function useDesktopCommands(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      desktopBridge()?.onMenu((asked) => {
        if (asked.command === "go") goTo(asked.to);
        else if (asked.command === "find") Spotlight.open();
        else
          void client.invalidateQueries({
            predicate: ({ queryKey }) => OUTREACH_PATHS.has(String(queryKey[0])),
          });
      }),
    [client],
  );
}
