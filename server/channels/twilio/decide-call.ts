// What a call came to, by the contact's leg and never by the agent's. Pure: the table of facts (telephony 1.1) and when
// there is enough to say so. What is decided once is not overturned by a word that comes later.
import type { NobodyCalled } from "../../../shared/nobody-called.ts";
import type { ChannelOrder } from "../channel.ts";
import { BUSY, type CallVerdict, end, goingOn, NO_ANSWER } from "./call-verdict.ts";
import { decideFailure } from "./decide-failure.ts";
import { type CallStory, wasDialled } from "./read-call.ts";
import type { Leg } from "./read-leg.ts";
import type { Withheld } from "./twilio-deps.ts";

type Order = Pick<ChannelOrder, "contact" | "attempt" | "agentName" | "personName">;

export function decideCall(story: CallStory, order: Order): CallVerdict {
  const { contact } = story;
  if (contact === null) return withoutContact(story, order);
  if (!contact.over) return goingOn(story.first?.over === true);
  // The agent is still being told how it went: called for the next person now, their line would be busy.
  if (story.first?.over !== true) return goingOn(true);
  if (contact.status === "completed") return answered(story, contact, order);
  if (story.canceledAt !== null) return CANCELED;
  switch (contact.status) {
    case "busy":
      return BUSY;
    case "no-answer":
      return NO_ANSWER;
    case "canceled":
      return story.plan.mode === "bridge" ? AGENT_HUNG_UP : CANCELED;
    default:
      return decideFailure(contact, order, contact.recordRead && contact.failureRead);
  }
}

const CANCELED = end(
  "canceled",
  "canceled",
  "call_canceled",
  "The call was canceled before anybody answered.",
);
const AGENT_HUNG_UP = end(
  "canceled",
  "canceled",
  "agent_hung_up",
  "The agent hung up before anybody answered.",
);

/** Nobody was dialled yet, or nobody will be: that is no attempt to reach the contact. */
function withoutContact(story: CallStory, order: Order): CallVerdict {
  const { first } = story;
  if (first === null || !first.over) return goingOn(false);
  if (first.status === "completed" && !story.legsListed) return goingOn(true);
  if (story.canceledAt !== null) return CANCELED;
  if (story.withheld !== null) return end("failed", "failed", "call_withheld", WITHHELD[story.withheld]);
  if (failedLeg(story)) return decideFailure(first, order, first.failureRead);
  const [event, what] = agentEnd(story, first);
  return end("failed", "failed", event, `${what} Nobody was called.`);
}

const WITHHELD: Readonly<Record<Withheld, string>> = {
  closed: "When the agent was on the line it was no longer an hour to call the contact. Nobody was called.",
  opted_out: "Before the agent was on the line the contact asked not to be contacted. Nobody was called.",
};

/** The leg whose failure has to be explained: the contact's, or the one that dialled and no leg came of it. */
export function failedLeg(story: CallStory): Leg | null {
  if (story.contact !== null) return story.contact.status === "failed" ? story.contact : null;
  const silent = story.first?.status === "completed" && story.legsListed && wasDialled(story);
  return silent ? story.first : null;
}

function agentEnd({ plan }: CallStory, first: Leg): readonly [event: NobodyCalled, what: string] {
  if (isMachine(first)) return ["agent_no_answer", "The agent's voicemail answered."];
  switch (first.status) {
    case "completed":
      return plan.callbacks
        ? ["agent_no_answer", "The agent did not press 1."]
        : ["agent_no_answer", "It could not be told that the agent answered in person."];
    case "busy":
      return ["agent_busy", "The agent's line was busy."];
    case "failed":
      return ["agent_failed", "The agent's phone could not be called."];
    default:
      return ["agent_no_answer", "The agent did not answer."];
  }
}

const isMachine = ({ answeredBy }: Leg): boolean =>
  answeredBy !== null && (answeredBy.startsWith("machine") || answeredBy === "fax");

