// A brokerage's settings, a database and calling hours, for tests of the contact rules over what is stored.

import { CompiledQuery } from "kysely";
import type { ContactDeps, ContactQuestion } from "../../../server/contact/check-contact.ts";
import { openHours } from "../../../server/contact/hours/open-hours.ts";
import type { NewSuppression } from "../../../server/contact/suppression.store.ts";
import type { Db, EngagementTable } from "../../../server/db/schema.ts";
import { newEngagementRow } from "../../../server/engagements/new-engagement-row.ts";
import { type TenantSettings, tenantSchema } from "../../../shared/settings.schema.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

/** Monday, 10 am in New York. */
export const NOON = Date.parse("2026-11-23T15:00Z");
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const ANN = "+12125550123";

export function contactDeps(changes: Partial<TenantSettings> = {}): ContactDeps {
  const tenant = tenantSchema.parse({ domain_name: "acme", ...changes });
  const log = { info: () => undefined, warn: () => undefined };
  return {
    tenant: (slug) => (slug === "acme" ? tenant : undefined),
    hours: openHours({ dataDir: makeTempFolder(), log }),
  };
}

export const askFor = (more: Partial<ContactQuestion> = {}): ContactQuestion => ({
  tenant: "acme",
  channel: "phone",
  contact: ANN,
  personId: "107",
  crmAccountId: "1",
  at: NOON,
  reachesPeople: true,
  ...more,
});

export const wishOf = (more: Partial<NewSuppression> = {}): NewSuppression => ({
  tenant: "acme",
  kind: "opt_out",
  contact: ANN,
  personId: null,
  crmAccountId: null,
  scope: "all",
  source: "keyword",
  said: "STOP",
  at: NOON,
  ...more,
});

/** An outreach that went out at `started_at`, unless the changes say otherwise. */
export async function contacted(db: Db, changes: Partial<EngagementTable> = {}): Promise<string> {
  const id = `eng_${crypto.randomUUID()}`;
  const row = newEngagementRow(
    {
      tenant: "acme",
      source: "embed",
      startKey: id,
      requestHash: "same",
      channel: "phone",
      type: "conversational",
      instruction: "",
      person: { id: "107", name: "Ann" },
      crmAccountId: "1",
      phones: [],
      emails: [],
      chosen: null,
      actor: { userId: null, name: null, crmUserId: null, actsWith: "tenant", fromNumber: null },
      scheduledAt: null,
      whenClosed: "refuse",
    },
    { id, now: NOON - HOUR, provider: "simulator", crmWriter: "gateway", contact: ANN, rule: null },
  );
  await db
    .insertInto("engagements")
    .values({ ...row, launch_state: "launched", started_at: NOON - HOUR, ...changes })
    .execute();
  return id;
}

/** How SQLite finds the rows of the queries that `run` makes. */
export async function plansOf(db: Db, run: (logged: Db) => Promise<unknown>): Promise<string> {
  const queries: CompiledQuery[] = [];
  const logged = db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      queries.push(db.getExecutor().compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  await run(logged);
  const plans: string[] = [];
  for (const { sql, parameters } of queries) {
    const plan = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    );
    plans.push(...plan.rows.map(({ detail }) => detail));
  }
  return plans.join("; ");
}
