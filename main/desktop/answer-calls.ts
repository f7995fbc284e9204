// The door between the page and the shell: only our window's own main frame, only on the console's own origin, only calls
// the contract names with arguments its schemas accept. A refusal is an answer, never a silence. Besides main.ts, which
// hands it over, nobody else touches Electron's ipcMain.
import { DESKTOP_CALLS, type DesktopAnswer, type DesktopCall } from "../../shared/desktop-contract.ts";
import type { CallEvent, ElectronCalls } from "./electron-calls.ts";

export interface CallDoor {
  /** The window whose page may call; null while there is none. */
  readonly window: () => { readonly id: number; readonly origin: string } | null;
  readonly log: (line: string) => void;
}

/** What each call does, given the arguments its schema let through. */
export type CallAnswers = {
  readonly [Name in DesktopCall]: (...given: CallArguments<Name>) => unknown;
};
export type CallArguments<Name extends DesktopCall> = (typeof DESKTOP_CALLS)[Name]["_output"];

export function answerCalls(
  ipcMain: ElectronCalls["ipcMain"],
  answers: CallAnswers,
  { window, log }: CallDoor,
): void {
  const answer = async <Name extends DesktopCall>(
    name: Name,
    event: CallEvent,
    given: readonly unknown[],
  ): Promise<DesktopAnswer<unknown>> => {
    if (!isOurs(event, window())) {
      log(`a call of ${name} from a page that is not the console was refused`);
      return { ok: false, message: "This page may not call the desktop app." };
    }
    const parsed = DESKTOP_CALLS[name].safeParse(given);
    if (!parsed.success) {
      log(`a call of ${name} with other arguments than agreed was refused`);
      return { ok: false, message: "The desktop app does not understand this call." };
    }
    try {
      const act: (...given: never[]) => unknown = answers[name];
      return { ok: true, value: await act(...(parsed.data as never[])) };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  };
  for (const name of Object.keys(DESKTOP_CALLS) as DesktopCall[])
    ipcMain.handle(`desktop:${name}`, (event, ...given) => answer(name, event, given));
}

function isOurs(event: CallEvent, window: ReturnType<CallDoor["window"]>): boolean {
  const frame = event.senderFrame;
  return (
    window !== null &&
    frame !== null &&
    event.sender.id === window.id &&
    frame.parent === null &&
    frame.origin === window.origin
  );
}
