// Keeps tray, menu bar and notifications at what the server's state is.
import { menuTemplate } from "./menus.ts";
import type { NeedTeller } from "./notify-needs.ts";
import type { RunningServer } from "./run-server.ts";
import type { shellCommands } from "./shell-commands.ts";
import type { ShellDeps } from "./shell-deps.ts";
import type { DesktopTray } from "./tray.ts";
import { trayState } from "./tray-state.ts";

interface StateDeps extends Pick<ShellDeps, "calls" | "platform"> {
  readonly server: RunningServer;
  readonly teller: NeedTeller;
  readonly commands: ReturnType<typeof shellCommands>;
  readonly tray: () => DesktopTray | null;
}

/** Returns what is called whenever something may have changed. */
export function createStateDisplay({
  calls,
  platform,
  server,
  teller,
  commands,
  tray,
}: StateDeps): () => void {
  let menuPaused: boolean | null = null;
  const mac = platform === "darwin";
  return () => {
    const glance = server.glance();
    const state = trayState(server.state(), glance);
    tray()?.show(state);
    if (glance !== null && server.state() === "running") teller.tell(glance.needs);
    if (state.paused === menuPaused) return;
    menuPaused = state.paused;
    const developing = !calls.app.isPackaged;
    calls.setApplicationMenu(menuTemplate({ mac, developing, paused: state.paused }, commands));
  };
}
