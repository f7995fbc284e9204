// Finds tags that were added while no webhook came through: the computer slept, the tunnel was gone, the gateway was off
// for longer than Follow Up Boss tries. Whoever carries a start tag now and did not when it was last looked, was certainly
// missed and is reached as by a delivery, marked as recovered. Whoever carried it before and was changed since may have
// been given it anew: they are listed for a person, not called.
import { randomUUID } from "node:crypto";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { plainTag } from "../../shared/tag-starts.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import { deliveryOwner, type HandledBy } from "./delivery-owner.ts";
import type { DeliverySource } from "./incoming-delivery.ts";
import { storeRecovered } from "./store-recovered.ts";
import { hasBlocks, sweepBlocks } from "./sweep-blocks.ts";
import { allRules } from "./tag-rules.ts";
import { carriersAmong, lastSweep, rememberSweep, startedSince } from "./tag-sweep.store.ts";
import { webhookAccounts } from "./webhook-accounts.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** People per delivery, as Follow Up Boss splits large changes. */
const MOST_TOGETHER = 100;
/** Looked at again each time: what was changed while the last sweep ran, by clocks that differ. */
const OVERLAP_MS = 2 * 60_000;
/** Follow Up Boss tells times in whole seconds. */
const SECOND_MS = 1_000;

/** @throws GatewayError crm_* to be tried again. */
export async function catchUp(deps: WebhookDeps, slug: string): Promise<void> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant || tenant.crm_sync_provider === "none") return;
  const tags = new Map(allRules(tenant).map(({ tag }) => [plainTag(tag), tag]));
  if (tags.size === 0 && !(await hasBlocks(deps, tenant))) return;
  for (const account of await webhookAccounts(deps, tenant)) {
    const by = await deliveryOwner(deps, slug, account).catch(skipUnusable);
    if (!by) continue;
    await sweepBlocks(deps, by, account);
    for (const [tag, spelled] of tags) await sweep(deps, { by, account, tag, spelled });
  }
}

// A key that is missing or refused keeps one account from being looked after, not the others; the doctor says so.
function skipUnusable(error: unknown): undefined {
  if (error instanceof GatewayError && error.retry.kind === "never") return undefined;
  throw error;
}

interface Sweep {
  readonly by: HandledBy;
  /** As in the address of its webhooks. */
  readonly account: string;
  readonly tag: string;
  /** As the brokerage wrote it: Rollout finds it in this spelling only. */
  readonly spelled: string;
}

async function sweep(deps: WebhookDeps, { by, account, tag, spelled }: Sweep): Promise<void> {
  const begun = deps.clock.now();
  const scope = { tenant: by.tenant.domain_name, account, tag };
  const source = by.access.rollout ? "rollout" : "followup_boss";
  const before = await lastSweep(deps.db, scope);
  const since = before === null ? null : before - OVERLAP_MS;
  const changedAt = await readCarriers(deps, by, spelled, since);
  const carriers = [...changedAt.keys()];
  if (before === null) {
    await rememberSweep(deps.db, scope, carriers, begun);
    return tellFirst(deps, scope, carriers.length);
  }
  const known = await carriersAmong(deps.db, scope, carriers);
  const done = await startedSince(deps.db, { ...scope, accountId: by.accountId }, carriers, since ?? 0);
  const missed = carriers.filter((id) => !known.has(id) && !done.has(id));
  // Read again because of the overlap, what is told of them may be the change that was seen then.
  const unclear = carriers.filter((id) => {
    const seen = known.get(id);
    return (
      seen !== undefined &&
      !done.has(id) &&
      (changedAt.get(id) ?? Number.POSITIVE_INFINITY) > seen - SECOND_MS
    );
  });
  await deps.db.transaction().execute(async (trx) => {
    for (let from = 0; from < missed.length; from += MOST_TOGETHER)
      await recover(deps, trx, { ...scope, source }, missed.slice(from, from + MOST_TOGETHER), before);
    await rememberSweep(trx, scope, carriers, begun);
  });
  await tellFound(deps, scope, missed, unclear, before);
  deps.nudge();
}

/** For every brokerage; asked for at start, after sleep, and every hour. */
export async function enqueueCatchUp(deps: WebhookDeps): Promise<void> {
  const now = deps.clock.now();
  const tenants: Readonly<TenantSettings>[] = [];
  for (const tenant of deps.settings.current().tenants)
    if (allRules(tenant).length > 0 || (await hasBlocks(deps, tenant))) tenants.push(tenant);
  for (const { domain_name: tenant } of tenants)
    await enqueue(
      deps.db,
      "catch-up",
      { tenant },
      { now, dedupeKey: `catch-up:${tenant}`, bringForward: true },
    );
  if (tenants.length > 0) deps.nudge();
}

async function readCarriers(
  deps: WebhookDeps,
  by: HandledBy,
  tag: string,
  since: number | null,
): Promise<Map<string, number | undefined>> {
  const found = new Map<string, number | undefined>();
  let next: string | null = null;
  do {
    const page = await deps.crm.peopleWithTag(tag, since, next, { access: by.access, priority: "listing" });
    for (const { id, updatedAt } of page.people) found.set(id, updatedAt);
    next = page.next;
  } while (next !== null);
  return found;
}

type Scope = { readonly tenant: string; readonly account: string; readonly tag: string };

async function recover(
  deps: WebhookDeps,
  trx: Trx,
  { tenant, account, tag, source }: Scope & { readonly source: DeliverySource },
  people: readonly string[],
  since: number,
): Promise<void> {
  const body = {
    eventId: `recovered-${randomUUID()}`,
    eventCreated: isoTime(since),
    event: "peopleTagsCreated",
    resourceIds: people,
    uri: null,
    data: { tags: [tag] },
  };
  await storeRecovered(
    trx,
    deps.settings,
    { tenant, source, account, happenedAt: since, body },
    deps.clock.now(),
  );
}

async function tellFirst(deps: WebhookDeps, { tenant, tag }: Scope, carriers: number): Promise<void> {
  await deps.journal.add(deps.db, {
    event: "webhook.sweep_begun",
    message: `${carriers} people carry the tag “${tag}” already. They are not reached by it; whoever is given it from now on is.`,
    tenant,
  });
}

async function tellFound(
  deps: WebhookDeps,
  { tenant, tag }: Scope,
  missed: readonly string[],
  unclear: readonly string[],
  since: number,
): Promise<void> {
  if (missed.length > 0) {
    await deps.journal.add(deps.db, {
      event: "webhook.recovered",
      severity: "warn",
      message: `${missed.length} people were given the tag “${tag}” while no webhook came through; they are reached now`,
      tenant,
      detail: { people: missed.slice(0, 200), since: isoTime(since) },
    });
  }
  if (unclear.length === 0) return;
  await deps.journal.add(deps.db, {
    event: "webhook.unclear",
    message: `${unclear.length} people who carried the tag “${tag}” before were changed since: whether it was added anew cannot be told, so they were not reached`,
    tenant,
    detail: { people: unclear.slice(0, 200), since: isoTime(since) },
  });
}
