// Deliveries that were refused, kept for the inspector with the likely mistake. Anybody can send such ones, so they are
// bounded in number, size and pace, and none of them makes a caller wait for the disk.
import type { Clock } from "../base/clock.ts";
import { redactText } from "../base/redact-text.ts";
import type { Db } from "../db/schema.ts";

export interface RejectedDelivery {
  readonly tenant: string;
  readonly source: string;
  readonly reason: string;
  readonly sentence: string;
  readonly headers: string;
  readonly body: Buffer;
}

export interface RejectedDeliveries {
  keep(delivery: RejectedDelivery): void;
  /** Resolves when all that was kept is stored. */
  flush(): Promise<void>;
}

const KEPT_PER_TENANT = 500;
const LONGEST_BODY = 4_000;
const MOST_WAITING = 100;
const GATHER_MS = 250;

export function createRejectedDeliveries(deps: {
  readonly db: Db;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}): RejectedDeliveries {
  const waiting: (RejectedDelivery & { readonly at: number })[] = [];
  let storing: Promise<void> | undefined;

  const store = async (): Promise<void> => {
    await deps.clock.sleep(GATHER_MS);
    storing = undefined;
    const batch = waiting.splice(0);
    await insert(deps.db, batch);
    for (const tenant of new Set(batch.map((one) => one.tenant))) await prune(deps.db, tenant);
  };

  return {
    keep: (delivery) => {
      // A flood is told by its first hundred.
      if (waiting.length >= MOST_WAITING) return;
      waiting.push({ ...delivery, at: deps.clock.now() });
      storing ??= store().catch(deps.onError);
    },
    flush: async () => {
      await storing;
    },
  };
}

async function insert(db: Db, batch: readonly (RejectedDelivery & { readonly at: number })[]): Promise<void> {
  const rows = batch.map((one) => ({
    tenant: one.tenant,
    source: one.source,
    received_at: one.at,
    reason: one.reason,
    sentence: one.sentence,
    headers: one.headers,
    body: redactText(one.body.subarray(0, LONGEST_BODY).toString("utf8")),
  }));
  await db.insertInto("rejected_deliveries").values(rows).execute();
}

async function prune(db: Db, tenant: string): Promise<void> {
  const oldest = await db
    .selectFrom("rejected_deliveries")
    .select("id")
    .where("tenant", "=", tenant)
    .orderBy("id", "desc")
    .offset(KEPT_PER_TENANT)
    .limit(1)
    .executeTakeFirst();
  if (!oldest) return;
  await db
    .deleteFrom("rejected_deliveries")
    .where("tenant", "=", tenant)
    .where("id", "<=", oldest.id)
    .execute();
}
