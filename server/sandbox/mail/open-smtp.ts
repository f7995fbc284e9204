// The pretend SMTP server: logins, addresses that refuse, servers that hang up. What becomes of an e-mail it took is
// decided by take-mail. Opened by create-mail-world.
import type { Socket } from "node:net";
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from "smtp-server";
import type { MailLogin } from "./mail-types.ts";
import type { Certificate } from "./make-certificate.ts";
import { listen } from "./open-imap.ts";

export interface TakenMail {
  readonly login: MailLogin;
  readonly session: SMTPServerSession;
  readonly to: string;
  readonly raw: Buffer;
}

export interface SmtpDeps {
  readonly logins: () => readonly MailLogin[];
  readonly slowMs: () => number;
  /** One per recipient, before the server says yes. */
  readonly take: (taken: TakenMail) => Promise<void>;
}

export interface OpenedSmtp {
  readonly smtp: number;
  readonly smtps: number;
  close(): Promise<void>;
}

export async function openSmtp(deps: SmtpDeps, { key, certificate }: Certificate): Promise<OpenedSmtp> {
  const { SMTPServer } = await import("smtp-server");
  const sockets = new Map<number, Socket>();
  const waiting = new Set<NodeJS.Timeout>();
  const greylisted = new Set<string>();
  const options = {
    ...smtpHandlers(deps, greylisted, (session) => sockets.get(session.remotePort)?.destroy(), waiting),
    key,
    cert: certificate,
    name: "mail.practice.example",
    authMethods: ["PLAIN", "LOGIN"],
    // The gateway may talk to a server on its own machine without TLS.
    allowInsecureAuth: true,
    disableReverseLookup: true,
    hideDSN: false,
    size: 2_000_000,
    logger: false,
  };
  const servers = [new SMTPServer(options), new SMTPServer({ ...options, secure: true })];
  for (const { server } of servers) {
    server.on("connection", (socket: Socket) => {
      const port = socket.remotePort ?? 0;
      sockets.set(port, socket);
      socket.on("close", () => sockets.delete(port));
    });
  }
  // A client that hangs up is no trouble of the server's.
  for (const server of servers) server.on("error", () => undefined);
  const [plain, secure] = await Promise.all(servers.map(({ server }) => listen(server)));
  return {
    smtp: plain?.port ?? 0,
    smtps: secure?.port ?? 0,
    close: async () => {
      for (const timer of waiting) clearTimeout(timer);
      await Promise.all([plain?.close(), secure?.close()]);
    },
  };
}

/** Refusal in the server's words; the number of RFC 3463 stands in them. */
const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

const nameOf = (address: string): string => (address.split("@")[0] ?? "").split("+")[0]?.toLowerCase() ?? "";
const domainOf = (address: string): string => address.split("@").at(-1)?.toLowerCase() ?? "";

function smtpHandlers(
  deps: SmtpDeps,
  greylisted: Set<string>,
  hangUp: (session: SMTPServerSession) => void,
  waiting: Set<NodeJS.Timeout>,
): SMTPServerOptions {
  return {
    onAuth: ({ username, password }, _session, callback) => {
      const login = deps.logins().find((each) => each.user === username && each.password === password);
      if (login) callback(null, { user: login });
      else callback(refusal(535, "5.7.8 Username and password not accepted"));
    },
    onMailFrom: ({ address }, session, callback) => {
      const login = session.user as MailLogin;
      const own = domainOf(address) === domainOf(login.address);
      callback(own ? null : refusal(553, `5.7.1 <${address}>: not an address of ${login.user}`));
    },
    onRcptTo: ({ address }, _session, callback) => callback(rcptRefusal(address, greylisted)),
    onData: (stream, session, callback) => {
      readAll(stream)
        .then((raw) => takeAll(deps, session, raw))
        .then((behaviour) => {
          if (behaviour === "drop") hangUp(session);
          else if (behaviour === "spam") callback(refusal(554, "5.7.1 Message rejected as spam"));
          else if (behaviour === "slow") {
            const timer = setTimeout(() => callback(null, "2.0.0 Ok, at last"), deps.slowMs());
            waiting.add(timer);
          } else callback(null, "2.0.0 Ok: queued");
        })
        .catch((error: unknown) => callback(error instanceof Error ? error : new Error(String(error))));
    },
  };
}

function rcptRefusal(address: string, greylisted: Set<string>): Error | null {
  const name = nameOf(address);
  if (name === "bounce") return refusal(550, `5.1.1 <${address}>: no such user here`);
  if (name === "full") return refusal(452, `4.2.2 <${address}>: mailbox full, try again later`);
  if (name === "relay") return refusal(550, "5.7.1 Relaying denied");
  if (name !== "greylist" || greylisted.has(address)) return null;
  greylisted.add(address);
  return refusal(450, "4.7.1 Greylisted, try again in a few minutes");
}

type Behaviour = "drop" | "spam" | "slow" | "take";

// `drop@` loses what it was given; `drop-kept@` delivers it and hangs up all the same.
async function takeAll(deps: SmtpDeps, session: SMTPServerSession, raw: Buffer): Promise<Behaviour> {
  const recipients = session.envelope.rcptTo.map(({ address }) => address);
  const names = recipients.map(nameOf);
  if (names.includes("spam")) return "spam";
  if (names.includes("drop")) return "drop";
  for (const to of recipients) await deps.take({ login: session.user as MailLogin, session, to, raw });
  if (names.includes("drop-kept")) return "drop";
  return names.includes("slow") ? "slow" : "take";
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
