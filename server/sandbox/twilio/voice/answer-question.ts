// What the person gives when asked for keys or words: by their script, or by whoever acts for them. Asked by Gather, Record
// and the verification call.
import type { TwilioState } from "../twilio-state.ts";
import { hear } from "./hear.ts";
import { type Input, interrupt, type Leg } from "./leg.ts";

export interface Question {
  keys: boolean;
  speech: boolean;
  numDigits: number | null;
  /** Silence after which it is over. */
  timeoutMs: number;
  /** Any of these keys ends it. */
  finishOnKey: string;
}

export type Given = { digits: string } | { speech: string };

const USUAL_PAUSE_MS = 1_000;

/** undefined: nothing. @throws when the leg is to stop; a person who hangs up stops it */
export async function answerQuestion(
  state: TwilioState,
  leg: Leg,
  question: Question,
  signal: AbortSignal,
): Promise<Given | undefined> {
  return leg.live ? answerByHand(leg, question, signal) : answerByScript(state, leg, question, signal);
}

async function answerByScript(
  state: TwilioState,
  leg: Leg,
  { keys, speech, numDigits, timeoutMs, finishOnKey }: Question,
  signal: AbortSignal,
): Promise<Given | undefined> {
  const { session, script } = leg;
  const turn = leg.answeredAs === "human" ? (script.turns[leg.turns] ?? script.afterwards) : {};
  const { digits, says, hangsUp, afterMs = USUAL_PAUSE_MS } = turn;
  leg.turns += 1;
  if (hangsUp) {
    await session.wait(afterMs, signal);
    hear(state, leg, "person", "note", "Hangs up.");
    interrupt(leg, "hung_up");
    signal.throwIfAborted();
  }
  const answer = speech && says !== undefined ? { speech: says } : keys && digits ? { digits } : undefined;
  if (!answer || afterMs > timeoutMs) {
    await session.wait(timeoutMs, signal);
    return undefined;
  }
  await session.wait(afterMs, signal);
  if ("speech" in answer) return answer;
  const { taken, ended } = takeDigits(answer.digits, numDigits, finishOnKey);
  if (!ended) await session.wait(timeoutMs, signal);
  return taken === "" ? undefined : { digits: taken };
}

/** What is taken of keys pressed one after the other, and whether that ends the question. */
function takeDigits(
  digits: string,
  most: number | null,
  finishOnKey: string,
): { taken: string; ended: boolean } {
  const finish = [...digits].findIndex((key) => finishOnKey.includes(key));
  const before = finish < 0 ? digits : digits.slice(0, finish);
  const taken = most === null ? before : before.slice(0, most);
  return { taken, ended: finish >= 0 || taken.length === most };
}

async function answerByHand(leg: Leg, question: Question, signal: AbortSignal): Promise<Given | undefined> {
  const { keys, speech, numDigits, timeoutMs, finishOnKey } = question;
  let pressed = "";
  for (;;) {
    const input = await nextInput(leg, timeoutMs, signal);
    if (input && "speech" in input) {
      if (speech) return input;
    } else if (input && keys) {
      const { taken, ended } = takeDigits(pressed + input.key, numDigits, finishOnKey);
      pressed = taken;
      if (ended) return pressed === "" ? undefined : { digits: pressed };
    } else if (!input) return pressed === "" ? undefined : { digits: pressed };
  }
}

/** undefined after `ms` without any; at the pace of people. */
async function nextInput(leg: Leg, ms: number, signal: AbortSignal): Promise<Input | undefined> {
  const came = new AbortController();
  void leg.inbox.filled().then(() => came.abort());
  try {
    await leg.session.wait(ms, AbortSignal.any([signal, came.signal]), "real");
    return undefined;
  } catch (thrown) {
    signal.throwIfAborted();
    if (!came.signal.aborted) throw thrown;
    return leg.inbox.take();
  }
}
