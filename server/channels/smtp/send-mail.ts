// Sends one e-mail of an outreach: the intention is stored with its Message-ID first, then the server is asked, then what
// it said is stored. Whatever happens in between, the id tells afterwards which e-mail it was.
import { GatewayError } from "../../base/errors.ts";
import { addCarrierEvents, carrierEventsOf } from "../carrier-events.ts";
import type { ChannelOrder, OutgoingMessage } from "../channel.ts";
import { requireAccount } from "./check-account.ts";
import type { ConnectionSlots } from "./connection-slots.ts";
import { encodeMail } from "./encode-mail.ts";
import { exchangeSmtp, SMTP_TIMES } from "./exchange-smtp.ts";
import { judgeFailure } from "./judge-failure.ts";
import type { MailAccount } from "./mail-account.ts";
import { domainOf, isAddressable, oneLine } from "./mail-address.ts";
import {
  type Accepted,
  acceptedEvent,
  readFacts,
  refusedEvent,
  type Sending,
  sendingEvent,
} from "./mail-events.ts";
import { makeMessageId, readThread } from "./mail-thread.ts";
import type { SmtpDeps } from "./smtp-deps.ts";
import { type MailDraft, type MailRequest, writeMail, writeSubject } from "./write-mail.ts";

export type SendResult =
  | { readonly kind: "accepted"; readonly messageId: string; readonly at: number }
  /** The address takes no e-mail. `said`: the server's words. */
  | { readonly kind: "refused"; readonly messageId: string; readonly said: string };

/**
 * The first e-mail of the order, or a further message. What was accepted before is not sent again.
 * @throws GatewayError channel_unavailable, invalid_email, provider_unavailable, provider_refused, provider_fate_unknown.
 */
export async function sendMail(
  deps: SmtpDeps & { readonly slots: ConnectionSlots },
  order: ChannelOrder,
  message: OutgoingMessage | null,
): Promise<SendResult> {
  const account = requireAccount(deps.account(order.tenant, order.userId), order.type);
  requireAddress(order.contact);
  const sending = await reserve(deps, order, account, message?.id ?? null);
  const known = await knownResult(deps, order.engagementId, sending);
  if (known) return known;
  const draft = writeMail(await makeRequest(deps, order, account, { sending, message }));
  const mail = await encodeMail(draft);
  const exchange = {
    login: account.smtp,
    mail,
    envelopeId: deps.replyToken(order.engagementId),
    times: deps.times ?? SMTP_TIMES,
    trusted: deps.trusted ?? [],
  };
  const { host, port, user } = account.smtp;
  const result = await deps.slots.run(`${host}:${port}:${user}`, () => exchangeSmtp(exchange));
  if (result.ok) return accept(deps, order.engagementId, sending, draft, result.response);
  const verdict = judgeFailure(result.failure, { login: account.smtp, from: account.from.address });
  if (verdict.kind === "error") throw verdict.error;
  const { said, status } = verdict;
  deps.log.info("smtp", `${order.engagementId}: the address refused the e-mail: ${said}`);
  const event = refusedEvent({ seq: sending.seq, said, status, at: deps.clock.now() });
  await addCarrierEvents(deps.db, order.engagementId, [event]);
  return { kind: "refused", messageId: sending.messageId, said };
}

function requireAddress(contact: string): void {
  if (isAddressable(contact)) return;
  throw new GatewayError("invalid_email", {
    sentence:
      "This e-mail address cannot be written to: it is not complete or has signs no address may have.",
  });
}

/** The e-mail's place among those of the outreach: the one it has already, or the next. */
async function reserve(
  deps: SmtpDeps,
  order: ChannelOrder,
  account: MailAccount,
  outgoing: string | null,
): Promise<Sending> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const facts = readFacts(await carrierEventsOf(deps.db, order.engagementId));
    const known = facts.sending.find((sent) => sent.outgoing === outgoing);
    if (known) return known;
    const seq = outgoing === null ? 1 : Math.max(1, ...facts.sending.map((sent) => sent.seq)) + 1;
    const sending: Sending = {
      messageId: makeMessageId(order.engagementId, seq, domainOf(account.from.address)),
      seq,
      outgoing,
      subject: writeSubject(order, account.subject),
      at: deps.clock.now(),
    };
    // Two further messages at once may want the same number; the second takes the next.
    if ((await addCarrierEvents(deps.db, order.engagementId, [sendingEvent(sending)])) === 1) return sending;
  }
  throw new Error(`no number was free for a message of ${order.engagementId}`);
}

async function knownResult(
  deps: SmtpDeps,
  engagementId: string,
  { seq, messageId }: Sending,
): Promise<SendResult | undefined> {
  const facts = readFacts(await carrierEventsOf(deps.db, engagementId));
  const accepted = facts.accepted.find((fact) => fact.seq === seq);
  if (accepted) return { kind: "accepted", messageId, at: accepted.at };
  const refused = facts.refused.find((fact) => fact.seq === seq);
  return refused && { kind: "refused", messageId, said: refused.said };
}

async function makeRequest(
  deps: SmtpDeps,
  order: ChannelOrder,
  account: MailAccount,
  { sending, message }: { readonly sending: Sending; readonly message: OutgoingMessage | null },
): Promise<MailRequest> {
  const request: MailRequest = {
    order,
    account,
    messageId: sending.messageId,
    at: deps.clock.now(),
    replyToken: deps.replyToken(order.engagementId),
    unsubscribeUrl: deps.unsubscribeUrl(order.engagementId),
  };
  if (message === null) return request;
  const facts = readFacts(await carrierEventsOf(deps.db, order.engagementId));
  const thread = await readThread(deps.db, order.engagementId, facts);
  return { ...request, further: { ...thread, text: message.text, automatic: message.automatic } };
}

async function accept(
  deps: SmtpDeps,
  engagementId: string,
  { seq, messageId }: Sending,
  draft: MailDraft,
  response: string,
): Promise<SendResult> {
  const accepted: Accepted = {
    seq,
    messageId,
    subject: draft.subject,
    text: draft.said,
    response: oneLine(response),
    at: deps.clock.now(),
  };
  await addCarrierEvents(deps.db, engagementId, [acceptedEvent(accepted)]);
  return { kind: "accepted", messageId, at: accepted.at };
}
