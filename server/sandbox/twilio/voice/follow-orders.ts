// Carries out documents on a leg, one after the other, until there is nothing more to do or the person is gone. Called by
// run-call for calls, and through the scene by Dial for the called party.
import type { TwilioState } from "../twilio-state.ts";
import type { XmlElement } from "../twiml/parse-xml.ts";
import { armStay } from "./answer-leg.ts";
import { connect } from "./connect.ts";
import { dial } from "./dial.ts";
import { fetchDocument } from "./fetch-document.ts";
import { gather } from "./gather.ts";
import { hear } from "./hear.ts";
import { interrupt, type Leg, type Order } from "./leg.ts";
import { endCall } from "./move-call.ts";
import { recordVerb } from "./record-verb.ts";
import { redirect } from "./redirect.ts";
import { pause, play, say } from "./say-and-play.ts";
import type { CarryOut, Scene, Step } from "./scene.ts";

/** Also within what only a called party hears: then nobody is connected. */
const hangUp: CarryOut = async ({ leg }) => {
  interrupt(leg, "ended");
  return { goTo: null };
};

const VERBS: Readonly<Record<string, CarryOut>> = {
  ...{ Say: say, Play: play, Pause: pause, Gather: gather, Record: recordVerb, Dial: dial, Connect: connect },
  ...{ Redirect: redirect, Hangup: hangUp, Reject: hangUp },
};

/** Documents that lead to each other without end are a mistake. */
const MOST_DOCUMENTS = 200;

/**
 * Resolves when the leg has nothing more to do, or was hung up (its run is aborted then).
 * @throws `outer`'s reason when that is aborted
 */
export async function followOrders(
  state: TwilioState,
  leg: Leg,
  first: Order,
  given: { outer?: AbortSignal; kind?: "voice" | "whisper" } = {},
): Promise<void> {
  const { outer, kind = "voice" } = given;
  let order: Order | null = first;
  for (let count = 0; order; count += 1) {
    if (count >= MOST_DOCUMENTS) throw new Error(`call ${leg.call.sid} was given ${count} documents`);
    const signal = outer ? AbortSignal.any([leg.run.signal, outer]) : leg.run.signal;
    try {
      signal.throwIfAborted();
      order = await carryOut(state, leg, order, signal, kind);
    } catch (thrown) {
      outer?.throwIfAborted();
      if (!leg.run.signal.aborted) throw thrown;
      order = leg.next;
      leg.next = null;
      if (order) leg.run = new AbortController();
    }
  }
}

async function carryOut(
  state: TwilioState,
  leg: Leg,
  order: Order,
  signal: AbortSignal,
  kind: "voice" | "whisper",
): Promise<Order | null> {
  leg.call.asking = null;
  const document = await fetchDocument(state, leg, order, kind);
  signal.throwIfAborted();
  if (!document) {
    hear(state, leg, "twilio", "say", "We are sorry, an application error has occurred. Goodbye.");
    interrupt(leg, "ended");
    return null;
  }
  const follow: Scene["follow"] = (other, next, otherKind) =>
    followOrders(state, other, next, { outer: signal, kind: otherKind });
  const letGo: Scene["letGo"] = (other) => state.track(goOnAlone(state, other));
  const scene: Scene = { state, leg, signal, base: document.base, follow, letGo };
  const step = await carryOutAll(scene, document.verbs);
  return step?.goTo ?? null;
}

/** A called party that was redirected out of a bridge. */
async function goOnAlone(state: TwilioState, leg: Leg): Promise<void> {
  const { next } = leg;
  if (!next || leg.era.aborted) return;
  leg.next = null;
  leg.run = new AbortController();
  leg.session = leg.session.fork();
  armStay(leg);
  await followOrders(state, leg, next);
  endCall(state, leg, "completed");
}

async function carryOutAll(scene: Scene, verbs: readonly XmlElement[]): Promise<Step> {
  for (const verb of verbs) {
    const step = await VERBS[verb.name]?.(scene, verb);
    scene.signal.throwIfAborted();
    if (step) return step;
  }
  return undefined;
}
