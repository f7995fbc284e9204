// Brings a brokerage's webhooks to what is wanted and keeps what was found: asked for by a person or the connection test,
// and repeated by itself, since Follow Up Boss disables webhooks that failed for long.

import { GatewayError, sentenceOf } from "../base/errors.ts";
import type { CrmAccess } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import { enqueue } from "../queue/enqueue.ts";
import { reconcileSlots, removeOwnSlots, type SlotPlan } from "./reconcile-slots.ts";
import { type NamedTarget, slotTargets } from "./slot-targets.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface SlotCheck {
  /** Every wanted webhook is there and active. */
  readonly registered: boolean;
  readonly message: string;
}

/** @throws GatewayError tenant_not_found, not_ready. What Follow Up Boss refuses is told in the answer. */
export async function checkSlots(
  deps: WebhookDeps,
  slug: string,
  typedAccess?: CrmAccess,
): Promise<SlotCheck> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const targets = await slotTargets(deps, tenant, typedAccess);
  if (targets.length === 0)
    throw new GatewayError("crm_unauthorized", {
      sentence: `Nothing is set with which webhooks could be registered in ${crmName(tenant)}: its key is missing.`,
    });
  const sentences: string[] = [];
  let registered = true;
  for (const target of targets) {
    const outcome =
      "problem" in target
        ? { ok: false, sentence: target.problem.sentence }
        : await checkTarget(deps, slug, target);
    registered &&= outcome.ok;
    sentences.push(targets.length === 1 ? outcome.sentence : `${target.whose}: ${outcome.sentence}`);
  }
  const message = sentences.join(" ");
  await deps.journal.add(deps.db, {
    event: "webhook.slots_checked",
    severity: registered ? "info" : "warn",
    message: `Webhooks at ${crmName(tenant)}: ${message}`,
    tenant: slug,
  });
  return { registered, message };
}

interface Outcome {
  readonly ok: boolean;
  readonly sentence: string;
}

async function checkTarget(deps: WebhookDeps, slug: string, target: NamedTarget): Promise<Outcome> {
  try {
    const plans = await reconcileSlots(deps.crm, target);
    await keep(deps, slug, target, plans, null);
    return describePlans(plans);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const plans = target.events.map((event) => ({ event, result: "failed", holders: [] }));
    await keep(deps, slug, target, plans, sentenceOf(error));
    return { ok: false, sentence: error.sentence };
  }
}

function describePlans(plans: readonly SlotPlan[]): Outcome {
  const full = plans.filter(({ result }) => result === "full");
  if (full.length > 0) {
    const events = full.map(({ event }) => event).join(", ");
    const holders = [...new Set(full.flatMap(({ holders }) => holders))].join(" and ");
    return {
      ok: false,
      sentence: `Both places for ${events} are taken by ${holders}. Remove one of them at Follow Up Boss, or let that program forward its webhooks here.`,
    };
  }
  const changed = plans.filter(({ result }) => result !== "kept");
  if (changed.length === 0) return { ok: true, sentence: "All webhooks are registered and active." };
  return {
    ok: true,
    sentence: `All webhooks are registered and active (${changed.map(sayPlan).join(", ")}).`,
  };
}

const PLAN_WORDS = {
  kept: "was there",
  added: "was added",
  woken: "had been disabled and is active again",
  moved: "follows the new public address",
  full: "has no free place",
} as const;

const sayPlan = ({ event, result }: SlotPlan): string => `${event} ${PLAN_WORDS[result]}`;

async function keep(
  deps: WebhookDeps,
  slug: string,
  target: NamedTarget,
  plans: readonly { readonly event: string; readonly result: string; readonly holders: readonly string[] }[],
  sentence: string | null,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom("webhook_slots")
      .where("tenant", "=", slug)
      .where("account", "=", target.account)
      .execute();
    const rows = plans.map(({ event, result, holders }) => ({
      tenant: slug,
      account: target.account,
      event,
      url: target.url,
      result,
      holders: JSON.stringify(holders),
      sentence,
      checked_at: deps.clock.now(),
    }));
    await trx.insertInto("webhook_slots").values(rows).execute();
  });
}

/**
 * Takes this gateway's webhooks of a brokerage away again, and stops looking after them; with `onlyKey` those of the
 * account registered with that key. Returns how many went.
 */
export async function removeSlots(deps: WebhookDeps, slug: string, onlyKey?: string): Promise<number> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  let removed = 0;
  for (const target of await slotTargets(deps, tenant)) {
    if ("problem" in target || (onlyKey !== undefined && target.access.key !== onlyKey)) continue;
    removed += await removeOwnSlots(deps.crm, target);
    const rows = deps.db.deleteFrom("webhook_slots").where("tenant", "=", slug);
    await rows.where("account", "=", target.account).execute();
  }
  if (onlyKey === undefined) await deps.db.deleteFrom("webhook_slots").where("tenant", "=", slug).execute();
  await deps.journal.add(deps.db, {
    event: "webhook.slots_removed",
    message: `${removed} webhooks of this gateway were removed at ${crmName(tenant)}`,
    tenant: slug,
  });
  return removed;
}

/** A check for every brokerage that once asked for webhooks. */
export async function enqueueSlotChecks(deps: WebhookDeps): Promise<void> {
  const rows = await deps.db.selectFrom("webhook_slots").select("tenant").distinct().execute();
  const now = deps.clock.now();
  // A brokerage that was removed since has nobody who would want to hear of it.
  for (const { tenant } of rows.filter((row) => deps.settings.tenant(row.tenant)))
    await enqueue(
      deps.db,
      "check-slots",
      { tenant },
      { now, dedupeKey: `slots:${tenant}`, bringForward: true },
    );
  if (rows.length > 0) deps.nudge();
}
