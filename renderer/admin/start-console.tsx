// Puts the console into the page, and says so where it cannot be shown. main.ts loads it.
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/kit.css";
import "./styles/table.css";
import "./styles/rooms.css";
import "./styles/story.css";
import "./styles/setup.css";
import "./styles/agents.css";
import "./styles/webhooks.css";
import "./styles/settings.css";
import "./styles/channels.css";
import { MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { RoomMissing } from "./shell/room-missing.tsx";
import { theme } from "./theme.ts";

export function startConsole(node: HTMLElement): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
  const root = createRoot(node, {
    onUncaughtError: (error) => {
      console.error(error);
      queueMicrotask(() =>
        root.render(
          <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
            <main className="locked">
              <RoomMissing />
            </main>
          </MantineProvider>,
        ),
      );
    },
  });
  root.render(<App nonce={nonce} />);
}
