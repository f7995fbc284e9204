// After settings changed: the journal says what, and everything that depends on them is looked at again.
import type { Setup } from "../shared/setup.schema.ts";
import type { Composed } from "./compose.ts";
import { enqueueReading } from "./conversations/enqueue-reading.ts";
import { enqueue } from "./queue/enqueue.ts";
import type { ApplyResult } from "./settings/settings-room.ts";
import { enqueueCatchUp } from "./webhooks/catch-up.ts";
import { enqueueSlotChecks } from "./webhooks/check-slots.ts";

/** Stores what was given, tells what changed, and starts what the change calls for. */
export async function applySetup(
  parts: Composed,
  setup: Setup,
  expected: string | null | undefined,
): Promise<ApplyResult> {
  const result = await parts.settings.apply(setup, expected);
  const changed = result.changes
    .filter((change) => change.result !== "unchanged")
    .map((change) => `${change.what} ${change.result}`);
  if (changed.length > 0)
    await parts.journal.add(parts.db, {
      event: "settings.applied",
      message: `Settings changed: ${changed.join(", ")}`,
    });
  await followSettings(parts);
  return result;
}

/** The public address, a key or a tag may be new. */
export async function followSettings(parts: Composed): Promise<void> {
  parts.tunnel.follow();
  parts.ownAddress.follow();
  await followAddress(parts);
  await learnAll(parts);
  await enqueueSlotChecks(parts.webhooks);
  await enqueueCatchUp(parts.webhooks);
  await enqueueReading(parts.conversations);
}

/** Where the address is another than before, the journal says so; what was registered follows by itself. */
export async function followAddress(parts: Composed): Promise<void> {
  const address = parts.settings.publicAddress();
  const before = parts.addressRecord.note(address);
  if (before === undefined) return;
  await parts.journal.add(parts.db, {
    event: "address.moved",
    severity: "warn",
    message: `The public address is ${address} now; it was ${before}. Webhooks follow by themselves, apps in Follow Up Boss must be changed there`,
  });
}

// Keys may be new: whose they are is learned before the first page asks.
export async function learnAll(parts: Composed): Promise<void> {
  for (const tenant of parts.settings.current().tenants) {
    const now = parts.embed.clock.now();
    await enqueue(
      parts.db,
      "learn-accounts",
      { tenant: tenant.domain_name },
      { now, dedupeKey: `learn:${tenant.domain_name}`, bringForward: true },
    );
  }
  parts.nudge();
}
