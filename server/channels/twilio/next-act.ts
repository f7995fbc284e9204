// What the gateway itself has to make Twilio do next in a running call, if anything: where Twilio cannot ask, and where a
// machine answered. Pure; carried out by act-on-call.ts.
import type { ChannelOrder } from "../channel.ts";
import type { ActName, CallStory } from "./read-call.ts";
import type { Leg } from "./read-leg.ts";
import { announce, dialContact, leaveVoicemail, type StepUrl, sayWithheld } from "./voice-twiml.ts";

export interface Act {
  readonly act: ActName;
  /** Counts the tries of this act. */
  readonly turn: number;
  /** The leg it is done to. */
  readonly sid: string;
  /** null: the leg is ended. */
  readonly twiml: string | null;
}

const MOST_TRIES = 3;
/** When nothing came of an act that Twilio may not have heard, ms. */
const TRY_AGAIN_MS = 8_000;

export function nextAct(
  story: CallStory,
  order: Pick<ChannelOrder, "fromNumber">,
  url: StepUrl,
  now: number,
): Act | undefined {
  const { plan, first, contact } = story;
  if (story.canceledAt !== null) return undefined;
  const open = (leg: Leg | null): leg is Leg => leg !== null && leg.status === "in-progress";
  const make = (act: ActName, sid: string, twiml: string | null): Act | undefined =>
    mayTry(story, act, now) ? { act, turn: story.tries(act), sid, twiml } : undefined;

  if (plan.mode === "bridge" && open(first) && contact === null)
    return plan.callbacks ? undefined : toAgent(story, first, url, now, make);
  if (!open(contact) || contact.answeredBy === null) return undefined;
  // A machine is told apart from a person; what could not be told counts as a person.
  if (/^(machine|fax)/.test(contact.answeredBy)) return toMachine(story, contact, url, make);
  const speaks = plan.mode === "announcement" && !plan.callbacks;
  return speaks ? make("announce", contact.sid, announce(plan, order, url)) : undefined;
}

type Make = (act: ActName, sid: string, twiml: string | null) => Act | undefined;

// Without a key that could be pressed, only somebody who is certainly a person has the contact called.
function toAgent(story: CallStory, first: Leg, url: StepUrl, now: number, make: Make): Act | undefined {
  if (first.answeredBy === null) return undefined;
  if (story.withheld !== null) return make("hang_up", first.sid, sayWithheld(story.withheld));
  if (first.answeredBy !== "human") return make("hang_up", first.sid, null);
  const dialling = make("dial", first.sid, dialContact(story.plan, url));
  if (dialling || isUnderWay(story, "dial", now)) return dialling;
  return make("hang_up", first.sid, null);
}

function toMachine(story: CallStory, contact: Leg, url: StepUrl, make: Make): Act | undefined {
  // An announcement that Twilio can ask about is told what to do when it asks.
  if (story.plan.mode === "announcement" && story.plan.callbacks) return undefined;
  const listening = contact.answeredBy?.startsWith("machine_end") === true;
  if (listening && story.plan.voicemail !== "")
    return make("voicemail", contact.sid, leaveVoicemail(story.plan, url));
  // With an agent on the line it is theirs to decide.
  return story.plan.mode === "bridge" ? undefined : make("hang_up", contact.sid, null);
}

const mayTry = (story: CallStory, act: ActName, now: number): boolean =>
  story.tries(act) < MOST_TRIES && !isUnderWay(story, act, now);

/** Twilio does it, or may have heard of it: doing it again would break off what was begun. */
function isUnderWay(story: CallStory, act: ActName, now: number): boolean {
  const orderedAt = story.orderedAt(act);
  return orderedAt !== null && (story.begunAt(act) !== null || now - orderedAt < TRY_AGAIN_MS);
}
