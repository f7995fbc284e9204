// The verb Gather: says its prompt, waits for keys or a sentence, and asks its action what to do with them. Carried out by
// follow-orders.
import { elementsOf, type XmlElement } from "../twiml/parse-xml.ts";
import {
  flagAttribute,
  methodAttribute,
  numberAttribute,
  textAttribute,
  wordsAttribute,
} from "../twiml/read-attributes.ts";
import { answerQuestion, type Given, type Question } from "./answer-question.ts";
import { hear } from "./hear.ts";
import { pause, play, say } from "./say-and-play.ts";
import { askAction, type CarryOut, type Scene, type Step } from "./scene.ts";

const PROMPTS: Readonly<Record<string, CarryOut>> = { Say: say, Play: play, Pause: pause };

export const gather: CarryOut = async (scene, element) => {
  const { leg, state } = scene;
  const question = readQuestion(element);
  leg.inbox.clear();
  const { keys, speech, numDigits } = question;
  leg.call.asking = { keys, speech, numDigits };
  state.touch();
  await prompt(scene, element);
  const given = await answerQuestion(state, leg, question, scene.signal);
  leg.call.asking = null;
  if (given) hear(state, leg, "person", "digits" in given ? "keys" : "speech", wordsOf(given));
  return leadOn(scene, element, question, given);
};

const wordsOf = (given: Given): string => ("digits" in given ? given.digits : given.speech);

function readQuestion(element: XmlElement): Question {
  const input = wordsAttribute(element, "input", ["dtmf", "speech"], ["dtmf"]);
  const digits = numberAttribute(element, "numDigits", 0);
  return {
    keys: input.has("dtmf"),
    speech: input.has("speech"),
    numDigits: digits > 0 ? digits : null,
    timeoutMs: numberAttribute(element, "timeout", 5) * 1_000,
    finishOnKey: textAttribute(element, "finishOnKey") ?? "#",
  };
}

/** Somebody who presses or speaks meanwhile cuts it short. */
async function prompt(scene: Scene, element: XmlElement): Promise<void> {
  const { leg, signal } = scene;
  const cut = new AbortController();
  if (leg.live && flagAttribute(element, "bargeIn", true)) void leg.inbox.filled().then(() => cut.abort());
  const inner: Scene = { ...scene, signal: AbortSignal.any([signal, cut.signal]) };
  try {
    for (const child of elementsOf(element)) await PROMPTS[child.name]?.(inner, child);
  } catch (thrown) {
    signal.throwIfAborted();
    if (!cut.signal.aborted) throw thrown;
  }
}

/** Nothing given: on to the next verb, unless the action is to be asked anyway. */
function leadOn(scene: Scene, element: XmlElement, question: Question, given: Given | undefined): Step {
  if (!given && !flagAttribute(element, "actionOnEmptyResult")) return undefined;
  const answer = given ?? (question.speech ? { speech: "" } : { digits: "" });
  const params: Record<string, string> =
    "digits" in answer
      ? { Digits: answer.digits }
      : { SpeechResult: answer.speech, Confidence: answer.speech === "" ? "0.0" : "0.92150" };
  return askAction(scene, textAttribute(element, "action"), methodAttribute(element, "method"), params);
}
