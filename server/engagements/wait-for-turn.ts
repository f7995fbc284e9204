// Whether an outreach may go out at this moment as far as its carrier and its agent are concerned: a carrier takes so many
// calls per second, and an agent who takes part in person can be on one call only.
import { type CallType, type Channel, VOICE_CHANNELS } from "../../shared/values.ts";
import type { ChannelProvider } from "../channels/channel.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { makeOrder } from "./make-order.ts";

/** How soon it is looked again whether the agent is free. */
const AGENT_BUSY_MS = 3_000;

/** When to try again, epoch ms; null when it may go out now, and then a place was taken. */
export async function waitForTurn(
  deps: EngagementDeps,
  row: EngagementRow,
  provider: ChannelProvider,
): Promise<number | null> {
  const now = deps.clock.now();
  const most = provider.perAgent?.(row.tenant, row.channel as Channel, row.type as CallType);
  if (most !== undefined && (await callsOfAgent(deps, row)) >= most) return now + AGENT_BUSY_MS;
  const wait = provider.takeTurn?.(makeOrder(deps, row)) ?? 0;
  return wait > 0 ? now + Math.ceil(wait) : null;
}

// Whose phone would ring: the same number is the same agent.
async function callsOfAgent(deps: EngagementDeps, row: EngagementRow): Promise<number> {
  const found = await deps.db
    .selectFrom("engagements")
    .select((select) => select.fn.countAll<number>().as("n"))
    .where("tenant", "=", row.tenant)
    .where("provider", "=", row.provider)
    .where("channel", "in", [...VOICE_CHANNELS])
    .where("status", "in", ["accepted", "queued", "in_progress"])
    .where("launch_state", "!=", "none")
    .where("from_number", row.from_number === null ? "is" : "=", row.from_number)
    .where("id", "!=", row.id)
    .executeTakeFirst();
  return Number(found?.n ?? 0);
}
