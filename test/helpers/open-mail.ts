// The gateway's e-mail channel against real mail servers of this machine: what sends, what reads, and who is on the other
// side.
import { expect, onTestFinished } from "vitest";
import { createSmtp } from "../../server/channels/smtp/create-smtp.ts";
import type { IncomingMail } from "../../server/channels/smtp/incoming-mail.ts";
import type { MailAccount } from "../../server/channels/smtp/mail-account.ts";
import { makeReplyToken } from "../../server/channels/smtp/mail-tokens.ts";
import { type MailboxState, readMailbox } from "../../server/channels/smtp/read-mailbox.ts";
import type { SmtpDeps } from "../../server/channels/smtp/smtp-deps.ts";
import type { Db } from "../../server/db/schema.ts";
import { createMailWorld } from "../../server/sandbox/mail/create-mail-world.ts";
import type { MailPorts, MailWorld, ReceivedMail } from "../../server/sandbox/mail/mail-types.ts";
import { openTestDatabase } from "./open-test-database.ts";
import { createShiftingClock, type ShiftingClock } from "./shifting-clock.ts";

export const TOKEN_KEY = "key of the tests";

export interface OpenMail {
  world: MailWorld;
  ports: MailPorts;
  db: Db;
  clock: ShiftingClock;
  deps: SmtpDeps;
  /** What the account is; change it to be somebody else. */
  account: MailAccount;
  smtp: ReturnType<typeof createSmtp>;
  /** Mails since the last time. */
  read(): ReturnType<typeof readMailbox>;
  state: MailboxState | null;
}

export async function openMail(more: Partial<SmtpDeps> = {}): Promise<OpenMail> {
  const clock = createShiftingClock();
  const world = createMailWorld(clock);
  onTestFinished(() => world.close());
  const ports = await world.open();
  const db = await openTestDatabase();
  const log = { info: () => undefined, warn: () => undefined };
  const trusted = [ports.certificate];
  const deps: SmtpDeps = {
    db,
    clock,
    account: () => open.account,
    unsubscribeUrl: (id) => `https://gateway.example.com/unsubscribe/${id}`,
    replyToken: (id) => makeReplyToken(TOKEN_KEY, id),
    log,
    trusted,
    ...more,
  };
  const open: OpenMail = {
    world,
    ports,
    db,
    clock,
    deps,
    account: practiceAccount(ports),
    smtp: createSmtp(deps),
    state: null,
    read: async () => {
      const reading = await readMailbox({ clock, log, trusted }, open.account, open.state);
      open.state = reading.state;
      return reading;
    },
  };
  return open;
}

function practiceAccount(ports: MailPorts): MailAccount {
  const login = { host: "127.0.0.1", user: "office@fub-test.example", password: "practice-mail" };
  return {
    smtp: { ...login, port: ports.smtp, security: "none" },
    imap: { ...login, port: ports.imap, security: "none", folder: "INBOX" },
    from: { name: "Ann Lee", address: "ann@fub-test.example" },
    replyAddress: "office@fub-test.example",
    plusAddresses: true,
    subject: "A message from {agent}",
    postalAddress: "1 Main St, Toronto",
  };
}

/** What a contact got last. */
export function newestMail(mail: OpenMail): ReceivedMail {
  const received = mail.world.received.at(-1);
  if (!received) throw new Error("nobody got an e-mail");
  return received;
}

/** The one mail that came into the brokerage's mailbox since the last time. */
export async function readOneMail(mail: OpenMail): Promise<IncomingMail> {
  const { mails } = await mail.read();
  expect(mails).toHaveLength(1);
  return mails[0] as IncomingMail;
}
