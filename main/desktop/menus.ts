// The menu bar: places of the console with their shortcuts, the outreach switch, help. Built from commands, so that it is
// the same on every system but for where each expects its entries.
import type { MenuItemConstructorOptions } from "electron";

export interface MenuCommands {
  /** Opens the window at a route of the console. */
  go(route: string): void;
  find(): void;
  pauseOutreach(): void;
  resumeOutreach(): void;
  openFolder(): void;
  /** Undefined where the package brings no README. */
  readonly openReadme?: (() => void) | undefined;
  about(): void;
  quit(): void;
}

export interface MenuState {
  readonly mac: boolean;
  /** Out of a checkout: with what developers need. */
  readonly developing: boolean;
  readonly paused: boolean;
}

type Item = MenuItemConstructorOptions;
const LINE: Item = { type: "separator" };

export function menuTemplate(state: MenuState, commands: MenuCommands): Item[] {
  const settings: Item = {
    id: "settings",
    label: state.mac ? "Settings…" : "Settings",
    accelerator: "CmdOrCtrl+,",
    click: () => commands.go("/settings"),
  };
  const quit: Item = {
    id: "quit",
    label: "Quit Aventora Gateway",
    accelerator: "CmdOrCtrl+Q",
    click: commands.quit,
  };
  const about: Item = { id: "about", label: "About Aventora Gateway", click: commands.about };
  const first: Item = state.mac
    ? {
        label: "Aventora Gateway",
        submenu: [
          about,
          LINE,
          settings,
          LINE,
          { role: "hide" },
          { role: "hideOthers" },
          { role: "unhide" },
          LINE,
          quit,
        ],
      }
    : { label: "&File", submenu: [settings, LINE, { role: "close" }, quit] };
  return [
    first,
    { role: "editMenu" },
    goMenu(commands),
    outreachMenu(state, commands),
    viewMenu(state),
    ...(state.mac ? [{ role: "windowMenu" } satisfies Item] : []),
    helpMenu(state, commands, about),
  ];
}

function goMenu({ go, find }: MenuCommands): Item {
  const place = (id: string, label: string, route: string, accelerator?: string): Item => ({
    id,
    label,
    click: () => go(route),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  return {
    label: "&Go",
    submenu: [
      { id: "find", label: "Find…", accelerator: "CmdOrCtrl+K", click: find },
      LINE,
      place("home", "Home", "/", "CmdOrCtrl+1"),
      place("setup", "Setup", "/setup", "CmdOrCtrl+2"),
      place("agents", "Agents", "/agents", "CmdOrCtrl+3"),
      place("outreach", "Outreach", "/outreach", "CmdOrCtrl+4"),
      place("journal", "Journal", "/journal", "CmdOrCtrl+5"),
      place("webhooks", "Webhooks", "/webhooks", "CmdOrCtrl+6"),
    ],
  };
}

const outreachMenu = ({ paused }: MenuState, { pauseOutreach, resumeOutreach }: MenuCommands): Item => ({
  label: "&Outreach",
  submenu: [
    paused
      ? {
          id: "resume-outreach",
          label: "Let outreach go on",
          accelerator: "CmdOrCtrl+Shift+P",
          click: resumeOutreach,
        }
      : {
          id: "pause-outreach",
          label: "Pause all outreach",
          accelerator: "CmdOrCtrl+Shift+P",
          click: pauseOutreach,
        },
  ],
});

const viewMenu = ({ developing }: MenuState): Item => ({
  label: "&View",
  submenu: [
    { role: "reload" },
    LINE,
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    LINE,
    { role: "togglefullscreen" },
    ...(developing ? [LINE, { role: "toggleDevTools" } satisfies Item] : []),
  ],
});

const helpMenu = ({ mac }: MenuState, commands: MenuCommands, about: Item): Item => ({
  role: "help",
  submenu: [
    ...(commands.openReadme === undefined
      ? []
      : [{ id: "readme", label: "How it works (README)", click: commands.openReadme }]),
    { id: "troubleshooting", label: "Troubleshooting", click: () => commands.go("/settings/help") },
    { id: "support", label: "Support bundle", click: () => commands.go("/settings/support") },
    { id: "folder", label: "Open data folder", click: commands.openFolder },
    ...(mac ? [] : [LINE, about]),
  ],
});
