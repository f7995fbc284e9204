// Lets phones ring until one is picked up, all have given up, or it has rung long enough. Used for calls and for Dial.
import type { TwilioState } from "../twilio-state.ts";
import { answerLeg } from "./answer-leg.ts";
import { isOver } from "./call-types.ts";
import type { Leg, RingResult } from "./leg.ts";
import { endCall, moveCall } from "./move-call.ts";

const RINGS_AFTER_MS = 1_000;
/** When a network knows that it will not ring, and when that the line is busy. */
const REFUSED_AFTER_MS = 700;
const BUSY_AFTER_MS = 1_500;

/** The first to pick up, answered; the others' calls are over then. @throws when `signal` is aborted: nobody was answered */
export async function ringLegs(
  state: TwilioState,
  legs: readonly Leg[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Leg | undefined> {
  const [first] = legs;
  if (!first) return undefined;
  const { session } = first;
  const decided = new AbortController();
  let winner: Leg | undefined;
  const settle = (leg: Leg, result: RingResult): void => {
    if (decided.signal.aborted || signal.aborted || isOver(leg.call)) return;
    if (result.kind === "answers") {
      winner = leg;
      answerLeg(state, leg, result.answeredBy);
    } else giveUp(state, leg, result);
    if (winner || legs.every(({ call }) => isOver(call))) decided.abort();
  };
  for (const leg of legs) startRinging(state, leg, settle);
  try {
    const live = legs.some((leg) => leg.live);
    const until = AbortSignal.any([signal, decided.signal]);
    const rings = Math.min(timeoutMs, RINGS_AFTER_MS);
    await session.wait(rings, until);
    await session.wait(timeoutMs - rings, until, live ? "real" : undefined);
    decided.abort();
  } catch (thrown) {
    if (!decided.signal.aborted) throw thrown;
    signal.throwIfAborted();
  }
  for (const leg of legs) if (leg !== winner) endCall(state, leg, winner ? "canceled" : "no-answer");
  return winner;
}

function startRinging(state: TwilioState, leg: Leg, settle: (leg: Leg, result: RingResult) => void): void {
  const { session, script } = leg;
  moveCall(state, leg, "initiated");
  if (script.rings === "invalid" || !takesCalls(leg)) {
    const later = session.later(REFUSED_AFTER_MS, () =>
      settle(leg, { kind: "invalid", answeredBy: "unknown" }),
    );
    leg.onEnd.push(later);
    return;
  }
  leg.onEnd.push(
    session.later(RINGS_AFTER_MS, () => {
      if (script.rings !== "busy") moveCall(state, leg, "ringing");
    }),
  );
  if (leg.live) {
    void leg.decision.promise.then((result) => settle(leg, result));
    return;
  }
  const { rings, answeredBy, answersAfterMs } = script;
  if (rings === "no_answer" || rings === "live") return;
  const afterMs = rings === "busy" ? BUSY_AFTER_MS : RINGS_AFTER_MS + answersAfterMs;
  leg.onEnd.push(session.later(afterMs, () => settle(leg, { kind: rings, answeredBy })));
}

/** On WhatsApp a business may only call those who let it. */
const takesCalls = ({ call, script }: Leg): boolean =>
  !call.to.startsWith("whatsapp:") || script.whatsappCalls;

function giveUp(state: TwilioState, leg: Leg, { kind }: RingResult): void {
  if (kind !== "invalid") {
    endCall(state, leg, kind === "no_answer" ? "no-answer" : "busy");
    return;
  }
  const forbidden = leg.script.rings !== "invalid";
  endCall(state, leg, "failed", forbidden ? 403 : 404);
  if (leg.call.parentCallSid === null || forbidden) return;
  state.alert({
    ...{ accountSid: leg.account.sid, sid: leg.call.parentCallSid, code: 13224, level: "error", url: null },
    text: `Dial: ${leg.call.to} is invalid or not supported`,
  });
}
