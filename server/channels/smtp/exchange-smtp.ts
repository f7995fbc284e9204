// One conversation with the server that sends: connect, log in, hand over one e-mail. Tells how far it came when it
// fails, since that decides whether the e-mail may have gone out; what a failure means is judge-failure's to say.
import { Readable } from "node:stream";
import { getCACertificates } from "node:tls";
import type { EncodedMail } from "./encode-mail.ts";
import type { MailLogin } from "./mail-account.ts";

export interface SmtpTimes {
  /** Until the server has greeted, ms. */
  readonly connectMs: number;
  /** The longest silence after that, ms. */
  readonly answerMs: number;
}

// The answer to the whole e-mail may take minutes, while the server looks through it (RFC 5321, 4.5.3.2.6).
export const SMTP_TIMES: SmtpTimes = { connectMs: 20_000, answerMs: 180_000 };

export interface SmtpExchange {
  readonly login: MailLogin;
  /** null: only connect and log in, to see whether that works. */
  readonly mail: EncodedMail | null;
  /** Comes back with a bounce where the servers know how (RFC 3461, ENVID). */
  readonly envelopeId: string;
  readonly times: SmtpTimes;
  /** Certificates trusted besides the system's, PEM. */
  readonly trusted: readonly string[];
}

export interface SmtpFailure {
  /** How far it came. `content`: the e-mail was at least partly handed over. */
  readonly stage: "connect" | "login" | "envelope" | "content";
  /** nodemailer's word, e.g. ESOCKET. */
  readonly code: string;
  /** The system's word below it, e.g. ECONNREFUSED; empty when there is none. */
  readonly systemCode: string;
  /** What the server answered to, e.g. "RCPT TO". */
  readonly command: string;
  readonly status: number | null;
  readonly response: string;
  readonly message: string;
}

export type SmtpResult =
  | { readonly ok: true; readonly response: string }
  | { readonly ok: false; readonly failure: SmtpFailure };

/** Never throws for anything the network or the server does. */
export async function exchangeSmtp(exchange: SmtpExchange): Promise<SmtpResult> {
  const { default: SMTPConnection } = await import("nodemailer/lib/smtp-connection");
  const { login, mail } = exchange;
  const connection = new SMTPConnection(connectionOptions(exchange));
  const at: { stage: SmtpFailure["stage"] } = { stage: "connect" };
  const content = Readable.from(
    handOver(mail?.raw ?? Buffer.alloc(0), () => {
      at.stage = "content";
    }),
    { objectMode: false },
  );
  try {
    const response = await new Promise<string>((resolve, reject) => {
      connection.once("error", reject);
      // What the server said last is told right after the end.
      connection.once("end", () => setImmediate(reject, new Error("the connection ended")));
      const send = (): void => {
        if (mail === null) {
          resolve("");
          return;
        }
        at.stage = "envelope";
        const envelope = {
          ...mail.envelope,
          to: [...mail.envelope.to],
          size: mail.raw.length,
          dsn: dsn(exchange),
        };
        connection.send(envelope, content, (error, info) => {
          if (error) reject(error);
          else resolve(info?.response ?? "");
        });
      };
      connection.connect((error) => {
        if (error) return reject(error);
        if (login.user === null || !connection.allowsAuth) return send();
        at.stage = "login";
        connection.login({ user: login.user, pass: login.password ?? "" }, (refused) => {
          if (refused) reject(refused);
          else send();
        });
      });
    });
    return { ok: true, response };
  } catch (error) {
    return { ok: false, failure: describe(error, at.stage) };
  } finally {
    connection.on("error", () => undefined);
    connection.close();
    content.destroy();
  }
}

function connectionOptions({ login, times, trusted }: SmtpExchange) {
  return {
    host: bareHost(login.host),
    port: login.port,
    secure: login.security === "tls",
    requireTLS: login.security === "starttls",
    ignoreTLS: login.security === "none",
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    dnsTimeout: times.connectMs,
    socketTimeout: times.answerMs,
    // The host's own name says nothing a mail server needs.
    name: "[127.0.0.1]",
    allowInternalNetworkInterfaces: true,
    logger: false as const,
    tls: { rejectUnauthorized: true, ...trust(trusted) },
  };
}

const dsn = ({ envelopeId }: SmtpExchange) => ({ ret: "HDRS", envid: envelopeId, notify: "FAILURE,DELAY" });

/** TLS options that trust these besides the system's. */
export const trust = (certificates: readonly string[]): { ca?: string[] } =>
  certificates.length === 0 ? {} : { ca: [...getCACertificates("default"), ...certificates] };

/** An IPv6 address without the brackets it has in addresses. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, "");

// Nobody asks for the first byte before the server said that it takes the e-mail.
function* handOver(raw: Buffer, begun: () => void): Generator<Buffer> {
  begun();
  yield raw;
}

function describe(thrown: unknown, stage: SmtpFailure["stage"]): SmtpFailure {
  const facts: Readonly<Record<string, unknown>> = Object(thrown);
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    stage,
    code: text(facts.code),
    systemCode: text(facts.originalCode),
    command: text(facts.command),
    status: typeof facts.responseCode === "number" ? facts.responseCode : null,
    response: text(facts.response),
    message: thrown instanceof Error ? thrown.message : String(thrown),
  };
}
