// What contacts wrote is read before anything goes out to them, where it is time to read it: after the gateway was off they
// may have asked for nothing more meanwhile. Asked right before an outreach or a further message goes out.
import type { ChannelProvider } from "../channels/channel.ts";
import type { EngagementDeps } from "./engagement-deps.ts";

/** Of the jobs that read what contacts wrote to a brokerage: at its carrier, in its mailbox. */
export const carrierReading = (tenant: string): string => `inbound:${tenant}`;
export const mailboxReading = (tenant: string): string => `mailbox:${tenant}`;

/** How soon it is looked again whether it was read. */
const LOOK_MS = 300;

/** When to try again, epoch ms; null when nothing is waited for. A place that cannot be read is waited for only at its time. */
export async function hearFirst(
  { db, clock }: Pick<EngagementDeps, "db" | "clock">,
  tenant: string,
  { reachesPeople }: Pick<ChannelProvider, "reachesPeople">,
): Promise<number | null> {
  if (!reachesPeople) return null;
  const now = clock.now();
  const due = await db
    .selectFrom("jobs")
    .select("id")
    .where("dedupe_key", "in", [carrierReading(tenant), mailboxReading(tenant)])
    .where("state", "in", ["ready", "running"])
    .where("run_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return due === undefined ? null : now + LOOK_MS;
}
