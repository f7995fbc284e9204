// Looks by itself for people whom a tag keeps from being contacted, since webhooks may have been missed: who carries a tag
// that means "do not contact", and whether those who are blocked still do. Part of catching up, every hour.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { plainTag } from "../../shared/tag-starts.schema.ts";
import type { HandledBy } from "./delivery-owner.ts";
import { BY_TAG, blockedByTag, blockingTags, followTags } from "./tag-blocks.ts";
import { lastSweep, rememberSweep } from "./tag-sweep.store.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** Changed meanwhile, by clocks that differ. */
const OVERLAP_MS = 2 * 60_000;

/** Is there anything to look for: a tag that means "do not contact", or somebody a tag blocks? */
export async function hasBlocks(
  deps: Pick<WebhookDeps, "db">,
  tenant: Readonly<TenantSettings>,
): Promise<boolean> {
  if (tenant.crm_sync_provider === "none") return false;
  if (blockingTags(tenant).length > 0) return true;
  const row = await deps.db
    .selectFrom("suppressions")
    .select("id")
    .where("tenant", "=", tenant.domain_name)
    .where("source", "=", BY_TAG)
    .where("ended_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** @throws GatewayError crm_* to be tried again. */
export async function sweepBlocks(deps: WebhookDeps, by: HandledBy, account: string): Promise<void> {
  for (const tag of blockingTags(by.tenant)) await findCarriers(deps, by, account, tag);
  const blocked = await blockedByTag(deps.db, by);
  if (blocked.length === 0) return;
  const people = await deps.crm.peopleByIds(blocked, { access: by.access, priority: "listing" });
  await followTags(deps, by, people);
}

async function findCarriers(
  deps: WebhookDeps,
  by: HandledBy,
  account: string,
  spelled: string,
): Promise<void> {
  const begun = deps.clock.now();
  // Not to be mixed up with the sweep of a start tag of the same name.
  const scope = { tenant: by.tenant.domain_name, account, tag: `${BY_TAG}:${plainTag(spelled)}` };
  const before = await lastSweep(deps.db, scope);
  const since = before === null ? null : before - OVERLAP_MS;
  let next: string | null = null;
  do {
    const options = { access: by.access, priority: "listing" } as const;
    const page = await deps.crm.peopleWithTag(spelled, since, next, options);
    await followTags(deps, by, page.people);
    next = page.next;
  } while (next !== null);
  await rememberSweep(deps.db, scope, [], begun);
}
