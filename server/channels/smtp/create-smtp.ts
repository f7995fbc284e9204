// E-mail over the brokerage's own mail server. What was sent and what came back is kept as carrier events; how an outreach
// stands is read off them, so nothing is lost by a stop in between.
import { GatewayError } from "../../base/errors.ts";
import { addCarrierEvents, carrierEventsOf } from "../carrier-events.ts";
import type {
  ChannelOrder,
  ChannelProvider,
  OutgoingMessage,
  ProviderAnswer,
  SentMessage,
} from "../channel.ts";
import { accountProblem } from "./check-account.ts";
import { createConnectionSlots } from "./connection-slots.ts";
import { findInSent, type SentSearch } from "./find-in-sent.ts";
import { acceptedEvent, readFacts, type Sending } from "./mail-events.ts";
import { mailSnapshot } from "./mail-snapshot.ts";
import { sendMail } from "./send-mail.ts";
import type { SmtpDeps } from "./smtp-deps.ts";
import { writeFirst } from "./write-mail.ts";

/** What handing one e-mail to a server usually takes, ms. */
const USUAL_MS = 3_000;

export function createSmtp(given: SmtpDeps): ChannelProvider {
  const deps = { ...given, slots: createConnectionSlots() };
  return {
    name: "smtp",
    startIsIdempotent: false,
    reachesPeople: true,
    honors: ["email_subject", "email_body_html"],
    usualMs: () => USUAL_MS,
    objection: ({ tenant, userId, type }) => accountProblem(deps.account(tenant, userId), type),
    start: async (order) => answer(deps, order, (await sendMail(deps, order, null)).messageId),
    poll: (order, reference) => answer(deps, order, reference),
    pause: async () => tooLate("paused"),
    resume: async () => tooLate("resumed"),
    cancel: async () => tooLate("canceled"),
    findStart: (order, since) => findStart(deps, order, since),
    send: async (order, _reference, message) => {
      const result = await sendMail(deps, order, message);
      if (result.kind === "accepted") return { reference: result.messageId, at: result.at };
      throw new GatewayError("provider_refused", {
        sentence: `The contact's address refused the e-mail: “${result.said}”.`,
      });
    },
    findSent: (order, _reference, message) => findSent(deps, order, message),
  };
}

function tooLate(what: string): never {
  throw new GatewayError("wrong_state", {
    sentence: `An e-mail goes out at once and cannot be ${what} afterwards.`,
  });
}

// Nothing to ask the mail server: it tells what it knows at once, and the rest comes into the mailbox.
async function answer(deps: SmtpDeps, order: ChannelOrder, reference: string): Promise<ProviderAnswer> {
  const events = await carrierEventsOf(deps.db, order.engagementId);
  return { reference, snapshot: mailSnapshot(events, order.contact), nextPollAt: null };
}

async function findStart(deps: SmtpDeps, order: ChannelOrder, since: number): Promise<ProviderAnswer | null> {
  const found = await find(deps, order, null, since);
  return found === null ? null : answer(deps, order, found.reference);
}

const findSent = (
  deps: SmtpDeps,
  order: ChannelOrder,
  message: OutgoingMessage,
): Promise<SentMessage | null> => find(deps, order, message, message.since);

/** null: it certainly was not sent. @throws GatewayError provider_fate_unknown. */
async function find(
  deps: SmtpDeps,
  order: ChannelOrder,
  message: OutgoingMessage | null,
  since: number,
): Promise<SentMessage | null> {
  const facts = readFacts(await carrierEventsOf(deps.db, order.engagementId));
  const sending = facts.sending.find(({ outgoing }) => outgoing === (message?.id ?? null));
  // The intention is stored before the server is asked.
  if (!sending) return null;
  const known = facts.accepted.find(({ seq }) => seq === sending.seq);
  if (known) return { reference: known.messageId, at: known.at };
  if (facts.refused.some(({ seq }) => seq === sending.seq)) return null;
  const result = await look(deps, order, sending, since);
  if (result === "absent") return null;
  if (result === "unknown") throw new GatewayError("provider_fate_unknown", { sentence: NOBODY_KNOWS });
  // As sendMail would have stored it; what the text was is known from the order again.
  const text = message?.text ?? writeFirst(order);
  const { seq, messageId, subject } = sending;
  const accepted = { seq, messageId, subject, text, response: "", at: sending.at };
  await addCarrierEvents(deps.db, order.engagementId, [acceptedEvent(accepted)]);
  return { reference: messageId, at: sending.at };
}

const NOBODY_KNOWS =
  "The gateway stopped just while this e-mail was being handed to the mail server, and the mailbox does not show whether it went out. Look into the sent e-mail or ask the contact, then resume it to send it again, or cancel it.";

/** A server may take a moment to file what it sent. */
const FILED_MS = 30_000;

async function look(
  deps: SmtpDeps,
  order: ChannelOrder,
  { messageId }: Sending,
  since: number,
): Promise<SentSearch> {
  const account = deps.account(order.tenant, order.userId);
  const search = async (): Promise<SentSearch> =>
    account ? findInSent(account, deps.trusted ?? [], messageId) : "unknown";
  const first = await search();
  const early = since + FILED_MS - deps.clock.now();
  if (first !== "absent" || early <= 0) return first;
  await deps.clock.sleep(early);
  return search();
}
