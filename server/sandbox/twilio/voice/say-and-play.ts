// The verbs that make a sound or none: Say, Play, Pause. Carried out by follow-orders, and within Gather.
import { textOf, type XmlElement } from "../twiml/parse-xml.ts";
import { numberAttribute, textAttribute } from "../twiml/read-attributes.ts";
import { describeProblem } from "../webhooks/describe-problem.ts";
import { hear } from "./hear.ts";
import { type CarryOut, resolveUrl, type Scene } from "./scene.ts";

const MS_PER_WORD = 380;
/** No sound is really heard, so each is taken to be this long. */
const SOUND_MS = 5_000;
/** `loop="0"` goes on until the call ends; Twilio stops here. */
const MOST_LOOPS = 1_000;

export const say: CarryOut = async (scene, element) => {
  const text = textOf(element).replace(/\s+/g, " ").trim();
  hear(scene.state, scene.leg, "twilio", "say", text);
  await scene.leg.session.wait(loops(element) * speakingMs(text), scene.signal);
  return undefined;
};

export const speakingMs = (text: string): number => Math.max(1_000, text.split(" ").length * MS_PER_WORD);

const loops = (element: XmlElement): number => numberAttribute(element, "loop", 1) || MOST_LOOPS;

export const play: CarryOut = async (scene, element) => {
  const { state, leg } = scene;
  const digits = textAttribute(element, "digits");
  if (digits !== undefined) {
    hear(state, leg, "twilio", "keys", digits);
    await leg.session.wait(digits.length * 500, scene.signal);
    return undefined;
  }
  const url = resolveUrl(scene, textOf(element).trim());
  if (url === undefined || !(await isSound(scene, url))) return undefined;
  hear(state, leg, "twilio", "play", url);
  await leg.session.wait(loops(element) * SOUND_MS, scene.signal);
  return undefined;
};

export const pause: CarryOut = async (scene, element) => {
  await scene.leg.session.wait(numberAttribute(element, "length", 1) * 1_000, scene.signal);
  return undefined;
};

/** Gets it as Twilio would, but only from this machine: nothing outside is ever asked. */
async function isSound({ state, leg }: Scene, url: string): Promise<boolean> {
  if (!/^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i.test(url)) return true;
  const answer = await state.webhooks.ask({
    ...{ account: leg.account, kind: "media", sid: leg.call.sid, group: leg.group },
    ...{ url, method: "GET", params: {} },
  });
  const problem =
    describeProblem(answer) ??
    (typeof answer !== "string" && !/^audio\//.test(answer.contentType)
      ? { code: 12300, text: `Invalid Content-Type: ${answer.contentType || "none"}` }
      : undefined);
  if (problem && !leg.era.aborted)
    state.alert({ accountSid: leg.account.sid, sid: leg.call.sid, level: "error", url, ...problem });
  return problem === undefined;
}
