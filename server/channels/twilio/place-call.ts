// Starts an outreach by voice: plans it, stores the plan, asks Twilio to place the call. Twilio has no idempotency key, so
// when the answer is lost, its lists tell whether the call exists.
import type { CallListInstanceCreateOptions } from "twilio/lib/rest/api/v2010/account/call.js";
import { GatewayError, RETRY_LATER } from "../../base/errors.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { answerCall, remember, stepUrls, storyOf } from "./call-context.ts";
import { callEvent } from "./call-events.ts";
import type { CallPlan } from "./call-plan.ts";
import type { CallerIdCheck } from "./check-caller-id.ts";
import { findCall } from "./find-call.ts";
import { planCall } from "./plan-call.ts";
import { legOfRecord } from "./reconcile-call.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";
import {
  askAgent,
  detectionOf,
  holdAgent,
  holdContact,
  MOST_INLINE_TWIML,
  type StepUrl,
} from "./voice-twiml.ts";

/** @throws GatewayError as the channel port says of start. */
export async function placeCall(
  deps: TwilioDeps,
  callerIds: CallerIdCheck,
  order: ChannelOrder,
): Promise<ProviderAnswer> {
  const account = accountOf(deps, order.tenant);
  const plan = await planCall(deps, callerIds, account, order);
  const since = deps.clock.now();
  await remember(deps, order, callEvent("call.plan", String(plan.attempt), since, plan));
  // The same try again (after a crash) goes by the plan it had.
  const kept = (await storyOf(deps, order))?.plan ?? plan;
  const options = callOptions(kept, order, stepUrls(deps, order, kept.attempt));
  try {
    const reaches = kept.mode === "bridge" ? "agent" : "contact";
    const call = await clientOf(deps, account).placeCall(options, reaches);
    await remember(deps, order, legOfRecord(kept.attempt, "first", call, deps.clock.now()));
    return await answerCall(deps, order, call.sid);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "provider_fate_unknown") throw error;
    const found = await findCall(deps, order, since);
    if (found) return found;
    throw new GatewayError("provider_unavailable", {
      sentence: "Twilio gave no clear answer, and the call is not in its list: it was not placed.",
      retry: RETRY_LATER,
      cause: error,
    });
  }
}

/** Seconds the agent's phone rings. */
const AGENT_RING_SECONDS = 30;
/** Seconds within which it must be told whether the agent answered in person. */
const AGENT_DETECTION_SECONDS = 10;
const EVENTS = ["initiated", "ringing", "answered", "completed"];

function callOptions(plan: CallPlan, order: ChannelOrder, url: StepUrl): CallListInstanceCreateOptions {
  const placed = url("placed");
  const base = {
    to: plan.to,
    from: plan.from,
    timeout: plan.mode === "bridge" ? AGENT_RING_SECONDS : plan.ringSeconds,
    ...(placed === undefined ? {} : { statusCallback: placed, statusCallbackEvent: EVENTS }),
  };
  return { ...base, ...instructions(plan, order, url) } as CallListInstanceCreateOptions;
}

/** What the call does once it is answered, and who finds out whether a person did. */
function instructions(
  plan: CallPlan,
  order: ChannelOrder,
  url: StepUrl,
): Partial<CallListInstanceCreateOptions> {
  if (plan.mode === "bridge")
    return plan.callbacks
      ? { twiml: fitting(askAgent(order, plan, url)) }
      : {
          twiml: fitting(holdAgent(order)),
          machineDetection: "Enable",
          machineDetectionTimeout: AGENT_DETECTION_SECONDS,
        };
  const machineDetection = detectionOf(plan);
  const answered = url("answered");
  const speech = url("speech");
  const amd = url("amd");
  if (plan.mode === "conversation" && speech !== undefined && amd !== undefined)
    return { url: speech, machineDetection, asyncAmd: "true", asyncAmdStatusCallback: amd };
  return answered === undefined
    ? { twiml: holdContact, machineDetection }
    : { url: answered, machineDetection };
}

function fitting(twiml: string): string {
  if (twiml.length <= MOST_INLINE_TWIML) return twiml;
  throw new GatewayError("provider_refused", {
    sentence: "The person's name is too long to be said in a call. Shorten it in the CRM.",
  });
}