function answered(story: CallStory, contact: Leg, order: Order): CallVerdict {
  // Who answered may be told after the end, or only be in the record.
  const detects = !story.plan.whatsapp;
  if (detects && contact.answeredBy === null && !contact.recordRead) return goingOn(true);
  if (isMachine(contact) && !wasTalk(story, contact)) return machine(story, contact);
  if (story.wantsOutAt !== null)
    return end("completed", "not_interested", "asked_to_stop", "The contact asked not to be called again.");
  if (story.plan.mode === "announcement") return announced(story, contact);
  if (story.plan.mode === "conversation") return conversed(story);
  if (story.bridged === false) return NOT_JOINED;
  // The recording is there by then, or nearly; with it the record of the call is whole from the start.
  const listened = story.plan.notice === null || story.recordings.length > 0 || story.recordingsListed;
  if (!listened) return goingOn(true);
  if (!wasJoined(story, contact)) return NOT_JOINED;
  const agent = order.agentName || "The agent";
  const length = contact.duration === null ? "" : ` for ${lengthOf(contact.duration)}`;
  const sentence = `${agent} talked to ${order.personName || "the contact"}${length}.`;
  return end("completed", "connected", "talked", sentence);
}

const NOT_JOINED = end(
  "completed",
  "no_answer",
  "not_joined",
  "The contact's phone was answered, but the call ended before the agent was on the line.",
);

/** Letters per second no voice speaks slower than, and how long it takes until it begins, seconds. */
const LEAST_LETTERS_PER_SECOND = 8;
const BEFORE_NOTICE = 5;

// Where Twilio's word on it was lost: only what is said after the notice is recorded, and who stayed on the line for longer
// than it takes to read the notice was joined with the agent.
function wasJoined({ plan, bridged, recordings }: CallStory, { duration }: Leg): boolean {
  if (bridged !== null || plan.notice === null || recordings.length > 0) return bridged !== false;
  return (duration ?? 0) > BEFORE_NOTICE + plan.notice.length / LEAST_LETTERS_PER_SECOND;
}

/** Seconds no voicemail records for. */
const LONGEST_VOICEMAIL = 180;

// Detection takes one in ten people for a machine: with an agent on the line for so long, it was a talk.
const wasTalk = ({ plan }: CallStory, { duration }: Leg): boolean =>
  plan.mode === "bridge" && duration !== null && duration > LONGEST_VOICEMAIL;

function machine(story: CallStory, contact: Leg): CallVerdict {
  const left = story.orderedAt("voicemail");
  if (left !== null && wasHeard(story, contact, "voicemail", story.plan.voicemail))
    return end("completed", "voicemail", "voicemail_left", "A message was left on the voicemail.");
  const sentence =
    left === null
      ? "An answering machine answered; no recorded message was left."
      : "An answering machine answered and hung up before the message was played to its end.";
  return end("completed", "no_answer", "voicemail_no_message", sentence);
}

function announced(story: CallStory, contact: Leg): CallVerdict {
  const heard = story.digitAt !== null || wasHeard(story, contact, "announce", story.plan.announcement);
  return heard
    ? end("completed", "delivered", "announced", "The announcement was played to the contact.")
    : end(
        "completed",
        "no_answer",
        "announcement_not_heard",
        "The contact hung up before the announcement was played.",
      );
}

function conversed({ speech, result }: CallStory): CallVerdict {
  if (result?.outcome === "not_interested")
    return end("completed", "not_interested", "declined", result.summary ?? "The contact is not interested.");
  if (!speech.some(({ said }) => !said))
    return end("completed", "no_answer", "nothing_said", "Somebody answered but said nothing.");
  const sentence = result?.summary ?? "The contact talked with the automated assistant.";
  return end("completed", "connected", "talked", sentence);
}

/** Letters per second no voice speaks faster than: a leg shorter than that was left before the text's end. */
const MOST_LETTERS_PER_SECOND = 18;

// Twilio asks for what comes after the text when it was played. Where it cannot ask, the length of the rest of the leg
// tells; how far apart the two clocks are is known from when the call was placed by each.
function wasHeard(story: CallStory, leg: Leg, act: "voicemail" | "announce", text: string): boolean {
  if (story.playedAt !== null) return true;
  const begunAt = story.begunAt(act);
  const placed = story.first?.createTime ?? null;
  if (story.plan.callbacks || begunAt === null || placed === null || leg.endTime === null) return false;
  const leastMs = (text.length / MOST_LETTERS_PER_SECOND) * 1000;
  return leg.endTime - (begunAt + placed - story.placedAt) >= leastMs;
}

function lengthOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
