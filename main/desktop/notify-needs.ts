// Tells the person of what newly waits for them, once for each cause, also over a restart. Who has the console before them
// sees it there and is not told besides.
import { createHash } from "node:crypto";
import type { Glance } from "../../server/index.ts";
import type { DesktopFile } from "./desktop-file.ts";
import type { ElectronCalls, NotificationCalls } from "./electron-calls.ts";
import { type NeedText, sayNeeds } from "./say-need.ts";

interface NotifyDeps {
  readonly calls: Pick<ElectronCalls, "createNotification" | "canNotify">;
  readonly file: DesktopFile;
  readonly isFocused: () => boolean;
  readonly open: (route: string) => void;
}

export interface NeedTeller {
  tell(needs: Glance["needs"]): void;
  /** A single notice of the shell's own. */
  say(text: NeedText): void;
}

/** An id may hold the words of an error; the file keeps only a mark of it. */
const markOf = (id: string): string => createHash("sha256").update(id).digest("hex").slice(0, 16);

export function createNeedTeller({ calls, file, isFocused, open }: NotifyDeps): NeedTeller {
  // Kept, or its click would be lost with it.
  let shown: NotificationCalls | null = null;
  const say = ({ title, body, to }: NeedText): void => {
    if (!calls.canNotify()) return;
    shown?.close();
    const notification = calls.createNotification({ title, body });
    notification.on("click", () => open(to));
    notification.show();
    shown = notification;
  };
  return {
    say,
    tell: (needs) => {
      const told = new Set(file.read().toldNeeds);
      const marks = needs.map(({ id }) => markOf(id));
      const fresh = needs.filter((_need, index) => !told.has(marks[index] ?? ""));
      if (fresh.length === 0 && marks.length === told.size) return;
      // What is over is forgotten: should it come again, it is news.
      file.change({ toldNeeds: marks });
      const text = isFocused() ? null : sayNeeds(fresh);
      if (text !== null) say(text);
    },
  };
}
