// Opens the mailbox at the mail server for one look and closes it again, whatever happens. Decides what a failure means.
// Used by read-mailbox and find-in-sent.
import type { ImapFlow } from "imapflow";
import { GatewayError, RETRY_LATER } from "../../base/errors.ts";
import { loginProblem, SET_UP } from "./check-account.ts";
import { bareHost, trust } from "./exchange-smtp.ts";
import type { MailLogin } from "./mail-account.ts";
import { oneLine } from "./mail-address.ts";

const CONNECT_MS = 20_000;
const SILENCE_MS = 60_000;
/** A look that takes longer is broken off; the next one goes on where this one was. */
const LONGEST_MS = 240_000;
const MOST_BYTES = 16_000_000;

/** @throws GatewayError provider_unavailable (later), provider_refused (the settings have to be mended), channel_unavailable. */
export async function withImap<T>(
  login: MailLogin,
  trusted: readonly string[],
  use: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const noLogin = `No login is set at the mail server ${login.host} for reading replies. Set it ${SET_UP}.`;
  const problem = login.user === null ? noLogin : loginProblem(login);
  if (problem !== undefined) throw new GatewayError("channel_unavailable", { sentence: problem });
  const { ImapFlow } = await import("imapflow");
  const client = new ImapFlow(imapOptions(login, trusted));
  // A connection that breaks is told to whoever waits for an answer; nobody listens for more.
  client.on("error", () => undefined);
  const deadline = setTimeout(() => client.close(), LONGEST_MS);
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    throw imapProblem(error, login);
  } finally {
    clearTimeout(deadline);
    if (client.usable) await client.logout().catch(() => undefined);
    client.close();
  }
}

function imapOptions(login: MailLogin, trusted: readonly string[]) {
  return {
    host: bareHost(login.host),
    port: login.port,
    secure: login.security === "tls",
    doSTARTTLS: login.security === "starttls",
    auth: { user: login.user ?? "", pass: login.password ?? "" },
    clientInfo: { name: "Aventora Gateway" },
    logger: false as const,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    maxLiteralSize: MOST_BYTES,
    maxResponseSize: 2 * MOST_BYTES,
    tls: { rejectUnauthorized: true, ...trust(trusted) },
  };
}

/** The error for the person; GatewayErrors stay what they are. */
function imapProblem(thrown: unknown, login: MailLogin): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  const facts: Readonly<Record<string, unknown>> = Object(thrown);
  const code = String(facts.code ?? facts.serverResponseCode ?? "");
  const said = oneLine(String(facts.responseText ?? facts.response ?? ""));
  const logMessage = `IMAP ${login.host}: ${code} ${thrown instanceof Error ? thrown.message : ""}`;
  const mended = mendable(facts, code, login, said);
  if (mended !== undefined) {
    const sentence = login.password ? mended.replaceAll(login.password, "…") : mended;
    return new GatewayError("provider_refused", { sentence, logMessage });
  }
  return new GatewayError("provider_unavailable", {
    sentence: `The mailbox at ${login.host} could not be read just now. It is tried again.`,
    logMessage,
    retry: RETRY_LATER,
  });
}

function mendable(
  facts: Readonly<Record<string, unknown>>,
  code: string,
  { host, port, user }: MailLogin,
  said: string,
): string | undefined {
  if (facts.authenticationFailed === true && code !== "UNAVAILABLE") {
    return `The mail server ${host} did not accept the login ${user ?? "(none is set)"} for reading replies${said === "" ? "" : `: “${said}”`}. Check the login and its password ${SET_UP}.`;
  }
  if (facts.mailboxMissing === true) {
    return `The mailbox at ${host} has no such folder to read replies from. Check the folder's name ${SET_UP}.`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return `The mail server ${host} could not prove that it is ${host} (${code}). Check its name ${SET_UP}, or have its certificate mended.`;
  }
  if (facts.tlsFailed === true || /WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code)) {
    return `The connection to the mail server ${host} on port ${port} could not be protected as it is set. Choose another protection or port ${SET_UP}.`;
  }
  return undefined;
}
