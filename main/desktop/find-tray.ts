// Whether this desktop shows tray icons at all. Electron makes one without complaint where nobody shows it, and a window
// closed to such a tray would be gone for good.
import type { DesktopDeps } from "./desktop-deps.ts";

const WATCHER = "org.kde.StatusNotifierWatcher";
const BUS = "org.freedesktop.DBus";

/** Windows and macOS always do; on Linux the session bus is asked whether anybody shows icons. In doubt: no. */
export async function findTray({ platform, run }: Pick<DesktopDeps, "platform" | "run">): Promise<boolean> {
  if (platform !== "linux") return true;
  const asks: readonly (readonly [string, readonly string[]])[] = [
    [
      "gdbus",
      ["call", "--session", "--dest", BUS, "--object-path", "/org/freedesktop/DBus"].concat([
        "--method",
        `${BUS}.NameHasOwner`,
        WATCHER,
      ]),
    ],
    [
      "dbus-send",
      ["--session", "--print-reply", `--dest=${BUS}`, "/org/freedesktop/DBus"].concat([
        `${BUS}.NameHasOwner`,
        `string:${WATCHER}`,
      ]),
    ],
  ];
  for (const [program, parameters] of asks) {
    try {
      return /\btrue\b/.test(await run(program, parameters));
    } catch {
      // The other one is asked.
    }
  }
  return false;
}
