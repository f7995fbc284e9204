// Looks for a call whose start was asked for but whose answer was lost. Twilio lists calls by their two numbers; those that
// other outreaches know are theirs.
import { GatewayError } from "../../base/errors.ts";
import type { ChannelOrder, ProviderAnswer } from "../channel.ts";
import { answerCall, remember, storyOf } from "./call-context.ts";
import { findKnownSids } from "./find-known-sids.ts";
import { legOfRecord } from "./reconcile-call.ts";
import type { TwilioCall } from "./twilio-answers.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

/** A list may not have yet what was made a moment ago. */
const LIST_LAG_MS = 5_000;
/** Twilio's clock and ours may differ by so much. */
export const CLOCK_SKEW_MS = 30_000;
/** So far back it is looked who else knows a call or message. */
export const KNOWN_MS = 3_600_000;

/**
 * null: it was certainly not placed. `since`: when it was first tried, epoch ms.
 * @throws GatewayError provider_fate_unknown when several could be it, or the client's.
 */
export async function findCall(
  deps: TwilioDeps,
  order: ChannelOrder,
  since: number,
): Promise<ProviderAnswer | null> {
  const story = await storyOf(deps, order);
  // Without a plan Twilio was never asked.
  if (!story) return null;
  if (story.first) return answerCall(deps, order, story.first.sid);
  const { plan, placedAt } = story;
  await waitForLists(deps, Math.max(since, placedAt));
  // The plan was stored right before Twilio was asked; whoever looks may know less well when that was.
  const from = Math.min(since, placedAt);
  const client = clientOf(deps, accountOf(deps, order.tenant));
  const listed = (await client.callsBetween(plan.from, plan.to)).filter((call) => couldBe(call, from));
  const others = await findKnownSids(deps.db, order.engagementId, "call.leg", from - KNOWN_MS);
  const ours = listed.filter(({ sid }) => !others.has(sid) && !story.earlier.has(sid));
  if (ours.length > 1) throw new GatewayError("provider_fate_unknown", { sentence: SEVERAL });
  const [call] = ours;
  if (!call) return null;
  await remember(deps, order, legOfRecord(plan.attempt, "first", call, deps.clock.now()));
  return answerCall(deps, order, call.sid);
}

const SEVERAL =
  "Twilio has several calls that could be this one, so it is not known whether it was placed. Look into Twilio's call log, then resume it here or cancel it.";

function couldBe({ dateCreated, parentCallSid }: TwilioCall, since: number): boolean {
  return parentCallSid === null && (dateCreated === null || dateCreated >= since - CLOCK_SKEW_MS);
}

/** A start that ran out of time was made long before. */
export async function waitForLists(deps: TwilioDeps, since: number): Promise<void> {
  const now = deps.clock.now();
  await deps.clock.sleep(Math.max(0, Math.min(since, now) + (deps.listLagMs ?? LIST_LAG_MS) - now));
}
