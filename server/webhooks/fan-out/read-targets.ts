// The console's look at forwarding: each target with how it does, and what was forwarded.
import { sql } from "kysely";
import type { z } from "zod";
import type {
  Forward,
  ForwardQuery,
  forwardPageSchema,
  TargetHealth,
} from "../../../shared/fan-out.schema.ts";
import { isoTime } from "../../base/clock.ts";
import type { Db } from "../../db/schema.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import { messageId } from "./send-forward.ts";

/** All targets in the settings, or those of one brokerage. */
export async function listTargets(
  deps: Pick<FanOutDeps, "db" | "clock" | "settings">,
  tenant?: string,
): Promise<TargetHealth[]> {
  const tenants = deps.settings
    .current()
    .tenants.filter(({ domain_name }) => tenant === undefined || domain_name === tenant);
  const states = await deps.db.selectFrom("fan_out_targets").selectAll().execute();
  const counts = await countForwards(deps.db);
  const now = deps.clock.now();
  return tenants.flatMap(({ domain_name, fan_out }) =>
    fan_out.map((target) => {
      const state = states.find((one) => one.tenant === domain_name && one.target === target.id);
      const count = (of: string): number => counts.get(JSON.stringify([domain_name, target.id, of])) ?? 0;
      const oldUntil = state?.old_until ?? null;
      return {
        domain_name,
        ...target,
        events: [...target.events],
        last_success_at: timeOf(state?.last_success_at),
        last_failure_at: timeOf(state?.last_failure_at),
        last_failure: state?.last_failure ?? null,
        waiting: count("waiting"),
        dead: count("dead"),
        secret_set_at: timeOf(state?.secret_set_at),
        old_secret_until: oldUntil !== null && oldUntil > now ? isoTime(oldUntil) : null,
      };
    }),
  );
}

async function countForwards(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("forwards")
    .select(["tenant", "target", "state", sql<number>`count(*)`.as("n")])
    .where("state", "in", ["waiting", "dead"])
    .groupBy(["tenant", "target", "state"])
    .execute();
  return new Map(
    rows.map(({ tenant, target, state, n }) => [JSON.stringify([tenant, target, state]), Number(n)]),
  );
}

/** Newest first. */
export async function listForwards(db: Db, query: ForwardQuery): Promise<z.infer<typeof forwardPageSchema>> {
  let select = db
    .selectFrom("forwards")
    .selectAll()
    .orderBy("id", "desc")
    .limit(query.limit + 1);
  if (query.tenant !== undefined) select = select.where("tenant", "=", query.tenant);
  if (query.target !== undefined) select = select.where("target", "=", query.target);
  if (query.state !== undefined) select = select.where("state", "=", query.state);
  if (query.before !== undefined) select = select.where("id", "<", query.before);
  const rows = await select.execute();
  const shown = rows.slice(0, query.limit);
  const attempts = shown.map(
    ({ tenant, delivery_id, created_at, tried_at, next_at, ...rest }): Forward => ({
      ...rest,
      domain_name: tenant,
      delivery_id,
      message_id: messageId(delivery_id),
      created_at: isoTime(created_at),
      tried_at: timeOf(tried_at),
      next_at: timeOf(next_at),
    }),
  );
  return { attempts, next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null };
}

const timeOf = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : isoTime(at);
