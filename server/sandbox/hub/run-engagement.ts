// Walks an engagement of the pretend Hub from accepted to its end, with pause, resume and cancel in between.
import { setTimeout as wait } from "node:timers/promises";
import type { HubEngagement, HubEventType, HubSnapshot, HubState, InboundCall } from "./create-hub-world.ts";
import { scriptOutcome } from "./script-outcome.ts";
import { sendLifecycle } from "./send-lifecycle.ts";
import { writeToFub } from "./write-to-fub.ts";

/** Odd spellings an integrator has to live with; "warming_up" is a word nobody has documented. */
const ODD_STATUSES: Readonly<Record<string, string>> = {
  in_progress: "warming_up",
  completed: "Done",
  failed: "FAILED",
  paused: "Paused",
  canceled: "Cancelled",
};
const OVER = ["completed", "failed", "canceled"];

export const isOver = (engagement: HubEngagement): boolean =>
  engagement.pending.length === 0 &&
  OVER.some((word) => engagement.snapshot.status === spelling(engagement, word));

/** Announces the engagement and lets it run in the background. */
export function runEngagement(
  state: HubState,
  engagement: HubEngagement,
  instruction: string,
  fubUrl: () => string,
): void {
  const { snapshot } = engagement;
  const script = scriptOutcome(snapshot.channel, snapshot.contact_identifier, instruction);
  engagement.pending = [
    () => {
      snapshot.started_at = state.stamp();
      setStatus(state, engagement, "in_progress");
    },
    () => {
      const at = state.stamp();
      snapshot.history.push(...script.history.map((entry) => ({ at, ...entry })));
      snapshot.transcript.push(...script.transcript.map((line) => ({ at, ...line })));
      Object.assign(snapshot, { outcome: script.outcome, completed_at: at });
      snapshot.summary = `Outcome: ${script.outcome}`;
      engagement.duration = script.duration;
      setStatus(state, engagement, script.status);
      if (state.writesToFub) state.track(writeToFub(engagement, state.writesToFub.apiKey, fubUrl()));
    },
  ];
  snapshot.history.push({ at: state.stamp(), event: "created", detail: snapshot.channel });
  announce(state, engagement, "engagement.created", false);
  state.track(walk(state, engagement));
}

/** False when it makes no sense: over already, or paused twice, or resumed without a pause. */
export function controlEngagement(
  state: HubState,
  engagement: HubEngagement,
  action: "pause" | "resume" | "cancel",
): boolean {
  const { snapshot } = engagement;
  const paused = snapshot.status === spelling(engagement, "paused");
  if (isOver(engagement) || (action === "pause" && paused) || (action === "resume" && !paused)) return false;
  snapshot.history.push({ at: state.stamp(), event: action, detail: "" });
  if (action === "resume") {
    setStatus(state, engagement, engagement.resumeAs);
    state.track(walk(state, engagement));
    return true;
  }
  if (action === "pause") {
    engagement.resumeAs = snapshot.started_at === null ? "accepted" : "in_progress";
    setStatus(state, engagement, "paused");
    return true;
  }
  engagement.pending = [];
  Object.assign(snapshot, { outcome: "canceled", completed_at: state.stamp() });
  setStatus(state, engagement, "canceled");
  return true;
}

/** A call that came in: over before the first webhook, and its id is the call's. */
export function emitInbound(state: HubState, { domain_name, phone_number, text }: InboundCall): string {
  const call_sid = `CA${crypto.randomUUID().replaceAll("-", "")}`;
  const at = state.stamp();
  const snapshot: HubSnapshot = {
    ...blankSnapshot({
      channel: "phone",
      type: "conversational",
      contact_identifier: phone_number,
      domain_name,
    }),
    engagement_id: call_sid,
    call_sid,
    direction: "inbound",
    status: "completed",
    outcome: "connected",
    summary: "Caller asked for a call back.",
    started_at: at,
    completed_at: at,
    history: [{ at, event: "answered", detail: "inbound" }],
    transcript: [{ at, direction: "inbound", text: text ?? "Please call me back." }],
  };
  const engagement: HubEngagement = {
    snapshot,
    behaviour: state.behaviours.get(phone_number) ?? state.behaviour,
    duration: 42,
    pending: [],
    held: [],
    resumeAs: "accepted",
  };
  state.engagements.set(call_sid, engagement);
  announce(state, engagement, "engagement.updated", true);
  return call_sid;
}

export function blankSnapshot(
  given: Pick<HubSnapshot, "channel" | "type" | "contact_identifier" | "domain_name">,
): HubSnapshot {
  return {
    engagement_id: crypto.randomUUID(),
    person_id: null,
    status: "accepted",
    outcome: null,
    summary: "Status: accepted.",
    started_at: null,
    completed_at: null,
    history: [],
    transcript: [],
    direction: "outbound",
    call_sid: `CA${crypto.randomUUID().replaceAll("-", "")}`,
    ...given,
  };
}

async function walk(state: HubState, engagement: HubEngagement): Promise<void> {
  const id = engagement.snapshot.engagement_id;
  const mayGoOn = (): boolean =>
    state.engagements.get(id) === engagement &&
    engagement.pending.length > 0 &&
    engagement.snapshot.status !== spelling(engagement, "paused");
  while (mayGoOn()) {
    await wait(state.stepMs, undefined, { ref: false });
    if (mayGoOn()) engagement.pending.shift()?.();
  }
}

const spelling = ({ behaviour }: HubEngagement, status: string): string =>
  behaviour.unknownStatuses ? (ODD_STATUSES[status] ?? status) : status;

function setStatus(state: HubState, engagement: HubEngagement, status: string): void {
  const { snapshot } = engagement;
  snapshot.status = spelling(engagement, status);
  if (snapshot.outcome === null) snapshot.summary = `Status: ${snapshot.status}.`;
  announce(state, engagement, "engagement.updated", OVER.includes(status));
}

/** Out of order: all but the final snapshot wait until the final one has left. */
function announce(state: HubState, engagement: HubEngagement, eventType: HubEventType, final: boolean): void {
  const { behaviour, snapshot, held } = engagement;
  if (behaviour.outOfOrder && !final) {
    held.push({ snapshot: structuredClone(snapshot), eventType });
    return;
  }
  sendLifecycle(state, snapshot, eventType, behaviour);
  for (const early of held.splice(0).reverse()) {
    sendLifecycle(state, early.snapshot, early.eventType, behaviour);
  }
}
