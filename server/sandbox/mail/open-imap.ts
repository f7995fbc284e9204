// The pretend IMAP server: one address, and behind each login a mailbox of its own. Opened by create-mail-world.
import type { AddressInfo, Server, Socket } from "node:net";
import type { HoodieCommand, HoodieConnection, HoodieMailbox, HoodieServer } from "./hoodiecrow.ts";
import { loadHoodie } from "./hoodiecrow.ts";
import type { MailLogin } from "./mail-types.ts";
import type { Certificate } from "./make-certificate.ts";

export interface OpenedImap {
  readonly imap: number;
  readonly imaps: number;
  /** Puts a mail into a folder. `at`: when it came, epoch ms. */
  append(user: string, folder: "INBOX" | "Sent", raw: Buffer, at: number): void;
  renumber(user: string): void;
  /** Every mailbox is empty and new. */
  clear(): void;
  close(): Promise<void>;
}

/** Those that are known to work together. */
const PLUGINS = [
  "ID",
  "SASL-IR",
  "NAMESPACE",
  "IDLE",
  "UNSELECT",
  "ENABLE",
  "UIDPLUS",
  "LITERALPLUS",
  "SPECIAL-USE",
];

/** `logins` is asked at every login. */
export async function openImap(
  logins: () => readonly MailLogin[],
  { key, certificate }: Certificate,
): Promise<OpenedImap> {
  const make = await loadHoodie();
  const credentials = { key, cert: certificate };
  const stores = new Map<string, HoodieServer>();
  const numbering = { validity: 1 };
  const storeOf = (user: string): HoodieServer => {
    const known = stores.get(user);
    if (known) return known;
    const uidvalidity = numbering.validity++;
    const folders = { Sent: { "special-use": "\\Sent", uidvalidity } };
    const storage = { INBOX: { uidvalidity }, "": { separator: "/", folders } };
    const store = make({ plugins: PLUGINS, storage, credentials });
    for (const command of ["SELECT", "EXAMINE"]) refuseMissing(store, command);
    stores.set(user, store);
    return store;
  };
  const front = (secureConnection: boolean): HoodieServer => {
    const plugins = secureConnection ? PLUGINS : [...PLUGINS, "STARTTLS"];
    const server = make({ plugins, secureConnection, credentials, storage: {} });
    server.setCommandHandler("LOGIN", (connection, parsed, data, done) => {
      const login = findLogin(logins(), parsed);
      if (login) enter(connection, storeOf(login.user));
      answerLogin(connection, parsed, data, login !== undefined);
      done();
    });
    return server;
  };
  const [plain, secure] = await Promise.all([listen(front(false).server), listen(front(true).server)]);
  return {
    imap: plain.port,
    imaps: secure.port,
    append: (user, folder, raw, at) =>
      void storeOf(user).appendMessage(folder, [], imapDate(at), raw.toString("latin1")),
    renumber: (user) => renumber(storeOf(user).getMailbox("INBOX"), numbering.validity++),
    clear: () => stores.clear(),
    close: async () => {
      await Promise.all([plain.close(), secure.close()]);
    },
  };
}

const findLogin = (logins: readonly MailLogin[], { attributes = [] }: HoodieCommand): MailLogin | undefined =>
  logins.find(({ user, password }) => user === attributes[0]?.value && password === attributes[1]?.value);

// RFC 3501, 6.3.1: NO where there is no such mailbox; the package says BAD.
function refuseMissing(store: HoodieServer, command: string): void {
  const handler = store.getCommandHandler(command);
  store.setCommandHandler(command, (connection, parsed, data, done) => {
    if (store.getMailbox(parsed.attributes?.[0]?.value ?? "")) return handler(connection, parsed, data, done);
    const attributes = [{ type: "TEXT", value: "[NONEXISTENT] There is no such mailbox" } as const];
    connection.send({ tag: parsed.tag, command: "NO", attributes }, `${command} FAILED`, parsed, data);
    done();
  });
}

// From here on the connection sees the folders of this login only.
function enter(connection: HoodieConnection, store: HoodieServer): void {
  connection.server.removeListener("notify", connection._notificationCallback);
  connection.server = store;
  store.on("notify", connection._notificationCallback);
}

function answerLogin(
  connection: HoodieConnection,
  { tag }: HoodieCommand,
  data: unknown,
  accepted: boolean,
): void {
  if (accepted) connection.state = "Authenticated";
  const value = accepted ? "Logged in" : "[AUTHENTICATIONFAILED] Invalid login or password";
  const response = { tag, command: accepted ? "OK" : "NO", attributes: [{ type: "TEXT", value } as const] };
  connection.send(response, accepted ? "LOGIN SUCCESS" : "LOGIN FAILED", { tag }, data);
}

function renumber(mailbox: HoodieMailbox | undefined, validity: number): void {
  if (!mailbox) return;
  mailbox.uidvalidity = validity;
  for (const [index, message] of mailbox.messages.entries()) message.uid = index + 1;
  mailbox.uidnext = mailbox.messages.length + 1;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "02-Mar-2026 15:00:00 +0000". */
function imapDate(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}-${MONTHS[Number(month) - 1]}-${year} ${time.slice(0, 8)} +0000`;
}

/** On a free port of this machine; closing cuts whoever is still connected. */
export function listen(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.off("error", reject);
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          for (const socket of sockets) socket.destroy();
        });
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}
