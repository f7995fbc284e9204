// Who carries each channel of a brokerage, and whether that is set up: what can be told without asking anybody.
import type { ChannelsView, Finding } from "../../../shared/console/channels.schema.ts";
import type { ProviderName, TenantSettings } from "../../../shared/settings.schema.ts";
import { CHANNELS, type Channel } from "../../../shared/values.ts";
import { isoTime } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import { twilioUrl } from "../../channels/twilio/twilio-routes.ts";
import type { AdminDeps } from "../admin-deps.ts";

export async function readChannels(deps: AdminDeps, slug: string): Promise<ChannelsView> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const channels = [];
  for (const channel of CHANNELS) {
    const provider = deps.providers.chosen(tenant, channel);
    channels.push({ channel, provider, findings: await findingsOf(deps, tenant, channel, provider) });
  }
  const base = deps.settings.publicAddress();
  return {
    channels,
    mailbox: await mailboxOf(deps, tenant),
    inbound_url:
      base === undefined ? null : twilioUrl(base, deps.twilioDeps.linkKey, { kind: "inbound", tenant: slug }),
  };
}

const ok = (sentence: string): Finding => ({ state: "ok", sentence, remedy: null });

async function findingsOf(
  deps: AdminDeps,
  tenant: Readonly<TenantSettings>,
  channel: Channel,
  name: ProviderName,
): Promise<Finding[]> {
  if (name === "simulator")
    return [{ state: "warn", sentence: "The simulator reaches nobody.", remedy: null }];
  try {
    const objection = await deps.providers.get(name).objection?.(
      {
        tenant: tenant.domain_name,
        channel,
        type: "informational",
        userId: null,
        fromNumber: tenant.default_broker_phone || null,
        contact: channel === "email" ? "nobody@example.com" : "+14165550100",
      },
      deps.db,
    );
    if (!objection) return [ok("What it needs is entered. Whether it works shows the test below.")];
    return [{ state: "bad", sentence: objection.sentence, remedy: null }];
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return [{ state: "bad", sentence: error.sentence, remedy: null }];
  }
}

async function mailboxOf(
  deps: AdminDeps,
  tenant: Readonly<TenantSettings>,
): Promise<ChannelsView["mailbox"]> {
  if (tenant.channels.email !== "smtp" || tenant.imap_host === "") return null;
  const row = await deps.db
    .selectFrom("mailboxes")
    .select(["checked_at", "error"])
    .where("tenant", "=", tenant.domain_name)
    .where("folder", "=", tenant.imap_folder)
    .executeTakeFirst();
  return { checked_at: row ? isoTime(row.checked_at) : null, error: row?.error ?? null };
}
