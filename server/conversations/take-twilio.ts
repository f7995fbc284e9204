// Takes in what Twilio tells or asks: whose it is, whether it is genuine, and what it means for its outreach. The signature
// is checked with the brokerage's own auth token before anything of it is believed.
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { ChannelOrder, ProviderAnswer } from "../channels/channel.ts";
import type { TwilioParams } from "../channels/twilio/callback-params.ts";
import { confirmsStopItself } from "../channels/twilio/confirms-stop-itself.ts";
import { parseInbound, type TwilioInbound } from "../channels/twilio/inbound-messages.ts";
import type { SignedRequest } from "../channels/twilio/signed-request.ts";
import type { OutreachRoute } from "../channels/twilio/twilio-callbacks.ts";
import { readTwilioRoute, type TwilioRoute } from "../channels/twilio/twilio-routes.ts";
import { verifyTwilio } from "../channels/twilio/verify-twilio.ts";
import { awaitReply } from "../engagements/await-reply.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { makeOrder } from "../engagements/make-order.ts";
import { recordOptOut } from "../engagements/record-opt-out.ts";
import { recordSnapshot } from "../engagements/record-snapshot.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";
import { speakWithContact } from "./speak-with-contact.ts";
import { takeInbound } from "./take-inbound.ts";
import { tellUnknownAddress } from "./tell-unknown-address.ts";

/** What Twilio is answered: a document (text/xml), or null for an empty 204. */
export type TwilioReply = string | null;

/**
 * `doubted`: what is wrong is not explained, since too much of it came lately.
 * @throws GatewayError not_found for an address that was never given out, forbidden for a signature that does not fit.
 */
export async function takeTwilio(
  deps: ConversationRoomDeps,
  request: SignedRequest,
  doubted: boolean,
): Promise<TwilioReply> {
  const route = readTwilioRoute(deps.twilioDeps.linkKey, request.path);
  if (!route) {
    if (!doubted) await tellUnknownAddress(deps, request);
    throw new GatewayError("not_found");
  }
  const row = "engagementId" in route ? await findEngagement(deps.db, route.engagementId) : undefined;
  const slug = "tenant" in route ? route.tenant : row?.tenant;
  if (slug === undefined) throw new GatewayError("not_found");
  await requireGenuine(deps, slug, request, doubted);
  const params = fieldsOf(request);
  if ("tenant" in route) return takeForBrokerage(deps, route, params);
  return row ? takeForOutreach(deps, row, route, params) : null;
}

/** In the address where the brokerage chose GET at Twilio. */
const fieldsOf = ({ method, path, params }: SignedRequest): TwilioParams =>
  method === "GET" ? Object.fromEntries(new URLSearchParams(path.split("?", 2)[1] ?? "")) : params;

/** @throws GatewayError forbidden. What was wrong is told to the brokerage, not to the caller. */
async function requireGenuine(
  deps: ConversationRoomDeps,
  slug: string,
  request: SignedRequest,
  doubted: boolean,
): Promise<void> {
  const account = deps.twilioDeps.account(slug);
  const publicUrl = deps.twilioDeps.publicUrl();
  if (!account || publicUrl === undefined) throw new GatewayError("not_found");
  const tenants = doubted ? [] : deps.settings.current().tenants;
  const others = tenants.filter(({ domain_name }) => domain_name !== slug);
  const verified = await verifyTwilio({
    publicUrl,
    accountSid: account.sid,
    authTokens: [account.authToken],
    otherTokens: others.flatMap(
      ({ domain_name }) => deps.settings.secret(`tenant/${domain_name}/twilio_auth_token`) ?? [],
    ),
    request,
  });
  if (verified.genuine) return;
  if (doubted) throw new GatewayError("forbidden");
  deps.journal.tell({
    event: "twilio.refused",
    severity: "warn",
    tenant: slug,
    message: `A request in Twilio's name was refused: ${verified.sentence}`,
    detail: { mistake: verified.code },
  });
  throw new GatewayError("forbidden", { sentence: "The signature does not fit." });
}

type BrokerageRoute = Extract<TwilioRoute, { readonly tenant: string }>;

