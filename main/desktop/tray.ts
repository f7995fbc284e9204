// The icon beside the clock: how gateway and tunnel are, pausing outreach, opening the window, quitting.
import { join } from "node:path";
import type { DesktopDeps } from "./desktop-deps.ts";
import type { TrayCalls } from "./electron-calls.ts";
import type { TrayPicture, TrayState } from "./tray-state.ts";

export interface TrayCommands {
  open(): void;
  pauseOutreach(): void;
  resumeOutreach(): void;
  quit(): void;
}

export interface DesktopTray {
  show(state: TrayState): void;
}

/** Null where this desktop has no place for it. */
export function createTray(
  { calls, icons, platform }: Pick<DesktopDeps, "calls" | "icons" | "platform">,
  commands: TrayCommands,
  log: (line: string) => void,
): DesktopTray | null {
  // macOS colours its own icons: it takes their shape alone.
  const picture = (name: TrayPicture): string =>
    join(icons, platform === "darwin" ? `${name}Template.png` : `${name}.png`);
  let tray: TrayCalls;
  try {
    tray = calls.createTray(picture("running"));
  } catch (error) {
    log(`no tray icon: ${String(error)}`);
    return null;
  }
  // On macOS a click opens the menu.
  if (platform !== "darwin") tray.on("click", commands.open);
  return {
    show: (state) => {
      tray.setImage(picture(state.picture));
      tray.setToolTip(`Aventora Gateway: ${state.line}`);
      tray.setContextMenu(menuOf(state, commands));
    },
  };
}

const menuOf = (state: TrayState, commands: TrayCommands) => [
  { label: state.line, enabled: false },
  ...(state.address === null ? [] : [{ label: state.address, enabled: false }]),
  { type: "separator" as const },
  { id: "open", label: "Open Aventora Gateway", click: commands.open },
  state.paused
    ? { id: "resume-outreach", label: "Let outreach go on", click: commands.resumeOutreach }
    : { id: "pause-outreach", label: "Pause all outreach", click: commands.pauseOutreach },
  { type: "separator" as const },
  { id: "quit", label: "Quit", click: commands.quit },
];
