// The part of the package hoodiecrow-imap that is used here; it brings no types of its own.
import type { Server, Socket } from "node:net";

export interface HoodieMailbox {
  uidvalidity: number;
  uidnext: number;
  readonly messages: { uid: number; readonly flags: string[]; readonly raw: string }[];
}

export interface HoodieConnection {
  /** Where it looks for folders and commands; another one after somebody logged in. */
  server: HoodieServer;
  state: string;
  readonly _notificationCallback: (...facts: never[]) => void;
  send(response: HoodieResponse, description: string, parsed: unknown, data: unknown): void;
}

export interface HoodieResponse {
  readonly tag: string;
  readonly command: string;
  readonly attributes: readonly { readonly type: "TEXT"; readonly value: string }[];
}

export interface HoodieCommand {
  readonly tag: string;
  readonly attributes?: readonly { readonly type: string; readonly value: string }[];
}

export type CommandHandler = (
  connection: HoodieConnection,
  parsed: HoodieCommand,
  data: unknown,
  done: () => void,
) => void;

export interface HoodieServer {
  /** The socket it listens on. */
  readonly server: Server & { on(event: "connection", listener: (socket: Socket) => void): unknown };
  setCommandHandler(command: string, handler: CommandHandler): void;
  getCommandHandler(command: string): CommandHandler;
  getMailbox(path: string): HoodieMailbox | undefined;
  /** `raw`: one character per byte. `date`: as IMAP writes it. */
  appendMessage(mailbox: string, flags: readonly string[], date: string, raw: string): unknown;
  on(event: "notify", listener: (...facts: never[]) => void): unknown;
  removeListener(event: "notify", listener: (...facts: never[]) => void): unknown;
}

export interface HoodieOptions {
  readonly plugins: readonly string[];
  readonly storage: Readonly<Record<string, unknown>>;
  readonly secureConnection?: boolean;
  readonly credentials: { readonly key: string; readonly cert: string };
}

export type MakeHoodie = (options: HoodieOptions) => HoodieServer;

export async function loadHoodie(): Promise<MakeHoodie> {
  const loaded: unknown = await import("hoodiecrow-imap" as string);
  return (loaded as { default: MakeHoodie }).default;
}
