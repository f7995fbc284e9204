// Whether a mail account can be used at all, before anything is tried. Asked when an outreach is accepted and again
// right before the connection.
import { isLoopbackHost } from "../../../shared/settings-parts.ts";
import type { CallType } from "../../../shared/values.ts";
import { GatewayError } from "../../base/errors.ts";
import type { MailAccount, MailLogin } from "./mail-account.ts";

/** Where a mail account is mended, as sentences end. */
export const SET_UP = "in the brokerage's set-up in the console";

/** Why this outreach cannot go out by this account (channel_unavailable with the remedy); undefined when it can. */
export function accountProblem(account: MailAccount | undefined, type: CallType): GatewayError | undefined {
  const sentence = account ? (typeProblem(type) ?? loginProblem(account.smtp)) : NOT_SET_UP;
  return sentence === undefined ? undefined : new GatewayError("channel_unavailable", { sentence });
}

const NOT_SET_UP = `The brokerage's mail server is chosen for e-mail, but its host or the address e-mail goes out from is not set. Set both ${SET_UP}.`;

/** @throws GatewayError as accountProblem tells it. */
export function requireAccount(account: MailAccount | undefined, type: CallType): MailAccount {
  const problem = accountProblem(account, type);
  if (problem) throw problem;
  if (!account) throw new GatewayError("channel_unavailable", { sentence: NOT_SET_UP });
  return account;
}

// E-mail is one-way (facts: Hub documentation, outbound e-mail).
const typeProblem = (type: CallType): string | undefined =>
  type === "informational" ? undefined : "E-mail carries informational outreach only.";

/** What is wrong with how a mail server is reached, in a sentence; undefined when nothing is. */
export function loginProblem(login: MailLogin): string | undefined {
  if (login.security === "none" && !isLoopbackHost(login.host)) {
    return `The connection to the mail server ${login.host} is set to be unprotected, which is for a server on this computer only. Choose tls or starttls ${SET_UP}.`;
  }
  if (login.user !== null && login.password === null) {
    return `The password of the login ${login.user} at the mail server ${login.host} is not set. Set it ${SET_UP}.`;
  }
  return undefined;
}
