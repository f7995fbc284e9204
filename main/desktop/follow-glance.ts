// Looks how the gateway stands, when something happened there and at least every half minute, for tray and notifications.
import type { Gateway, Glance } from "../../server/index.ts";
import type { DesktopTimer } from "./desktop-deps.ts";

interface FollowDeps {
  readonly gateway: Pick<Gateway, "glance" | "onNews">;
  readonly timer: DesktopTimer;
  readonly log: (line: string) => void;
  readonly onGlance: (glance: Glance) => void;
}

export interface GlanceFollower {
  /** Looks soon, with whatever else happens meanwhile. */
  look(): void;
  stop(): void;
}

const GATHER_MS = 1_000;
const EVERY_MS = 30_000;

export function followGlance({ gateway, timer, log, onGlance }: FollowDeps): GlanceFollower {
  let stopped = false;
  let soon: (() => void) | null = null;
  let late: () => void = () => undefined;
  const read = async (): Promise<void> => {
    soon = null;
    late();
    try {
      const glance = await gateway.glance();
      if (!stopped) onGlance(glance);
    } catch (error) {
      if (!stopped) log(`how the gateway stands could not be read: ${String(error)}`);
    }
    late();
    if (!stopped) late = timer.after(EVERY_MS, look);
  };
  const look = (): void => {
    if (!stopped) soon ??= timer.after(GATHER_MS, () => void read());
  };
  const stopNews = gateway.onNews(look);
  void read();
  return {
    look,
    stop: () => {
      stopped = true;
      soon?.();
      late();
      stopNews();
    },
  };
}
