// Two people connected, until one hangs up, the time limit ends it, or the API redirects one of them. Called by dial.
import type { TwilioRecording } from "./call-types.ts";
import { hear } from "./hear.ts";
import { interrupt, type Leg } from "./leg.ts";
import { endCall } from "./move-call.ts";
import type { DialPlan } from "./read-dial.ts";
import { startRecording } from "./record-leg.ts";
import type { Scene } from "./scene.ts";

/** Resolves when the called party is gone, ended or on its own way. @throws when the dialling leg is to stop */
export async function bridgeLegs(
  scene: Scene,
  party: Leg,
  plan: Pick<DialPlan, "timeLimitMs" | "record">,
): Promise<TwilioRecording | undefined> {
  const { state, leg, signal } = scene;
  connect(scene, party);
  const running = plan.record ? startRecording(state, leg, plan.record) : undefined;
  const live = leg.live || party.live;
  const calledOff = [
    leg.session.later(plan.timeLimitMs, () => interrupt(party, "ended"), "limit"),
    ...(live ? [] : [party, leg].map((each) => armTalk(scene, each))),
  ];
  try {
    await leg.session.wait(
      plan.timeLimitMs + 1,
      AbortSignal.any([signal, party.run.signal]),
      live ? "real" : undefined,
    );
  } catch (thrown) {
    signal.throwIfAborted();
    if (!party.run.signal.aborted) throw thrown;
  } finally {
    for (const callOff of calledOff) callOff();
    running?.stop();
    for (const each of [leg, party]) each.call.bridgedWith = null;
  }
  if (party.run.signal.reason === "redirected") scene.letGo(party);
  else endCall(state, party, "completed");
  return running?.recording;
}

function connect({ state, leg }: Scene, party: Leg): void {
  leg.call.bridgedWith = party.call.sid;
  party.call.bridgedWith = leg.call.sid;
  hear(state, leg, "twilio", "note", `Connected to ${party.call.to}.`);
  hear(state, party, "twilio", "note", `Connected to ${leg.number}.`);
}

/** A person hangs up when all is said. A machine has nothing to say. */
function armTalk({ leg: { session } }: Scene, each: Leg): () => void {
  if (each.answeredAs !== "human") return () => undefined;
  return session.later(each.script.talksMs, () => interrupt(each, "hung_up"));
}
