// Decides how a call is to go before it is placed: who is rung first, what the contact sees, whether it is recorded, what
// is said to a voicemail. Called once per try by place-call.ts.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder } from "../channel.ts";
import { callbackBase } from "./call-context.ts";
import type { CallPlan } from "./call-plan.ts";
import type { CallerIdCheck } from "./check-caller-id.ts";
import type { TwilioAccount } from "./twilio-account.ts";
import { clientOf } from "./twilio-client.ts";
import type { TwilioDeps } from "./twilio-deps.ts";

/** What kind of call an order is; the same for whoever only wants to know who takes part. */
export function callMode(
  deps: TwilioDeps,
  account: TwilioAccount,
  order: Pick<ChannelOrder, "tenant" | "channel" | "type">,
): CallPlan["mode"] {
  if (order.channel !== "phone") return "bridge";
  if (deps.automated?.(order) && callbackBase(deps) !== undefined) return "conversation";
  return account.voiceMode === "announcement" && order.type === "informational" ? "announcement" : "bridge";
}

/** @throws GatewayError channel_unavailable when a number is missing, or the client's. */
export async function planCall(
  deps: TwilioDeps,
  callerIds: CallerIdCheck,
  account: TwilioAccount,
  order: ChannelOrder,
): Promise<CallPlan> {
  const mode = callMode(deps, account, order);
  const whatsapp = order.channel === "wvoice";
  const callbacks = callbackBase(deps) !== undefined;
  const shown = whatsapp
    ? { callerId: whatsappSender(deps, account, order), remarks: [] }
    : await shownNumber(deps, callerIds, account, order);
  const recording = recordingOf(account, { mode, whatsapp, callbacks });
  return {
    attempt: order.attempt,
    mode,
    whatsapp,
    callbacks,
    to: mode === "bridge" ? need(order.fromNumber, NO_AGENT_PHONE) : order.contact,
    from: mode === "bridge" ? need(account.number, NO_NUMBER) : shown.callerId,
    callerId: shown.callerId,
    contact: order.contact,
    ringSeconds: account.ringSeconds,
    notice: recording.notice,
    voicemail: whatsapp ? "" : account.voicemailText,
    announcement: mode === "announcement" ? deps.openingText(order, { optOutHint: false }) : "",
    remarks: [...shown.remarks, ...recording.remarks],
  };
}

const NO_NUMBER = "Calls over Twilio need the brokerage's number at Twilio, and none is set.";
const NO_AGENT_PHONE =
  "Calls over Twilio ring the agent's phone first, and no outreach phone is set for the agent or the brokerage.";
const NO_WHATSAPP = "WhatsApp over Twilio needs the brokerage's WhatsApp sender at Twilio, and none is set.";

function need(number: string | null, sentence: string): string {
  if (number !== null) return number;
  throw new GatewayError("channel_unavailable", { sentence });
}

/** The agent's own WhatsApp sender, else the brokerage's. @throws GatewayError channel_unavailable. */
export function whatsappSender(
  deps: TwilioDeps,
  account: TwilioAccount,
  order: Pick<ChannelOrder, "tenant" | "userId">,
): string {
  return need(deps.sender(order.tenant, order.userId).whatsappNumber ?? account.whatsappNumber, NO_WHATSAPP);
}

async function shownNumber(
  deps: TwilioDeps,
  callerIds: CallerIdCheck,
  account: TwilioAccount,
  order: ChannelOrder,
): Promise<{ callerId: string; remarks: string[] }> {
  const sender = deps.sender(order.tenant, order.userId);
  const atTwilio = sender.number ?? account.number;
  const own = order.fromNumber;
  if (sender.callerId === "own_phone" && own !== null) {
    if (await callerIds.mayShow(account, clientOf(deps, account), own)) return { callerId: own, remarks: [] };
    return { callerId: need(atTwilio, NO_NUMBER), remarks: [NOT_VERIFIED] };
  }
  return { callerId: need(atTwilio, NO_NUMBER), remarks: [] };
}

const NOT_VERIFIED =
  "The contact sees the number at Twilio: the agent's own phone is not verified at Twilio as a caller ID yet";

function recordingOf(
  account: TwilioAccount,
  { mode, whatsapp, callbacks }: Pick<CallPlan, "mode" | "whatsapp" | "callbacks">,
): { notice: string | null; remarks: string[] } {
  if (account.recordingNotice === null || mode !== "bridge") return { notice: null, remarks: [] };
  if (callbacks && !whatsapp) return { notice: account.recordingNotice, remarks: [] };
  const why = whatsapp ? "on WhatsApp calls" : "without a public address (SERVER_URL)";
  return { notice: null, remarks: [`Not recorded: the notice cannot be said to the contact ${why}`] };
}
