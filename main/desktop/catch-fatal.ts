// An error nobody caught: the program cannot be trusted to go on. It is written down, the gateway is closed as cleanly as it
// still can be, and then it is said; what was accepted is on disk.
import type { Quit } from "./quit.ts";
import type { ShellDeps } from "./shell-deps.ts";

const TITLE = "Aventora Gateway has to stop";
const WORDS =
  "Something in the program failed that should not. Nothing that was accepted is lost. Start it again; if this comes back, send the log in the data folder, under logs.";

export function catchFatal(
  { calls, log, onFatal }: Pick<ShellDeps, "calls" | "log" | "onFatal">,
  quit: Quit,
): void {
  onFatal((error) => {
    log(`an error nobody caught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    // While it leaves, further ones neither stop it from that nor hasten it.
    if (quit.isLeaving()) return;
    // The box holds the whole process until somebody clicks: by then nothing is open that it could hold.
    quit.begin(1, () => calls.dialog.showErrorBox(TITLE, WORDS));
  });
}
