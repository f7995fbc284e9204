// Starts the jobs that read what contacts wrote, for every brokerage that has something to read: its mailbox, and what a
// carrier keeps. Asked for at start, when settings change, and every hour.
import { carrierReading, mailboxReading } from "../engagements/hear-first.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { readsCarrier } from "./read-inbound.ts";
import { readsMail } from "./read-mail.ts";

export async function enqueueReading(
  deps: Pick<ConversationDeps, "db" | "clock" | "settings" | "nudge">,
): Promise<void> {
  const now = deps.clock.now();
  for (const tenant of deps.settings.current().tenants) {
    const slug = tenant.domain_name;
    // What failed over a wrong password is tried at once where it may have been mended.
    if (readsMail(tenant))
      await enqueue(
        deps.db,
        "read-mailbox",
        { tenant: slug },
        { now, dedupeKey: mailboxReading(slug), bringForward: "also_failed" },
      );
    if (readsCarrier(tenant))
      await enqueue(
        deps.db,
        "read-inbound",
        { tenant: slug },
        { now, dedupeKey: carrierReading(slug), bringForward: "also_failed" },
      );
  }
  deps.nudge();
}
