// The doctor on webhooks: are they registered for who needs them, and what a start tag can and cannot do.
import type { Check } from "../../shared/admin-api.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { crmName } from "../crm/crm-name.ts";
import type { Db } from "../db/schema.ts";

/** Nothing for a brokerage without start tags: it needs no webhooks. */
export async function checkWebhooks(db: Db, tenant: Readonly<TenantSettings>): Promise<Check[]> {
  const tags = [tenant.fub_start_call_tag, ...tenant.tag_starts.map(({ tag }) => tag)].filter(
    (tag) => tag !== "",
  );
  if (tags.length === 0) return [];
  const slug = tenant.domain_name;
  const base = { id: `${slug}/webhooks`, title: `${slug}: webhooks for start tags` };
  const slots = await db
    .selectFrom("webhook_slots")
    .select(["event", "result", "sentence"])
    .where("tenant", "=", slug)
    .execute();
  if (slots.length === 0) {
    return [
      {
        ...base,
        state: "warn",
        sentence: `The tag “${tags[0]}” is set, but no webhook is registered, so ${crmName(tenant)} tells nothing of added tags. They are found within the hour.`,
        remedy: "Run the connection test with webhook registration, with the account owner's key.",
      },
    ];
  }
  const broken = slots.find(({ result }) => result === "failed" || result === "full");
  if (!broken)
    return [{ ...base, state: "ok", sentence: `All registered. ${FOR_THE_BROKERAGE}`, remedy: null }];
  const sentence = broken.sentence ?? `Both places for ${broken.event} are taken by other addresses.`;
  return [{ ...base, state: "bad", sentence, remedy: "Mend the cause, then register the webhooks again." }];
}

/** Seed 000, "What not to use for per-user outreach". */
const FOR_THE_BROKERAGE =
  "A tag does not say which agent added it: what it starts goes out for the brokerage, with its number and key. For outreach as an agent use the apps inside Follow Up Boss.";
