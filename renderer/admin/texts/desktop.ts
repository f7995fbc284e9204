// Words of "This computer" in Settings, which only the desktop app shows.
export const DESKTOP = {
  start: "When you sign in",
  startText: "The gateway only works while it runs. Started at sign-in, nobody has to think of it.",
  atLogin: "Start when I sign in to this computer",
  hidden: "Start without the window",
  hiddenText: "Only the icon in the tray or menu bar shows; the window opens from there.",
  app: "This app",
  version: "Version",
  engine: "Runs on",
  engineOf: (electron: string, chromium: string) => `Electron ${electron}, Chromium ${chromium}`,
  folder: "Data folder",
  updates: "Updates",
  update: { available: "Fetch it", ready: "Install and restart", failed: "Try again" },
  checkout: "from a checkout",
} as const;
