// An order, an account and an outcome of composing that the tests of e-mail share.
import type { ChannelOrder } from "../../../server/channels/channel.ts";
import { encodeMail } from "../../../server/channels/smtp/encode-mail.ts";
import type { MailAccount } from "../../../server/channels/smtp/mail-account.ts";
import { type MailRequest, writeMail } from "../../../server/channels/smtp/write-mail.ts";
import { FAKE_START } from "../../helpers/fake-clock.ts";

export const mailOrder = (more: Partial<ChannelOrder> = {}): ChannelOrder => ({
  engagementId: "eng_01",
  tenant: "acme",
  channel: "email",
  type: "informational",
  instruction: "The house on Maple Street is for sale.",
  contact: "dana@contacts.example",
  personId: "1",
  personName: "Dana Scott",
  agentName: "Ann Lee",
  userId: "u1",
  fromNumber: null,
  brokerage: "Acme Realty",
  inCampaign: false,
  attempt: 1,
  ...more,
});

export const mailAccount = (more: Partial<MailAccount> = {}): MailAccount => ({
  smtp: { host: "mail.acme.example", port: 587, security: "starttls", user: "office", password: "hunter2" },
  imap: {
    host: "mail.acme.example",
    port: 993,
    security: "tls",
    user: "office",
    password: "hunter2",
    folder: "INBOX",
  },
  from: { name: "Ann Lee", address: "ann@acme.example" },
  replyAddress: "office@acme.example",
  plusAddresses: true,
  subject: "A message from {agent}",
  postalAddress: "1 Main St, Toronto",
  ...more,
});

export const mailRequest = (more: Partial<MailRequest> = {}): MailRequest => ({
  order: mailOrder(),
  account: mailAccount(),
  messageId: "<eng.eng_01.1@acme.example>",
  at: FAKE_START,
  replyToken: "eng_01.0123456789ab",
  unsubscribeUrl: "https://gateway.example.com/u/eng_01.abc",
  ...more,
});

/** The headers as they stand on the wire, unfolded, in their order; names with the case they are sent in. */
export function wireHeaders(raw: Buffer): [name: string, value: string][] {
  const head = raw.toString("latin1").split("\r\n\r\n")[0] ?? "";
  return head
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
    .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
}

export async function composed(more: Partial<MailRequest> = {}) {
  const draft = writeMail(mailRequest(more));
  const { raw, envelope } = await encodeMail(draft);
  return { draft, raw, envelope, headers: wireHeaders(raw) };
}

/** An outreach to `name@contacts.example`. */
export const mailTo = (name: string, more = {}) =>
  mailOrder({
    contact: `${name}@contacts.example`,
    engagementId: `eng_${name.replaceAll("-", "_")}`,
    ...more,
  });
export const DANA = mailTo("dana");
