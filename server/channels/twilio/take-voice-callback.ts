// Takes in what Twilio tells or asks about a call: stores it, does what it calls for, and says what Twilio is answered.
// Called by the door, once the signature was verified.
import type { ChannelOrder } from "../channel.ts";
import { actOnCall } from "./act-on-call.ts";
import { answerCall, remember, stepUrls, storyOf } from "./call-context.ts";
import { callEvent } from "./call-events.ts";
import { param, type TwilioParams } from "./callback-params.ts";
import { parseVoiceCallback, type VoiceRoute } from "./parse-voice-callback.ts";
import type { ActName, CallStory } from "./read-call.ts";
import type { CallbackResult, SpokenTurn } from "./twilio-callbacks.ts";
import type { TwilioDeps } from "./twilio-deps.ts";
import type { Twiml } from "./twiml.ts";
import {
  announce,
  dialContact,
  endCall,
  goodbye,
  leaveVoicemail,
  type StepUrl,
  sayNotice,
  sayWithheld,
} from "./voice-twiml.ts";
import { withholdCall } from "./withhold-call.ts";

/** Steps that ask for instructions; the others only tell. */
const ASKS = new Set(["pressed", "notice", "dialled", "answered", "digit", "played"]);

export async function takeVoiceCallback(
  deps: TwilioDeps,
  order: ChannelOrder,
  route: VoiceRoute,
  params: TwilioParams,
  now: number,
): Promise<CallbackResult> {
  const stored = await remember(deps, order, ...parseVoiceCallback(route, params, now));
  const story = await storyOf(deps, order);
  const current = story?.plan.attempt === route.attempt ? story : undefined;
  const asks = ASKS.has(route.step);
  const talks = current?.plan.mode === "conversation" && current.canceledAt === null;
  // Whoever listens to a call of an earlier try, or one that was to be stopped, is not talked to.
  const silent = route.step === "speech" && !talks ? endCall : null;
  const twiml = asks ? await instruct(deps, order, route, params, current, now) : silent;
  if (current && !asks) await actOnCall(deps, order, current);
  const named = param(params, "ParentCallSid") ?? param(params, "CallSid") ?? "";
  const answer = await answerCall(deps, order, named);
  const result = { stored, answer, twiml };
  if (!current || !["digit", "speech"].includes(route.step)) return result;
  const digits = param(params, "Digits") ?? "";
  const wish = digits === "9" ? ({ wish: "opt_out" } as const) : {};
  if (route.step === "digit" || !talks) return { ...result, ...wish };
  return { ...result, ...wish, speech: spokenTurn(deps, order, route, params, current) };
}

// As it was stored: asked once more, Twilio does not repeat what was said.
function spokenTurn(
  deps: TwilioDeps,
  order: ChannelOrder,
  { attempt, turn = 0 }: VoiceRoute,
  params: TwilioParams,
  { heard }: CallStory,
): SpokenTurn {
  const { text = "", digits = "" } = heard(turn) ?? {};
  const before = turn > 1 ? heard(turn - 1) : undefined;
  const url = stepUrls(deps, order, attempt);
  return {
    ...{ turn, text, digits },
    silentBefore: before?.text === "" && before.digits === "",
    confidence: Number(param(params, "Confidence") ?? 0) || 0,
    action: url("speech", turn + 1) ?? "",
    again: url("speech", turn) ?? "",
  };
}

/** Asked twice (an answer that got lost), the same is said again. */
async function instruct(
  deps: TwilioDeps,
  order: ChannelOrder,
  route: VoiceRoute,
  params: TwilioParams,
  story: CallStory | undefined,
  now: number,
): Promise<Twiml> {
  // A call of an earlier try, or one that was to be stopped, reaches nobody any more.
  if (!story || story.canceledAt !== null) return endCall;
  const url = stepUrls(deps, order, story.plan.attempt);
  switch (route.step) {
    case "pressed":
      return param(params, "Digits") === "1" ? connect(deps, order, story, url) : goodbye(NOBODY_CALLED);
    case "notice":
      return sayNotice(story.plan);
    case "dialled":
      return afterDialling(story, params);
    case "digit":
      return goodbye(param(params, "Digits") === "9" ? "You will not be called again. Goodbye." : "Goodbye.");
    case "answered":
      return answer(deps, order, params, story, now);
    default:
      return endCall;
  }
}

async function connect(
  deps: TwilioDeps,
  order: ChannelOrder,
  { plan, first }: CallStory,
  url: StepUrl,
): Promise<Twiml> {
  const why = await withholdCall(deps, order, { attempt: plan.attempt, sid: first?.sid ?? "" });
  return why === undefined ? dialContact(plan, url) : sayWithheld(why);
}

const NOBODY_CALLED = "Nobody was called. Goodbye.";

/** The agent is told how it went; after a talk there is nothing to say. */
function afterDialling(story: CallStory, params: TwilioParams): Twiml {
  if (story.orderedAt("voicemail") !== null)
    return goodbye("Your message is being left on their voicemail. Goodbye.");
  const words = DIALLED[param(params, "DialCallStatus") ?? ""];
  return words === undefined ? endCall : goodbye(words);
}

const DIALLED: Readonly<Record<string, string>> = {
  busy: "The line is busy. Goodbye.",
  "no-answer": "Nobody answered. Goodbye.",
  failed: "The call could not be put through. Goodbye.",
};

/** An announcement was answered: what is said depends on by whom. What could not be told counts as a person. */
async function answer(
  deps: TwilioDeps,
  order: ChannelOrder,
  params: TwilioParams,
  story: CallStory,
  now: number,
): Promise<Twiml> {
  const by = param(params, "AnsweredBy") ?? "unknown";
  const url = stepUrls(deps, order, story.plan.attempt);
  const begin = (act: ActName): Promise<number> => {
    const data = { attempt: story.plan.attempt, sid: story.first?.sid ?? "", act, turn: 0 };
    return remember(deps, order, callEvent("call.act", `${data.attempt}:${act}:0`, now, data));
  };
  if (!/^(machine|fax)/.test(by)) {
    await begin("announce");
    return announce(story.plan, order, url);
  }
  if (!by.startsWith("machine_end") || story.plan.voicemail === "") return endCall;
  await begin("voicemail");
  return leaveVoicemail(story.plan, url);
}
