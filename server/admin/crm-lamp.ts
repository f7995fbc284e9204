// Is Follow Up Boss happy? Green only when something was proven within the last hour: a key checked, a record written.
import type { Lamp } from "../../shared/admin-api.ts";
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import { crmName } from "../crm/crm-name.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { VAULT_REMEDY } from "./vault-remedy.ts";

const HOUR_MS = 3_600_000;

export async function crmLamp(deps: AdminDeps): Promise<Lamp> {
  const tenants = deps.settings.current().tenants.filter((tenant) => tenant.crm_sync_provider !== "none");
  if (tenants.length === 0)
    return { state: "unknown", sentence: "No brokerage with a CRM is set up yet.", remedy: null };
  const vault = deps.settings.vault();
  if (!vault.ok) return { state: "bad", sentence: vault.sentence, remedy: VAULT_REMEDY };
  const withFub = tenants.some((tenant) => tenant.crm_sync_provider === "followup_boss");
  const name = withFub ? "Follow Up Boss" : crmName(tenants[0]);
  // The practice Follow Up Boss brings its own.
  const real = tenants.some(({ domain_name }) => domain_name !== PRACTICE_TENANT);
  if (withFub && real && !deps.settings.secret("platform/FUB_SYSTEM_KEY")) {
    return {
      state: "bad",
      sentence: "FUB_SYSTEM_KEY is not configured, so nothing can be asked of Follow Up Boss.",
      remedy: "Enter the system key from the registration at Follow Up Boss.",
    };
  }
  const { proven, refused } = await lastWords(deps);
  if (refused !== null && refused.at > (proven ?? 0))
    return { state: "bad", sentence: refused.message, remedy: "Test the connection and replace the key." };
  if (proven === null)
    return { state: "unknown", sentence: `${capital(name)} has not been asked anything yet.`, remedy: null };
  return deps.clock.now() - proven < HOUR_MS
    ? { state: "ok", sentence: `${capital(name)} answered within the last hour.`, remedy: null }
    : {
        state: "warn",
        sentence: `${capital(name)} answered before, but not within the last hour.`,
        remedy: null,
      };
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

async function lastWords(
  deps: AdminDeps,
): Promise<{ proven: number | null; refused: { at: number; message: string } | null }> {
  const checked = await deps.db
    .selectFrom("crm_identities")
    .select((select) => select.fn.max("checked_at").as("at"))
    .executeTakeFirst();
  const written = await deps.db
    .selectFrom("activities")
    .select((select) => select.fn.max("updated_at").as("at"))
    .where("state", "=", "written")
    .executeTakeFirst();
  const refused = await deps.db
    .selectFrom("journal")
    .select(["at", "message"])
    .where("event", "in", ["key.refused", "activity.dead"])
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const times = [checked?.at, written?.at].filter((at): at is number => typeof at === "number");
  return { proven: times.length === 0 ? null : Math.max(...times), refused: refused ?? null };
}
