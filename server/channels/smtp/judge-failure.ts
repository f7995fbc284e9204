// What a failed conversation with the sending server means for the outreach: tried again later, refused for good, the
// contact's address is wrong, or nobody can tell. Pure; asked by send-mail.
import { GatewayError, RETRY_LATER } from "../../base/errors.ts";
import { SET_UP } from "./check-account.ts";
import type { SmtpFailure } from "./exchange-smtp.ts";
import type { MailLogin } from "./mail-account.ts";
import { oneLine } from "./mail-address.ts";

export type SmtpVerdict =
  /** Nobody has this address, or it takes no e-mail: a result, not an error. `said`: the server's words. */
  | { readonly kind: "address_refused"; readonly said: string; readonly status: string | null }
  | { readonly kind: "error"; readonly error: GatewayError };

export interface FailureContext {
  readonly login: MailLogin;
  /** The address the e-mail goes out from. */
  readonly from: string;
}

export function judgeFailure(failure: SmtpFailure, context: FailureContext): SmtpVerdict {
  const { status, stage } = failure;
  const said = wordsOf(failure, context.login);
  const error = (made: GatewayError): SmtpVerdict => ({ kind: "error", error: made });
  if (status === null)
    return error(stage === "content" ? fateUnknown(failure, context) : silent(failure, context));
  // 503 says that a command came at the wrong moment, not that the e-mail is unwanted.
  if (status < 500 || status === 503) return error(unavailable(`it answered “${said}”`, failure, context));
  if (isAboutLogin(failure)) return error(loginRefused(said, failure, context));
  if (isAboutAddress(failure)) return { kind: "address_refused", said, status: enhancedStatus(failure) };
  return error(refused(said, failure, context));
}

/** RFC 3463's three numbers, where the server gave them. */
const enhancedStatus = ({ response }: SmtpFailure): string | null =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null;

const isAboutLogin = ({ stage, status, code }: SmtpFailure): boolean =>
  stage === "login" || code === "EAUTH" || status === 530 || status === 534 || status === 535;

// 5.1.x is a bad address, 5.2.x its mailbox; 5.7.x is a policy of the server that sends, as is a refusal to relay.
function isAboutAddress(failure: SmtpFailure): boolean {
  if (failure.command !== "RCPT TO" && failure.stage !== "content") return false;
  const enhanced = enhancedStatus(failure);
  if (enhanced !== null && /^5\.[12]\./.test(enhanced)) return true;
  if (failure.command !== "RCPT TO" || /\brelay/i.test(failure.response)) return false;
  return enhanced === null ? failure.status !== 554 : !enhanced.startsWith("5.7.");
}

// Without a word from the server, what the machine says about the connection has to do.
function silent(failure: SmtpFailure, context: FailureContext): GatewayError {
  const system = failure.systemCode || failure.code;
  const { host } = context.login;
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(system)) {
    return misconfigured(
      `The mail server ${host} could not prove that it is ${host} (${system}). Check its name ${SET_UP}, or have its certificate mended.`,
      failure,
    );
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(system)) {
    return misconfigured(
      `The mail server ${host} does not speak TLS from the start on port ${context.login.port}. Choose starttls, or another port, ${SET_UP}.`,
      failure,
    );
  }
  if (failure.code === "EMESSAGE") {
    return misconfigured(`The e-mail is larger than the mail server ${host} accepts.`, failure);
  }
  const why = WHY[system] ?? "the connection broke off before the e-mail was handed over";
  return unavailable(why, failure, context);
}

const WHY: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers at its address and port",
  ENOTFOUND: "its name is not known",
  EDNS: "its name is not known",
  EAI_AGAIN: "its name could not be looked up",
  ETIMEDOUT: "it did not answer in time",
  EHOSTUNREACH: "it cannot be reached from here",
  ENETUNREACH: "it cannot be reached from here",
};

const unavailable = (why: string, failure: SmtpFailure, { login }: FailureContext): GatewayError =>
  new GatewayError("provider_unavailable", {
    sentence: `The mail server ${login.host} did not take the e-mail: ${why}.`,
    logMessage: logged(failure, login),
    retry: RETRY_LATER,
  });

const misconfigured = (sentence: string, failure: SmtpFailure): GatewayError =>
  new GatewayError("provider_refused", { sentence, logMessage: `SMTP ${failure.stage}: ${failure.code}` });

const loginRefused = (said: string, failure: SmtpFailure, { login }: FailureContext): GatewayError =>
  new GatewayError("provider_refused", {
    sentence: `The mail server ${login.host} did not accept the login ${login.user ?? "(none is set)"}: “${said}”. Check the login and its password ${SET_UP}.`,
    logMessage: logged(failure, login),
  });

const refused = (said: string, failure: SmtpFailure, context: FailureContext): GatewayError =>
  new GatewayError("provider_refused", {
    sentence: refusal(`“${said}”`, failure, context),
    logMessage: logged(failure, context.login),
  });

function refusal(said: string, { stage, command }: SmtpFailure, { login, from }: FailureContext): string {
  const server = `The mail server ${login.host}`;
  if (command === "STARTTLS")
    return `${server} does not protect the connection with STARTTLS (${said}). Choose tls, or another port, ${SET_UP}.`;
  if (stage === "connect") return `${server} does not talk to this computer: ${said}.`;
  if (command === "MAIL FROM")
    return `${server} does not let the login ${login.user ?? "(none is set)"} send as ${from}: ${said}. Change the address e-mail goes out from ${SET_UP}.`;
  if (command === "RCPT TO") return `${server} does not send to this address for the brokerage: ${said}.`;
  return `${server} refused the e-mail itself: ${said}.`;
}

const fateUnknown = (failure: SmtpFailure, { login }: FailureContext): GatewayError =>
  new GatewayError("provider_fate_unknown", {
    sentence: `The connection to the mail server ${login.host} broke off while the e-mail was being handed over, so it is not known whether it went out. Look into the mailbox's sent e-mail, then resume it here to send it again, or cancel it.`,
    logMessage: logged(failure, login),
  });

const logged = (failure: SmtpFailure, login: MailLogin): string =>
  withoutPassword(
    `SMTP ${failure.stage} ${failure.command}: ${failure.code} ${failure.systemCode} ${failure.message}`,
    login,
  );

// The server's text without its numbers; a server that repeats a password is not repeated.
function wordsOf({ response, message }: SmtpFailure, login: MailLogin): string {
  const lines = response.split("\n").map((line) => line.replace(/^\d{3}[ -]?/, ""));
  return withoutPassword(oneLine(lines.join(" ") || message), login);
}

function withoutPassword(text: string, { password }: MailLogin): string {
  if (!password) return text;
  const encoded = Buffer.from(password).toString("base64");
  return text.replaceAll(password, "…").replaceAll(encoded, "…");
}
