// What the standing shell is given once Electron is ready.
import type { DesktopDeps } from "./desktop-deps.ts";
import type { DesktopFile } from "./desktop-file.ts";
import type { SessionCalls } from "./electron-calls.ts";
import type { ContentsGuard } from "./guard-contents.ts";
import type { ExternalOpener } from "./open-external.ts";
import type { DesktopArguments } from "./read-arguments.ts";

export interface ShellDeps extends DesktopDeps {
  readonly call: DesktopArguments;
  readonly dataFolder: string;
  readonly file: DesktopFile;
  readonly guard: ContentsGuard;
  readonly session: SessionCalls;
  readonly openExternal: ExternalOpener;
  readonly writeLog: (line: string) => void;
  /** One line of the shell's own. */
  readonly log: (line: string) => void;
  readonly nonce: () => string;
  /** The console's origin became known, or is gone. */
  readonly onOrigin: (origin: string | null) => void;
}
