// What the console may ask of the desktop window it runs in, and what the window tells it. The preload script exposes this
// as `window.aventoraDesktop`; in a browser there is none, and the console hides what needs it. Each call's arguments are
// checked by the schemas here before anything is done (main/desktop/answer-calls.ts).
import { z } from "zod";

/** Why a file is chosen: where a backup is to be written, or which one is to be restored. */
export const fileChoiceSchema = z.strictObject({ purpose: z.enum(["backup-save", "backup-open"]) });
export type FileChoice = z.infer<typeof fileChoiceSchema>;

/** `hidden`: started at login without its window, only the tray icon. */
export const loginItemChangeSchema = z.strictObject({ openAtLogin: z.boolean(), hidden: z.boolean() });
export type LoginItemChange = z.infer<typeof loginItemChangeSchema>;

/** Look for a newer version, fetch the one that was found, install the one that was fetched. */
export const updateActSchema = z.enum(["look", "fetch", "install"]);
export type UpdateAct = z.infer<typeof updateActSchema>;

/** The arguments of every call, by its name. */
export const DESKTOP_CALLS = {
  about: z.tuple([]),
  openExternal: z.tuple([z.string().max(2_000)]),
  chooseFile: z.tuple([fileChoiceSchema]),
  loginItem: z.tuple([]),
  setLoginItem: z.tuple([loginItemChangeSchema]),
  updates: z.tuple([]),
  stepUpdate: z.tuple([updateActSchema]),
} as const satisfies Readonly<Record<string, z.ZodType<readonly unknown[]>>>;
export type DesktopCall = keyof typeof DESKTOP_CALLS;

export interface DesktopAbout {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** False where it runs out of a checkout. */
  readonly packaged: boolean;
  /** Folder with settings, keys and database. */
  readonly dataFolder: string;
}

export interface LoginItem extends LoginItemChange {
  /** Null where it can be switched; else why it cannot, as a sentence. */
  readonly problem: string | null;
}

export interface UpdateState {
  readonly state: "off" | "current" | "looking" | "available" | "ready" | "failed";
  /** The version that is there to be had; null where none is known. */
  readonly version: string | null;
  readonly sentence: string;
}

/** What a menu, the tray, a notification or a deep link asks of the console. */
export type DesktopCommand =
  /** Go to a route of the console, "/settings". */
  | { readonly command: "go"; readonly to: string }
  | { readonly command: "find" }
  /** Outreach was paused or resumed outside the console: read its state again. */
  | { readonly command: "outreach-switched" };

/** `window.aventoraDesktop`. Every promise rejects with an Error whose message is a sentence for a person. */
export interface DesktopBridge {
  about(): Promise<DesktopAbout>;
  /** Opens a web page or a mail in the computer's own program; https, mailto and tel only. */
  openExternal(url: string): Promise<void>;
  /** The chosen path; null when none was chosen. */
  chooseFile(choice: FileChoice): Promise<string | null>;
  loginItem(): Promise<LoginItem>;
  setLoginItem(change: LoginItemChange): Promise<LoginItem>;
  updates(): Promise<UpdateState>;
  /** What stands after it; nothing is done where the state does not call for it. */
  stepUpdate(act: UpdateAct): Promise<UpdateState>;
  /** Returns the way to stop listening. */
  onMenu(listener: (command: DesktopCommand) => void): () => void;
}

/** How a call's end travels: an error's own text would not survive the way between the processes. */
export type DesktopAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

export type DesktopChannel = `desktop:${DesktopCall}`;
export type DesktopCommandChannel = "desktop:command";
