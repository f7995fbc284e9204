// What closing the window means: the gateway goes on behind the tray icon, which is said once. Where there is no tray icon a
// hidden window could not be brought back, so the person is asked.
import type { ConsoleWindow } from "./console-window.ts";
import type { ShellDeps } from "./shell-deps.ts";

interface CloseDeps extends Pick<ShellDeps, "calls" | "file" | "platform"> {
  readonly hasTray: () => boolean;
  readonly window: Pick<ConsoleWindow, "hide" | "minimize">;
  readonly quit: () => void;
  readonly say: (text: { title: string; body: string; to: string }) => void;
}

const QUESTION = {
  type: "question" as const,
  title: "Aventora Gateway",
  message: "Stop the gateway?",
  detail:
    "While it is stopped, Follow Up Boss cannot reach it and nothing goes out. This desktop shows no tray icon, so the window is minimized where the gateway is to go on.",
  buttons: ["Stop and quit", "Keep it running", "Cancel"],
  defaultId: 1,
  cancelId: 2,
};

/** Returns what the window does when it is closed. */
export function closePolicy(deps: CloseDeps): () => void {
  let asking = false;
  const askFirst = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      const { response } = await deps.calls.dialog.showMessageBox(QUESTION);
      if (response === 0) deps.quit();
      if (response === 1) deps.window.minimize();
    } finally {
      asking = false;
    }
  };
  return () => {
    // A Mac keeps an app without windows in its Dock.
    if (!deps.hasTray() && deps.platform !== "darwin") return void askFirst();
    deps.window.hide();
    if (deps.file.read().toldOfTray) return;
    deps.file.change({ toldOfTray: true });
    deps.say({
      title: "The gateway goes on in the background",
      body: "Open it again, or quit it, from its icon in the tray or menu bar.",
      to: "/",
    });
  };
}
