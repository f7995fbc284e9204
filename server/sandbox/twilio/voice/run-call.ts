// A call from its place in the queue to its end, and one that comes in. Begun by the API and by create-twilio-world; the
// documents are follow-orders' work.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { TwilioState } from "../twilio-state.ts";
import type { TwilioNumber } from "../twilio-types.ts";
import { answerLeg } from "./answer-leg.ts";
import { type Detection, detectInBackground, detectionParams, judgeAnswer } from "./detect-machine.ts";
import { fetchDocument } from "./fetch-document.ts";
import { followOrders } from "./follow-orders.ts";
import { hear } from "./hear.ts";
import { interrupt, type Leg, type Order } from "./leg.ts";
import { endCall, moveCall } from "./move-call.ts";
import { type RecordingPlan, startRecording } from "./record-leg.ts";
import { ringLegs } from "./ring-legs.ts";

export interface CallPlan {
  first: Order;
  timeoutMs: number;
  timeLimitMs: number | null;
  detection: Detection | null;
  record: RecordingPlan | null;
  sendDigits: string;
}

/** Twilio ends calls after four hours. */
const LONGEST_CALL_MS = 14_400_000;

/** An account's calls leave one after the other, at its pace; how long this one has to wait, in ms. */
export function queueCall(state: TwilioState, { account, session, call }: Leg): void {
  const now = session.now();
  const dial = Math.max(now, state.nextDial.get(account.sid) ?? 0);
  state.nextDial.set(account.sid, dial + 1_000 / account.callsPerSecond);
  call.queueMs = Math.round(dial - now);
}

export async function runCall(state: TwilioState, leg: Leg, plan: CallPlan): Promise<void> {
  try {
    // Whoever asked for the call hears of it before anything is told about it.
    await nextTurn();
    await leg.session.wait(leg.call.queueMs, leg.run.signal);
    const answered = await ringLegs(state, [leg], plan.timeoutMs, leg.run.signal);
    if (!answered) return;
    const order = await begin(state, leg, plan);
    await followOrders(state, leg, order);
  } catch (thrown) {
    if (!leg.run.signal.aborted) throw thrown;
    // A redirection while it was still being found out who had answered.
    if (leg.next) await resume(state, leg);
  }
  endCall(state, leg, leg.call.answeredAt === null ? "canceled" : "completed");
}

async function resume(state: TwilioState, leg: Leg): Promise<void> {
  const { next } = leg;
  leg.next = null;
  leg.run = new AbortController();
  if (next) await followOrders(state, leg, next);
}

/** What happens before the first document is asked for. */
async function begin(state: TwilioState, leg: Leg, plan: CallPlan): Promise<Order> {
  const { session } = leg;
  const { first, detection, record, sendDigits, timeLimitMs } = plan;
  leg.onEnd.push(session.later(timeLimitMs ?? LONGEST_CALL_MS, () => interrupt(leg, "ended"), "limit"));
  if (record) startRecording(state, leg, record);
  if (sendDigits !== "") {
    hear(state, leg, "twilio", "keys", sendDigits);
    await session.wait(sendDigits.length * 500, leg.run.signal);
    return first;
  }
  if (!detection) return first;
  if (detection.background) {
    detectInBackground(state, leg, detection);
    return first;
  }
  const detected = judgeAnswer(leg, detection);
  await session.wait(detected.afterMs, leg.run.signal);
  leg.call.answeredBy = detected.answeredBy;
  return first.kind === "url"
    ? { ...first, params: { ...first.params, ...detectionParams(detected) } }
    : first;
}

/** Somebody calls a number of the account: its address says what to do before it counts as answered. */
export async function runIncomingCall(state: TwilioState, leg: Leg, number: TwilioNumber): Promise<void> {
  const { voiceUrl, voiceMethod, voiceFallbackUrl, voiceFallbackMethod } = number;
  leg.call.startedAt = leg.session.now();
  moveCall(state, leg, "ringing");
  try {
    if (voiceUrl === "") return endCall(state, leg, "failed");
    const order: Order = {
      ...{ kind: "url", url: voiceUrl, method: voiceMethod },
      ...(voiceFallbackUrl !== "" && { fallback: { url: voiceFallbackUrl, method: voiceFallbackMethod } }),
    };
    const document = await fetchDocument(state, leg, order, "voice");
    const [first] = document?.verbs ?? [];
    if (first?.name === "Reject")
      return endCall(state, leg, first.attributes.reason === "busy" ? "busy" : "no-answer");
    answerLeg(state, leg, "human");
    leg.onEnd.push(leg.session.later(LONGEST_CALL_MS, () => interrupt(leg, "ended"), "limit"));
    if (document) await followOrders(state, leg, { kind: "read", ...document });
  } catch (thrown) {
    if (!leg.run.signal.aborted) throw thrown;
  }
  endCall(state, leg, leg.call.answeredAt === null ? "no-answer" : "completed");
}
