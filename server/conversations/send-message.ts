// Sends one further message of an outreach. "sending" is saved before the carrier is asked; one found in that state after a
// crash is looked for first, and where that cannot be told it is left to a person rather than said twice.
import { GatewayError, RETRY_LATER } from "../base/errors.ts";
import type { ChannelProvider, SentMessage } from "../channels/channel.ts";
import { carrierOptOut } from "../engagements/carrier-opt-out.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { makeOrder } from "../engagements/make-order.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { endConversation } from "./end-conversation.ts";
import { mayGoOut } from "./judge-message.ts";
import { changeMessage, type MessageRow, settleMessage } from "./settle-message.ts";

/** When to try again without it being a failure, epoch ms; null when the message is settled. @throws GatewayError to be tried again. */
export async function sendMessage(deps: ConversationDeps, messageId: string): Promise<number | null> {
  const message = await deps.db
    .selectFrom("outgoing_messages")
    .selectAll()
    .where("id", "=", messageId)
    .executeTakeFirst();
  if (!message || (message.state !== "waiting" && message.state !== "sending")) return null;
  const row = await findEngagement(deps.db, message.engagement_id);
  if (!row) return null;
  const provider = deps.providers.get(row.provider);
  if (!provider.send) {
    const sentence = `Nothing can be written to the contact over ${row.provider}.`;
    await settleMessage(deps, row, message, { state: "failed", error: sentence });
    return null;
  }
  const given = { row, message, provider, send: provider.send };
  if (message.state === "waiting") return askAndSend(deps, given, message.restored_at !== null);
  if (await settleFound(deps, given)) return null;
  // What certainly did not go out is asked about like what never was to: they may have written STOP since.
  await changeMessage(deps, message.id, { state: "waiting" });
  return askAndSend(deps, given, false);
}

async function askAndSend(
  deps: ConversationDeps,
  given: HandOver,
  perhapsSent: boolean,
): Promise<number | null> {
  const { row, message } = given;
  const wait = await mayGoOut(deps, row, message);
  if (wait !== "go") return wait;
  if (perhapsSent && (await settleFound(deps, given))) return null;
  await keepAnswer(deps, given, await sendNow(deps, given, askedOf(deps, given)));
  return null;
}

interface HandOver {
  readonly row: EngagementRow;
  readonly message: MessageRow;
  readonly provider: ChannelProvider;
  readonly send: NonNullable<ChannelProvider["send"]>;
}

type Asked = Parameters<NonNullable<ChannelProvider["send"]>>;

function askedOf(deps: ConversationDeps, { row, message }: HandOver): Asked {
  // What waited in a backup may have been sent by another copy of this gateway since then.
  const since = message.sending_at ?? message.restored_at ?? deps.clock.now();
  const outgoing = { id: message.id, text: message.text, automatic: isMachine(message), since };
  return [makeOrder(deps, row), row.provider_ref ?? "", outgoing];
}

/** Whether it went out, or nobody can tell: then there is nothing more to do about it. */
async function settleFound(deps: ConversationDeps, given: HandOver): Promise<boolean> {
  const found = await lookForIt(deps, given, askedOf(deps, given));
  if (found === null) return false;
  await keepAnswer(deps, given, found);
  return true;
}

async function keepAnswer(deps: ConversationDeps, { row, message }: HandOver, answer: Found): Promise<void> {
  if (answer !== SETTLED) await settleMessage(deps, row, message, { state: "sent", sent: answer });
}

const isMachine = ({ author }: MessageRow): boolean => !author.startsWith("agent");

/** Nothing more is to be done about it. */
const SETTLED = "settled";
type Found = SentMessage | typeof SETTLED;

/** null: it was certainly not sent. @throws GatewayError to be looked for again: until then it counts as being sent. */
async function lookForIt(
  deps: ConversationDeps,
  { row, message, provider }: HandOver,
  asked: Asked,
): Promise<Found | null> {
  try {
    if (!provider.findSent) throw new GatewayError("provider_fate_unknown", { sentence: STOPPED_MEANWHILE });
    return await provider.findSent(...asked);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "provider_fate_unknown") throw error;
    await settleMessage(deps, row, message, { state: "unknown", error: error.sentence });
    return SETTLED;
  }
}

const STOPPED_MEANWHILE =
  "The gateway stopped just while this message was being sent, so it is not known whether it went out.";

/** @throws GatewayError where it was certainly not sent and may be tried again. */
async function sendNow(deps: ConversationDeps, given: HandOver, asked: Asked): Promise<Found> {
  const { row, message, provider, send } = given;
  const [, , { since }] = asked;
  const sending = {
    state: "sending",
    sending_at: since,
    attempts: message.attempts + 1,
    error: null,
  } as const;
  await changeMessage(deps, message.id, sending);
  try {
    return await send(...asked);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const lost = error.code === "provider_fate_unknown";
    if (!lost || !provider.findSent) return settleFailure(deps, row, message, error);
    return (await lookForIt(deps, given, asked)) ?? settleFailure(deps, row, message, notTaken(error));
  }
}

const notTaken = (cause: GatewayError): GatewayError =>
  new GatewayError("provider_unavailable", {
    sentence: "The carrier gave no clear answer and does not have the message: it was not sent.",
    retry: RETRY_LATER,
    cause,
  });

/** @throws the error again where the message was certainly not sent and may be tried again. */
async function settleFailure(
  deps: ConversationDeps,
  row: EngagementRow,
  message: MessageRow,
  error: GatewayError,
): Promise<typeof SETTLED> {
  const { code, sentence } = error;
  if (code !== "provider_fate_unknown" && error.retry.kind !== "never") {
    await changeMessage(deps, message.id, { state: "waiting", error: sentence });
    throw error;
  }
  if (code === "opted_out") await endByCarrier(deps, row, sentence);
  const state = code === "provider_fate_unknown" ? "unknown" : code === "opted_out" ? "refused" : "failed";
  await settleMessage(deps, row, message, { state, error: sentence });
  return SETTLED;
}

const endByCarrier = (deps: ConversationDeps, row: EngagementRow, sentence: string): Promise<void> =>
  deps.db.transaction().execute(async (trx) => {
    await carrierOptOut(deps, trx, row, sentence);
    await endConversation(deps, trx, row, deps.clock.now());
  });