async function takeForBrokerage(
  deps: ConversationRoomDeps,
  { kind, tenant }: BrokerageRoute,
  params: TwilioParams,
): Promise<TwilioReply> {
  if (kind === "caller-id") {
    const verified = deps.twilio.takeVerification(tenant, params);
    if (verified) await tellVerified(deps, tenant, verified);
    return null;
  }
  const inbound = parseInbound(params, deps.clock.now());
  if (inbound) await takeMessage(deps, tenant, inbound);
  return NO_REPLY;
}

/** What is answered goes out by itself, not with this. */
const NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

async function tellVerified(
  deps: ConversationRoomDeps,
  tenant: string,
  { number, verified }: { readonly number: string; readonly verified: boolean },
): Promise<void> {
  const message = verified
    ? `The number ${number} is verified at Twilio: contacts will see it`
    : `The number ${number} was not verified at Twilio: the code was not keyed in`;
  const severity = verified ? "info" : "warn";
  await deps.journal.add(deps.db, { event: "twilio.caller_id", tenant, severity, message });
}

/** One message, told by Twilio or found by asking. */
export async function takeMessage(
  deps: ConversationRoomDeps,
  tenant: string,
  inbound: TwilioInbound,
): Promise<void> {
  const { channel, optOutType, text, sender } = inbound;
  const wish = WISHES[optOutType ?? ""];
  await takeInbound(deps, {
    tenant,
    provider: "twilio",
    channel,
    key: inbound.key,
    contact: inbound.contact,
    sender,
    text,
    at: inbound.at,
    carrierConfirms: (said) => confirmsStopItself(channel, optOutType, said, sender),
    ...(wish ? { carrierWish: wish } : {}),
  });
}

const WISHES: Readonly<Record<string, "stop" | "start" | "help">> = {
  STOP: "stop",
  START: "start",
  HELP: "help",
};

async function takeForOutreach(
  deps: ConversationRoomDeps,
  row: EngagementRow,
  route: OutreachRoute,
  params: TwilioParams,
): Promise<TwilioReply> {
  const order = twilioOrder(deps, row);
  const result = await deps.twilio.takeCallback(order, route, params, deps.clock.now());
  const answer =
    row.provider === "chat" ? deps.chat.report(makeOrder(deps, row), result.answer) : result.answer;
  await recordAnswer(deps, row, answer);
  if (result.wish === "opt_out" && route.kind === "voice") await pressedNine(deps, row);
  if (!result.speech || route.kind !== "voice") return result.twiml;
  return speakWithContact(deps, { row, order, speech: result.speech });
}

/** The invitation to a chat is Twilio's to carry, in the name of the chat's outreach. */
function twilioOrder(deps: ConversationRoomDeps, row: EngagementRow): ChannelOrder {
  const order = makeOrder(deps, row);
  return row.provider === "chat" ? deps.chat.invitation(order) : order;
}

// A word about a start whose answer never came is that answer.
async function recordAnswer(
  deps: ConversationRoomDeps,
  row: EngagementRow,
  answer: ProviderAnswer,
): Promise<void> {
  const adopted = row.launch_state === "launching" || row.parked_reason !== null;
  await recordSnapshot(deps, row.id, {
    snapshot: answer.snapshot,
    ...(adopted
      ? {
          agreed: "queued" as const,
          change: { launch_state: "launched", provider_ref: answer.reference, parked_reason: null },
        }
      : {}),
    nextPollAt: answer.nextPollAt,
  });
  if (adopted) await awaitReply(deps, row.id, deps.providers.get(row.provider));
}

async function pressedNine(deps: ConversationRoomDeps, row: EngagementRow): Promise<void> {
  const tenant = deps.settings.tenant(row.tenant);
  const { contact } = row;
  if (!tenant || contact === null) return;
  await deps.db.transaction().execute((trx) =>
    recordOptOut(deps, trx, {
      ...{ tenant, row, contact, channel: row.channel as Channel },
      ...{ source: "voice", said: "Pressed 9 in a call.", by: null, at: deps.clock.now() },
    }),
  );
  deps.nudge();
}
