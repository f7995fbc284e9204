// Ends a call because somebody asked to. Who was already talked to was reached: then the call ends as what it was.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { answerCall, remember, storyOf } from "./call-context.ts";
import { callEvent } from "./call-events.ts";
import type { Leg } from "./read-leg.ts";
import { readRecords } from "./reconcile-call.ts";
import { clientOf, type TwilioClient } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** @throws GatewayError of the client. */
export async function cancelCall(
  deps: TwilioDeps,
  order: ChannelOrder,
  reference: string,
): Promise<ProviderAnswer> {
  const client = clientOf(deps, accountOf(deps, order.tenant));
  await readRecords(deps, client, order, reference);
  const story = await storyOf(deps, order);
  const attempt = story?.plan.attempt ?? order.attempt;
  await remember(deps, order, callEvent("call.cancel", String(attempt), deps.clock.now(), { attempt }));
  const legs = new Map([story?.first, story?.contact].flatMap((leg) => (leg ? [[leg.sid, leg]] : [])));
  for (const leg of legs.values()) if (!leg.over) await endLeg(client, leg);
  await readRecords(deps, client, order, reference);
  const answer = await answerCall(deps, order, reference);
  const reached = (await storyOf(deps, order))?.contact?.answeredAt ?? null;
  // Nobody answered, so that it ends is all there is to come; Twilio may take a moment to say so.
  if (!answer.snapshot || reached !== null || answer.nextPollAt === null) return answer;
  return { ...answer, snapshot: { ...answer.snapshot, status: null } };
}

/** Twilio ends a call that nobody answered by another word than one that goes on. */
async function endLeg(client: TwilioClient, { sid, status }: Leg): Promise<void> {
  try {
    await client.changeCall(sid, { status: status === "in-progress" ? "completed" : "canceled" });
  } catch (error) {
    // Over meanwhile: its own end stands.
    if (!(error instanceof GatewayError) || error.code !== "provider_refused" || !isOverAlready(error))
      throw error;
  }
}

const CALL_NOT_IN_PROGRESS = 21220;
const isOverAlready = ({ details }: GatewayError): boolean =>
  typeof details === "object" &&
  details !== null &&
  "code" in details &&
  details.code === CALL_NOT_IN_PROGRESS;
