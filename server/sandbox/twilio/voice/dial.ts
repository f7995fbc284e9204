// The verb Dial: calls others, connects the first to pick up, and tells its action how it went. Carried out by follow-orders.
import type { XmlElement } from "../twiml/parse-xml.ts";
import { methodAttribute, textAttribute } from "../twiml/read-attributes.ts";
import { bridgeLegs } from "./bridge-legs.ts";
import { callParams } from "./call-params.ts";
import { type CallStatus, isOver, type TwilioRecording } from "./call-types.ts";
import { createLeg } from "./create-leg.ts";
import { detectInBackground } from "./detect-machine.ts";
import { hear } from "./hear.ts";
import type { Leg } from "./leg.ts";
import { endCall } from "./move-call.ts";
import { type DialPlan, type Party, readDial } from "./read-dial.ts";
import { recordingParams } from "./record-leg.ts";
import { ringLegs } from "./ring-legs.ts";
import { askAction, type CarryOut, resolveUrl, type Scene } from "./scene.ts";

interface DialResult {
  status: CallStatus;
  /** The party that picked up, or the last that was called. */
  leg: Leg | undefined;
  bridged: boolean;
  recording?: TwilioRecording;
}

interface Called {
  party: Party;
  leg: Leg;
  bridged: boolean;
}

export const dial: CarryOut = async (scene, element) => {
  const plan = readDial(scene, element);
  const called: Called[] = [];
  let result: DialResult;
  try {
    result = await callParties(scene, plan, called);
  } catch (thrown) {
    // Whoever dialled is gone, and everybody they called with them.
    for (const { leg } of called)
      endCall(scene.state, leg, leg.call.answeredAt === null ? "canceled" : "completed");
    if (scene.leg.run.signal.reason === "hung_up") tellAction(scene, element, called);
    throw thrown;
  }
  const action = textAttribute(element, "action");
  if (action === undefined) return undefined;
  return askAction(scene, action, methodAttribute(element, "method"), dialParams(scene, result));
};

async function callParties(scene: Scene, plan: DialPlan, called: Called[]): Promise<DialResult> {
  const { state, signal } = scene;
  const groups = plan.sequential ? plan.parties.map((party) => [party]) : [plan.parties];
  for (const group of groups) {
    const ringing = group.map((party) => ({ party, leg: callParty(scene, plan, party), bridged: false }));
    called.push(...ringing);
    const winner = await ringLegs(
      state,
      ringing.map(({ leg }) => leg),
      plan.timeoutMs,
      signal,
    );
    const found = ringing.find(({ leg }) => leg === winner);
    if (found) return connectParty(scene, plan, found);
  }
  const statuses = new Set(called.map(({ leg }) => leg.call.status));
  const [only] = statuses;
  return {
    status: statuses.size === 1 && only ? only : called.length === 0 ? "failed" : "no-answer",
    leg: called.at(-1)?.leg,
    bridged: false,
  };
}

const callParty = ({ state, leg: parent }: Scene, plan: DialPlan, { to, status }: Party): Leg =>
  createLeg(state, {
    ...{ account: parent.account, direction: "outbound-dial", from: plan.callerId, to, status, parent },
  });

/** First what only the called party hears; hanging up there means that nobody was connected. */
async function connectParty(scene: Scene, plan: DialPlan, called: Called): Promise<DialResult> {
  const { state } = scene;
  const { party, leg } = called;
  if (party.sendDigits !== "") hear(state, leg, "twilio", "keys", party.sendDigits);
  if (party.detection && party.sendDigits === "") detectInBackground(state, leg, party.detection);
  if (party.whisper) await scene.follow(leg, party.whisper, "whisper");
  if (leg.run.signal.aborted) {
    endCall(state, leg, "completed");
    return { status: "completed", leg, bridged: false };
  }
  called.bridged = true;
  const recording = await bridgeLegs(scene, leg, plan);
  return { status: "completed", leg, bridged: true, ...(recording && { recording }) };
}

function dialParams(
  { state }: Scene,
  { status, leg, bridged, recording }: DialResult,
): Record<string, string> {
  const seconds = leg && secondsOf(leg);
  return {
    DialCallStatus: status,
    DialBridged: String(bridged),
    ...(leg && { DialCallSid: leg.call.sid }),
    ...(seconds !== undefined && { DialCallDuration: String(seconds) }),
    ...(recording && recordingParams(state, recording)),
  };
}

/** A party that goes its own way is not over yet. */
function secondsOf({ call, session }: Leg): number | undefined {
  if (call.answeredAt === null) return undefined;
  return isOver(call) ? (call.duration ?? undefined) : Math.round((session.now() - call.answeredAt) / 1_000);
}

/** The caller hung up: Twilio still tells the action, and does nothing with its answer. */
function tellAction(scene: Scene, element: XmlElement, called: readonly Called[]): void {
  const { state, leg: parent } = scene;
  const action = textAttribute(element, "action");
  const url = action === undefined ? undefined : resolveUrl(scene, action);
  if (url === undefined || parent.era.aborted) return;
  const last = called.find(({ leg }) => leg.call.answeredAt !== null) ?? called.at(-1);
  const { leg, bridged = false } = last ?? {};
  const status = leg?.call.status ?? "canceled";
  state.track(
    state.webhooks.ask({
      ...{ account: parent.account, kind: "voice", sid: parent.call.sid, group: parent.group },
      ...{ url, method: methodAttribute(element, "method") },
      params: {
        ...callParams(parent.call),
        CallStatus: "completed",
        ...dialParams(scene, { status, leg, bridged }),
      },
    }),
  );
}
