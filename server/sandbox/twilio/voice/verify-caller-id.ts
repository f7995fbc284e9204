// The call by which Twilio makes sure that somebody owns a number: it asks for the code the API gave. Begun by the API.

import { setImmediate as nextTurn } from "node:timers/promises";
import type { TwilioState } from "../twilio-state.ts";
import type { TwilioAccount, VerifiedCallerId } from "../twilio-types.ts";
import { answerQuestion } from "./answer-question.ts";
import { callParams } from "./call-params.ts";
import { createLeg } from "./create-leg.ts";
import { hear } from "./hear.ts";
import type { Callback, Leg } from "./leg.ts";
import { endCall } from "./move-call.ts";
import { ringLegs } from "./ring-legs.ts";

/** Where Twilio calls from. */
const VERIFIER = "+14157234000";
const RINGS_MS = 60_000;
const TRIES = 3;
const QUESTION = { keys: true, speech: false, numDigits: 6, timeoutMs: 10_000, finishOnKey: "#" };
const PROMPT = "Please enter the six digit code shown on your screen.";

export interface Verification {
  account: TwilioAccount;
  phoneNumber: string;
  friendlyName: string;
  code: string;
  delayMs: number;
  callback: Callback | null;
}

/** The call, still waiting; the rest goes on in the background. */
export function verifyCallerId(state: TwilioState, verification: Verification): Leg {
  const { account, phoneNumber } = verification;
  const leg = createLeg(state, {
    ...{ account, direction: "outbound-api", from: VERIFIER, to: phoneNumber, status: null },
  });
  leg.call.queueMs = verification.delayMs;
  state.track(run(state, leg, verification));
  return leg;
}

async function run(state: TwilioState, leg: Leg, verification: Verification): Promise<void> {
  let right = false;
  try {
    await nextTurn();
    await leg.session.wait(leg.call.queueMs, leg.run.signal);
    const answered = await ringLegs(state, [leg], RINGS_MS, leg.run.signal);
    right = answered !== undefined && (await askForCode(state, leg, verification.code));
  } catch (thrown) {
    if (!leg.run.signal.aborted) throw thrown;
  }
  endCall(state, leg, leg.call.answeredAt === null ? "canceled" : "completed");
  if (leg.era.aborted) return;
  const callerId = right ? addCallerId(state, leg, verification) : undefined;
  const { callback, account } = verification;
  if (!callback) return;
  state.webhooks.tell({
    ...{ account, kind: "verification", sid: leg.call.sid, group: leg.group, final: true, ...callback },
    params: {
      ...callParams(leg.call),
      VerificationStatus: callerId ? "success" : "failed",
      ...(callerId && { OutgoingCallerIdSid: callerId.sid }),
    },
  });
}

async function askForCode(state: TwilioState, leg: Leg, code: string): Promise<boolean> {
  for (let count = 0; count < TRIES; count += 1) {
    hear(state, leg, "twilio", "say", PROMPT);
    leg.call.asking = { keys: true, speech: false, numDigits: 6 };
    state.touch();
    const given = leg.live
      ? await answerQuestion(state, leg, QUESTION, leg.run.signal)
      : await keyIn(leg, code);
    leg.call.asking = null;
    if (given && "digits" in given) hear(state, leg, "person", "keys", given.digits);
    if (given && "digits" in given && given.digits === code) return true;
  }
  hear(state, leg, "twilio", "say", "Sorry, the code is not right. Goodbye.");
  return false;
}

/** The person reads the code off a screen, so no script can know it. */
async function keyIn(leg: Leg, code: string): Promise<{ digits: string } | undefined> {
  await leg.session.wait(5_000, leg.run.signal);
  const { verifies, rings } = leg.script;
  return verifies && rings === "answers" && leg.answeredAs === "human" ? { digits: code } : undefined;
}

function addCallerId(state: TwilioState, leg: Leg, verification: Verification): VerifiedCallerId {
  const { account, phoneNumber, friendlyName } = verification;
  const now = leg.session.now();
  const callerId = { sid: state.newSid("PN"), phoneNumber, friendlyName, createdAt: now, updatedAt: now };
  account.callerIds.push(callerId);
  return callerId;
}
