// What main.ts hands to the shell, with the stand-in in Electron's place.
import type { DesktopDeps } from "../../main/desktop/desktop-deps.ts";
import type { ElectronStandIn } from "./electron-stand-in.ts";

export function desktopDeps(
  standIn: ElectronStandIn,
  argv: readonly string[],
): Omit<DesktopDeps, "startServer"> & { readonly fatal: { happen: (error: unknown) => void } } {
  const fatal = { happen: (_error: unknown): void => undefined };
  return {
    calls: standIn.calls,
    argv,
    // Nothing of this computer's own user is read or changed.
    environment: { XDG_CONFIG_HOME: "/home/ann/.config" },
    platform: "linux",
    executable: "/opt/Aventora Gateway/aventora-gateway",
    preload: "/app/preload.cjs",
    icons: "/app/icons",
    readme: null,
    documents: "/home/ann/Documents",
    version: "1.2.3",
    timer: {
      now: () => Date.now(),
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    },
    build: null,
    openUpdater: () => Promise.reject(new Error("updates are off")),
    run: async () => "(true,)",
    onFatal: (listener) => {
      fatal.happen = listener;
    },
    fatal,
  };
}
