// Whether an outreach may go out at this moment as far as its carrier and its agent are concerned: a carrier takes so many
// calls per second, and an agent who takes part in person can be on one call only.
import type { ExpressionBuilder } from "kysely";
import { type CallType, type Channel, VOICE_CHANNELS } from "../../shared/values.ts";
import type { ChannelProvider } from "../channels/channel.ts";
import type { Database } from "../db/schema.ts";
import type { EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { makeOrder } from "./make-order.ts";

/** How soon it is looked again whether the agent is free. */
export const AGENT_BUSY_MS = 3_000;

/** When to try again, epoch ms; null when it may go out now, and then a place was taken. */
export async function waitForTurn(
  deps: EngagementDeps,
  row: EngagementRow,
  provider: ChannelProvider,
): Promise<number | null> {
  const now = deps.clock.now();
  const free = agentIsFree(row, provider);
  if (free) {
    const itself = deps.db.selectFrom("engagements").select("id").where("id", "=", row.id);
    if (!(await itself.where(free).executeTakeFirst())) return now + AGENT_BUSY_MS;
  }
  const wait = provider.takeTurn?.(makeOrder(deps, row)) ?? 0;
  return wait > 0 ? now + Math.ceil(wait) : null;
}

/**
 * True where the agent is on fewer calls than they can be; for the claim of a launch too, since several of an agent's may
 * have waited for the same moment. Whose phone would ring: the same number is the same agent. null: no agent takes part.
 */
export function agentIsFree(row: EngagementRow, provider: ChannelProvider) {
  const most = provider.perAgent?.(row.tenant, row.channel as Channel, row.type as CallType);
  if (most === undefined) return null;
  return (where: ExpressionBuilder<Database, "engagements">) => {
    const calls = where
      .selectFrom("engagements as other")
      .select((select) => select.fn.countAll<number>().as("n"))
      .where("other.tenant", "=", row.tenant)
      .where("other.provider", "=", row.provider)
      .where("other.channel", "in", [...VOICE_CHANNELS])
      .where("other.status", "in", ["accepted", "queued", "in_progress"])
      .where("other.launch_state", "!=", "none")
      .where("other.from_number", row.from_number === null ? "is" : "=", row.from_number)
      .where("other.id", "!=", row.id);
    return where(calls, "<", most);
  };
}
