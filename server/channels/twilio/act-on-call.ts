// Carries out what the gateway has to do in a running call. Each act is claimed in the store first, so that a callback and
// a poll that come together do it once.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder } from "../channel.ts";
import { remember, stepUrls, storyOf } from "./call-context.ts";
import { callEvent } from "./call-events.ts";
import { type Act, nextAct } from "./next-act.ts";
import type { CallStory } from "./read-call.ts";
import { clientOf, type TwilioClient } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";
import { TwilioFailure } from "./twilio-failure.ts";
import { withholdCall } from "./withhold-call.ts";

/** True when something was done, so that the call may stand differently now. */
export async function actOnCall(deps: TwilioDeps, order: ChannelOrder, story: CallStory): Promise<boolean> {
  const { attempt } = story.plan;
  const now = deps.clock.now();
  const act = nextAct(story, order, stepUrls(deps, order, attempt), now);
  if (!act) return false;
  if (act.act === "dial" && (await withholdCall(deps, order, { attempt, sid: act.sid })) !== undefined) {
    const now = await storyOf(deps, order);
    return now !== undefined && actOnCall(deps, order, now);
  }
  const data = { attempt, sid: act.sid, act: act.act, turn: act.turn };
  const key = `${attempt}:${act.act}:${act.turn}`;
  if ((await remember(deps, order, callEvent("call.act", key, now, data))) === 0) return false;
  const fate = await carryOut(clientOf(deps, accountOf(deps, order.tenant)), act);
  if (fate !== "unknown") await remember(deps, order, callEvent(`call.${fate}`, key, deps.clock.now(), data));
  return fate !== "undone";
}

/** undone: it certainly was not; the next poll tries again, or sees that the call is over. */
async function carryOut(client: TwilioClient, { sid, twiml }: Act): Promise<"done" | "undone" | "unknown"> {
  try {
    await client.changeCall(sid, twiml === null ? { status: "completed" } : { twiml });
    return "done";
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return error.cause instanceof TwilioFailure && error.cause.fate === "unknown" ? "unknown" : "undone";
  }
}
