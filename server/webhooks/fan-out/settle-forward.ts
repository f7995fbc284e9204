// Keeps what one try came to: on the forward, on its target's health, and in the journal where a person has to know.

import { sentenceOf } from "../../base/errors.ts";
import type { ForwardTable } from "../../db/delivery-tables.ts";
import type { Trx } from "../../db/schema.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import type { Outcome } from "./post-event.ts";

export type ForwardRow = Pick<ForwardTable, "tenant" | "target" | "delivery_id" | "event" | "tries"> & {
  readonly id: number;
};

interface Settled {
  readonly state: ForwardTable["state"];
  readonly outcome: Outcome;
  readonly nextAt: number | null;
}

export async function settleForward(
  deps: FanOutDeps,
  row: ForwardRow,
  { state, outcome, nextAt }: Settled,
  told?: "exhausted" | "disabled",
): Promise<void> {
  const now = deps.clock.now();
  const { status, sentence: result } = outcome;
  await deps.db.transaction().execute(async (trx) => {
    const kept = await trx
      .updateTable("forwards")
      .set({ state, status, result, tries: row.tries + 1, tried_at: now, next_at: nextAt })
      .where("id", "=", row.id)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    await keepHealth(trx, row, outcome, now);
    if (kept.numUpdatedRows > 0n && told) await journal(deps, trx, row, outcome, told);
  });
}

async function keepHealth(trx: Trx, row: ForwardRow, outcome: Outcome, now: number): Promise<void> {
  await trx
    .updateTable("fan_out_targets")
    .set(
      outcome.delivered ? { last_success_at: now } : { last_failure_at: now, last_failure: outcome.sentence },
    )
    .where("tenant", "=", row.tenant)
    .where("target", "=", row.target)
    .execute();
}

function journal(
  deps: FanOutDeps,
  trx: Trx,
  row: ForwardRow,
  outcome: Outcome,
  told: "exhausted" | "disabled",
): Promise<void> {
  const common = {
    tenant: row.tenant,
    detail: { forward: row.id, target: row.target, delivery: row.delivery_id, status: outcome.status },
  };
  if (told === "disabled")
    return deps.journal.add(trx, {
      ...common,
      event: "fan_out.target_disabled",
      severity: "warn",
      message: `Forwarding to “${row.target}” was switched off. ${outcome.sentence}`,
    });
  return deps.journal.add(trx, {
    ...common,
    event: "fan_out.exhausted",
    severity: "error",
    message: `${row.event} could not be forwarded to “${row.target}” and was given up after ${row.tries + 1} tries. ${outcome.sentence}`,
  });
}

/** A bug in the middle of it: set aside where a person sees it and may ask for it again. */
export async function failForward(deps: FanOutDeps, forwardId: number, error: unknown): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable("forwards")
      .set({ state: "dead", result: sentenceOf(error), next_at: null })
      .where("id", "=", forwardId)
      .where("state", "=", "waiting")
      .returning(["id", "tenant", "target", "delivery_id", "event", "tries"])
      .executeTakeFirst();
    if (!row) return;
    const outcome = { delivered: false, status: null, sentence: sentenceOf(error) };
    await journal(deps, trx, row, outcome, "exhausted");
  });
}
