// Looks whether a brokerage's mail servers let the gateway in, as findings in words: the one that sends, and the mailbox
// replies are read from. Nothing is sent. For the console and the doctor.
import { GatewayError } from "../../base/errors.ts";
import { loginProblem, SET_UP } from "./check-account.ts";
import { exchangeSmtp, SMTP_TIMES } from "./exchange-smtp.ts";
import { judgeFailure } from "./judge-failure.ts";
import type { MailAccount } from "./mail-account.ts";
import { withImap } from "./open-imap.ts";

export interface MailFinding {
  readonly state: "ok" | "warn" | "bad";
  readonly sentence: string;
  /** What to do about it; null where the sentence says it. */
  readonly remedy: string | null;
}

export interface TestMailDeps {
  /** Certificates of mail servers trusted besides the system's, PEM. */
  readonly trusted?: readonly string[];
}

/** Never throws a GatewayError: what could not be asked is a finding. */
export async function testMail(
  { trusted = [] }: TestMailDeps,
  account: MailAccount | undefined,
): Promise<MailFinding[]> {
  if (account === undefined)
    return [
      finding(
        "bad",
        "The mail server or the address e-mail goes out from is not set.",
        `Set both ${SET_UP}.`,
      ),
    ];
  return [await lookAtSmtp(account, trusted), await lookAtImap(account, trusted), ...lookAtAddress(account)];
}

const finding = (
  state: MailFinding["state"],
  sentence: string,
  remedy: string | null = null,
): MailFinding => ({
  state,
  sentence,
  remedy,
});

async function lookAtSmtp(account: MailAccount, trusted: readonly string[]): Promise<MailFinding> {
  const login = account.smtp;
  const problem = loginProblem(login);
  if (problem !== undefined) return finding("bad", problem);
  const result = await exchangeSmtp({ login, mail: null, envelopeId: "", times: SMTP_TIMES, trusted });
  if (result.ok) {
    const who = login.user === null ? "asks for no login" : `accepted the login ${login.user}`;
    return finding(
      "ok",
      `The mail server ${login.host} ${who}; e-mail goes out from ${account.from.address}.`,
    );
  }
  const verdict = judgeFailure(result.failure, { login, from: account.from.address });
  return finding("bad", verdict.kind === "error" ? verdict.error.sentence : verdict.said);
}

async function lookAtImap({ imap }: MailAccount, trusted: readonly string[]): Promise<MailFinding> {
  if (imap === null)
    return finding(
      "warn",
      "No mailbox is set from which replies and returned e-mail are read: they are not noticed, and a reply of “unsubscribe” neither.",
      `Set the IMAP host ${SET_UP}.`,
    );
  try {
    const seen = await withImap(imap, trusted, async (client) => {
      const status = await client.status(imap.folder, { messages: true });
      return status ? (status.messages ?? 0) : 0;
    });
    return finding(
      "ok",
      `Replies are read from the folder ${imap.folder} at ${imap.host} (${seen} e-mails in it).`,
    );
  } catch (error) {
    if (error instanceof GatewayError) return finding("bad", error.sentence);
    throw error;
  }
}

// CAN-SPAM, 15 U.S.C. 7704(a)(5)(A)(iii), and CASL's regulations ask for the sender's address by post.
const lookAtAddress = ({ postalAddress }: MailAccount): MailFinding[] =>
  postalAddress.trim() === ""
    ? [finding("warn", "The e-mail names no postal address, which the law asks for.", `Enter it ${SET_UP}.`)]
    : [];
