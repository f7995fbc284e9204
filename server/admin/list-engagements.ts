// The console's list of outreach, newest first, with what became of its record in the CRM.
import { sql } from "kysely";
import { z } from "zod";
import type { EngagementList } from "../../shared/admin-api.ts";
import { engagementStatusSchema } from "../../shared/values.ts";
import { isoTime } from "../base/clock.ts";
import { toE164 } from "../base/phone-numbers.ts";
import { engagementHead } from "../engagements/engagement.store.ts";
import type { AdminDeps } from "./admin-deps.ts";

export const engagementQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  /** Id of the last one seen: the next page. */
  before: z.string().optional(),
  status: engagementStatusSchema.or(z.literal("")).optional(),
  tenant: z.string().optional(),
  user: z.string().optional(),
  /** A number in any form, an address, a person's name or id, or an outreach's id. */
  search: z.string().max(200).optional(),
});

export async function listEngagements(
  deps: AdminDeps,
  query: z.output<typeof engagementQuerySchema>,
): Promise<EngagementList> {
  let select = deps.db.selectFrom("engagements").selectAll();
  if (query.status) select = select.where("status", "=", query.status);
  if (query.tenant) select = select.where("tenant", "=", query.tenant);
  if (query.user) select = select.where("user_id", "=", query.user);
  if (query.before) select = select.where("id", "<", query.before);
  const search = query.search?.trim();
  if (search) {
    select = select.where((where) =>
      where.or([
        where("contact", "=", toE164(search) ?? search),
        contains("contact", digitsOf(search) ?? search),
        contains("person_name", search),
        where("person_id", "=", search),
        where("id", "=", search),
      ]),
    );
  }
  // Ids begin with their time, so their order is the order of creation.
  const rows = await select
    .orderBy("id", "desc")
    .limit(query.limit + 1)
    .execute();
  const shown = rows.slice(0, query.limit);
  const states = await crmStates(
    deps,
    shown.map((row) => row.id),
  );
  return {
    engagements: shown.map((row) => ({
      ...engagementHead(row),
      created_at: isoTime(row.created_at),
      rule: row.rule,
      source: row.source,
      by: agentName(deps, row.tenant, row.user_id),
      crm_state: states.get(row.id) ?? "none",
    })),
    next: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
  };
}

function agentName(deps: AdminDeps, tenant: string, userId: string | null): string | null {
  const agent = deps.settings.tenant(tenant)?.users.find((user) => user.id === userId);
  return agent?.name || userId;
}

function contains(column: "contact" | "person_name", text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '\\'`;
}

/** Part of a number as people write it; undefined for anything else. */
function digitsOf(search: string): string | undefined {
  return /^[\d\s()+.-]*\d[\d\s()+.-]*$/.test(search) ? search.replace(/\D/g, "") : undefined;
}

type CrmState = EngagementList["engagements"][number]["crm_state"];

/** The worst of an engagement's activities: dead before waiting before written. */
async function crmStates(deps: AdminDeps, ids: readonly string[]): Promise<Map<string, CrmState>> {
  if (ids.length === 0) return new Map();
  const rows = await deps.db
    .selectFrom("activities")
    .select(["engagement_id", "state"])
    .where("engagement_id", "in", [...ids])
    .execute();
  const worst = new Map<string, CrmState>();
  for (const { engagement_id, state } of rows) {
    const now = worst.get(engagement_id);
    if (state === "dead") worst.set(engagement_id, "dead");
    else if (state !== "written" && now !== "dead") worst.set(engagement_id, "waiting");
    else if (now === undefined) worst.set(engagement_id, "written");
  }
  return worst;
}
