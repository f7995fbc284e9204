// The verb Record: a beep, what the person says, and its action. Carried out by follow-orders.
import { methodAttribute, numberAttribute, textAttribute, wordsAttribute } from "../twiml/read-attributes.ts";
import { answerQuestion } from "./answer-question.ts";
import { hear } from "./hear.ts";
import { recordingParams, startRecording } from "./record-leg.ts";
import { speakingMs } from "./say-and-play.ts";
import { askAction, type CarryOut, callbackOf } from "./scene.ts";

export const recordVerb: CarryOut = async (scene, element) => {
  const { state, leg, signal } = scene;
  const callback = callbackOf(
    scene,
    textAttribute(element, "recordingStatusCallback"),
    methodAttribute(element, "recordingStatusCallbackMethod"),
  );
  const events = wordsAttribute(
    element,
    "recordingStatusCallbackEvent",
    ["in-progress", "completed", "absent"],
    ["completed"],
  );
  hear(state, leg, "twilio", "beep", "Beep.");
  const running = startRecording(state, leg, {
    ...{ source: "RecordVerb", channels: 1, track: "inbound" },
    callback: callback && { ...callback, events },
  });
  const longest = numberAttribute(element, "maxLength", 3_600) * 1_000;
  const given = await answerQuestion(
    state,
    leg,
    {
      ...{ keys: true, speech: true, numDigits: null },
      timeoutMs: Math.min(longest, numberAttribute(element, "timeout", 5) * 1_000),
      finishOnKey: textAttribute(element, "finishOnKey") ?? "1234567890*#",
    },
    signal,
  );
  if (given && "speech" in given) {
    hear(state, leg, "person", "speech", given.speech);
    await leg.session.wait(Math.min(longest, speakingMs(given.speech)), signal);
  }
  running.stop();
  // A silence of its own leads on; Twilio asks the action only with something recorded.
  if (!given || "digits" in given) return undefined;
  const params = { ...recordingParams(state, running.recording), Digits: "" };
  return askAction(scene, textAttribute(element, "action"), methodAttribute(element, "method"), params);
};
