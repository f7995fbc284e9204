// Sends one further message of an outreach. "sending" is saved before the carrier is asked; one found in that state after a
// crash is looked for first, and where that cannot be told it is left to a person rather than said twice.
import type { Channel } from "../../shared/values.ts";
import { GatewayError, RETRY_LATER } from "../base/errors.ts";
import type { ChannelProvider, SentMessage } from "../channels/channel.ts";
import { checkContact } from "../contact/check-contact.ts";
import { carrierOptOut } from "../engagements/carrier-opt-out.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { hearFirst } from "../engagements/hear-first.ts";
import { makeOrder } from "../engagements/make-order.ts";
import { noteDecision } from "../engagements/note-decision.ts";
import { readPause } from "../queue/outreach-pause.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { endConversation } from "./end-conversation.ts";
import { OWED } from "./queue-message.ts";
import { changeMessage, type MessageRow, settleMessage } from "./settle-message.ts";

/** Whoever wrote within this time is answered, at whatever hour. */
const JUST_WROTE_MS = 12 * 3_600_000;
/** How soon it is looked again whether outreach goes on. */
const PAUSED_AGAIN_MS = 5_000;

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
  if (message.state === "waiting") {
    const wait = await mayGoOut(deps, row, message);
    if (wait !== "go") return wait;
  }
  return handOver(deps, { row, message, provider, send: provider.send });
}

async function mayGoOut(
  deps: ConversationDeps,
  row: EngagementRow,
  message: MessageRow,
): Promise<"go" | number | null> {
  // A confirmation of STOP is owed to whoever just opted out; everything else asks the rules.
  if (OWED.has(message.purpose)) return "go";
  const now = deps.clock.now();
  if (await readPause(deps.db)) return now + PAUSED_AGAIN_MS;
  const provider = deps.providers.get(row.provider);
  const hearAt = await hearFirst(deps, row.tenant, provider);
  if (hearAt !== null) return hearAt;
  const decision = await checkContact(deps.rules, deps.db, {
    tenant: row.tenant,
    channel: row.channel as Channel,
    contact: row.contact ?? "",
    personId: row.person_id,
    crmAccountId: row.crm_account_id,
    at: now,
    reachesPeople: provider.reachesPeople,
    except: row.id,
    answersThem: await justWrote(deps, row.id, now),
  });
  if (decision.decision === "held") return decision.until;
  await noteDecision(deps.db, row, "message", decision, now);
  if (decision.decision === "allowed") return "go";
  await settleMessage(deps, row, message, { state: "refused", error: decision.sentence });
  return null;
}

async function justWrote(deps: ConversationDeps, engagementId: string, now: number): Promise<boolean> {
  const found = await deps.db
    .selectFrom("conversations")
    .select("last_inbound_at")
    .where("engagement_id", "=", engagementId)
    .executeTakeFirst();
  return found?.last_inbound_at != null && now - found.last_inbound_at < JUST_WROTE_MS;
}

interface HandOver {
  readonly row: EngagementRow;
  readonly message: MessageRow;
  readonly provider: ChannelProvider;
  readonly send: NonNullable<ChannelProvider["send"]>;
}

type Asked = Parameters<NonNullable<ChannelProvider["send"]>>;

async function handOver(deps: ConversationDeps, given: HandOver): Promise<null> {
  const { row, message } = given;
  // What waited in a backup may have been sent by another copy of this gateway since then.
  const since = message.sending_at ?? message.restored_at ?? deps.clock.now();
  const outgoing = { id: message.id, text: message.text, automatic: isMachine(message), since };
  const asked: Asked = [makeOrder(deps, row), row.provider_ref ?? "", outgoing];
  const perhapsSent = message.state === "sending" || message.restored_at !== null;
  const found = perhapsSent ? await lookForIt(deps, given, asked) : null;
  const sent = found === null ? await sendNow(deps, given, asked) : found;
  if (sent !== SETTLED) await settleMessage(deps, row, message, { state: "sent", sent });
  return null;
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
