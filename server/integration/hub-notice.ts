// Takes in a notice of the Aventora Engagement Hub. Notices carry no delivery id and come in any order, doubled or not at
// all; each is a whole snapshot, so recording it again changes nothing.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { equalSecret } from "../base/hmac.ts";
import { fieldError, parseOrThrow } from "../base/parse.ts";
import {
  type HubPayload,
  hubPayloadSchema,
  hubReference,
  parseHubSnapshot,
} from "../channels/hub/parse-hub-snapshot.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { recordSnapshot } from "../engagements/record-snapshot.ts";
import { requireVault } from "../settings/require-vault.ts";
import { findAdoptable } from "./find-adoptable.ts";
import type { IntegrationDeps } from "./integration-deps.ts";

/** Tenants whose Hub secret this is; the Hub sends it as it is, it is not a digest. @throws GatewayError unauthorized. */
export function tenantsOfHubSecret(
  deps: IntegrationDeps,
  secret: string | undefined,
): Readonly<TenantSettings>[] {
  const tenants = deps.settings.current().tenants.filter((tenant) => {
    const known = deps.settings.secret(`tenant/${tenant.domain_name}/hub_webhook_secret`);
    return known !== undefined && known !== "" && secret !== undefined && equalSecret(known, secret);
  });
  if (tenants.length === 0) requireVault(deps.settings);
  if (tenants.length === 0)
    throw new GatewayError("unauthorized", { sentence: "X-Aventora-Webhook-Secret was not accepted." });
  return tenants;
}

/** "unknown": no engagement of the secret's tenants; an inbound call, or one started elsewhere. It is journalled. */
export async function takeHubNotice(
  deps: IntegrationDeps,
  tenants: readonly Readonly<TenantSettings>[],
  body: unknown,
): Promise<"recorded" | "unknown"> {
  const payload = parseOrThrow(hubPayloadSchema, body);
  const reference = hubReference(payload);
  if (reference === undefined) throw fieldError("engagement_id", "is missing");
  const slugs = tenants.map((tenant) => tenant.domain_name);
  const row = (await byReference(deps, slugs, reference)) ?? (await findAdoptable(deps.db, slugs, payload));
  if (!row) {
    await tellUnknown(deps, slugs, payload, reference);
    return "unknown";
  }
  const snapshot = parseHubSnapshot(payload, deps.clock.now());
  await recordSnapshot(deps, row.id, {
    snapshot,
    change: { provider_ref: reference, launch_state: "launched", parked_reason: null },
    // Adopted ones have no poll of their own yet; for the others this is the one they have.
    nextPollAt: deps.clock.now() + deps.settings.platform().HUB_POLL_SECONDS * 1000,
    // Another notice may have named it in the same moment.
    only: (now) => now.provider_ref === row.provider_ref || now.provider_ref === reference,
  });
  return "recorded";
}

async function byReference(
  deps: IntegrationDeps,
  tenants: readonly string[],
  reference: string,
): Promise<EngagementRow | undefined> {
  return deps.db
    .selectFrom("engagements")
    .selectAll()
    .where("provider", "=", "hub")
    .where("provider_ref", "=", reference)
    .where("tenant", "in", [...tenants])
    .executeTakeFirst();
}

async function tellUnknown(
  deps: IntegrationDeps,
  tenants: readonly string[],
  payload: HubPayload,
  reference: string,
): Promise<void> {
  const inbound = payload.direction?.toLowerCase() === "inbound";
  const status = payload.status ?? "unknown";
  await deps.journal.add(deps.db, {
    event: inbound ? "hub.inbound" : "hub.unknown_engagement",
    message: `The Hub reported ${inbound ? "an inbound conversation" : "an outreach that was not started here"} (${status}${payload.outcome ? `, ${payload.outcome}` : ""})`,
    tenant:
      tenants.length === 1
        ? (tenants[0] ?? null)
        : (tenants.find((slug) => slug === payload.domain_name) ?? null),
    personId: payload.person_id ?? null,
    channel: payload.channel ?? null,
    detail: { reference, event_type: payload.event_type ?? null, summary: payload.summary ?? null },
  });
}
