// The frame: rail, lamps, banners and the room the route leads to.
import { Spotlight } from "@mantine/spotlight";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { useDesktopCommands } from "../desktop/use-desktop-commands.ts";
import { Empty, Loading } from "../kit/load-state.tsx";
import { useStream } from "../kit/stream.tsx";
import { SHELL } from "../texts/shell.ts";
import { Banners } from "./banners.tsx";
import { useConnection } from "./connection.tsx";
import { LampStrip } from "./lamp-strip.tsx";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import { roomOf, warmRooms } from "./rooms.ts";

export function Shell() {
  const [path] = useLocation();
  const room = roomOf(path);
  const main = useRef<HTMLElement>(null);
  useFresh();
  useDesktopCommands();
  useEffect(() => {
    const timer = setTimeout(warmRooms, 800);
    return () => clearTimeout(timer);
  }, []);
  const name = room?.name ?? SHELL.notFound;
  const first = useRef(true);
  useEffect(() => {
    document.title = `${name} · ${SHELL.product}`;
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [name]);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {SHELL.skip}
      </button>
      <Rail at={room?.id ?? null} onFind={Spotlight.open} />
      <div className="stage">
        <LampStrip />
        <Banners />
        <main ref={main} tabIndex={-1} aria-label={name} key={room?.id ?? ""} className="room">
          <Suspense fallback={<Loading />}>{room ? <room.Body /> : <NoSuchScreen />}</Suspense>
        </main>
      </div>
      <Palette />
    </div>
  );
}

function NoSuchScreen() {
  return (
    <Empty title={SHELL.notFound}>
      <a href="#/">{SHELL.goHome}</a>
    </Empty>
  );
}

const SETTLE_MS = 600;

/** Reads again what an outreach's change touches, once things rest for a moment, and everything after a silence. */
function useFresh(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const connection = useConnection();
  const before = useRef(connection);
  const paths = useRef(new Set<string>());
  const refresh = (...some: string[]): void => {
    for (const path of some) paths.current.add(path);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const touched = paths.current;
      paths.current = new Set();
      void client.invalidateQueries({ predicate: ({ queryKey }) => touched.has(String(queryKey[0])) });
    }, SETTLE_MS);
  };
  useStream({
    onEngagements: (ids) =>
      refresh(
        ...["/home", "/engagements", "/campaigns", "/story", "/conversations"],
        ...ids.flatMap((id) => [`/engagements/${id}`, `/engagements/${id}/conversation`]),
      ),
    onOpen: () => refresh("/home", "/engagements", "/campaigns", "/conversations", "/status"),
    onCut: () => refresh("/home"),
  });
  useEffect(() => {
    if (before.current === "offline" && connection === "ok") void client.invalidateQueries();
    before.current = connection;
  }, [connection, client]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
