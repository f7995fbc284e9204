// The secret doctor: refused embeds with their likely mistake and its remedy, and per brokerage and app the order in which
// secrets are tried (seed 000, "Embed secret resolution order"). Names of secrets only.
import type { RefusedEmbed, SecretDoctor, SecretMistake } from "../../shared/console/secret-doctor.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { EmbedRefusalTable } from "../db/console-tables.ts";
import type { SecretName } from "../settings/settings-room.ts";
import { candidateNames, type EmbedApp } from "./embed-candidates.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import { APP_NAMES, sayMistake, sayOrigin, sayRemedy, sayWhere } from "./say-secrets.ts";

const SHOWN = 50;
const LATELY = 200;
const APPS: readonly EmbedApp[] = ["embed", "campaign"];
type DoctorDeps = Pick<EmbedDeps, "db" | "journal" | "settings">;
type Orders = SecretDoctor["orders"];

export async function consultSecrets(deps: DoctorDeps, tenant: string | undefined): Promise<SecretDoctor> {
  await deps.journal.flush();
  const orders = await readOrders(deps, tenant);
  let select = deps.db.selectFrom("embed_refusals").selectAll();
  if (tenant)
    select = select.where((where) => where.or([where("tenant", "=", tenant), where("tenant", "is", null)]));
  const rows = await select.orderBy("last_at", "desc").orderBy("id", "desc").limit(SHOWN).execute();
  return { refused: rows.map((row) => describe(deps, row, orders)), orders };
}

async function readOrders(deps: DoctorDeps, slug: string | undefined): Promise<Orders> {
  const tenants = deps.settings.current().tenants.filter(({ domain_name }) => !slug || domain_name === slug);
  const orders: Orders = [];
  for (const tenant of tenants) {
    const opened = await deps.journal.query({
      tenant: tenant.domain_name,
      event: "embed.opened",
      limit: LATELY,
    });
    for (const app of APPS) {
      const names = candidateNames(app, tenant);
      const last = opened.find(({ detail }) => detail?.app === app);
      const by = names.find(({ origin }) => origin === last?.detail?.signed_with);
      orders.push({
        tenant: tenant.domain_name,
        app,
        candidates: names.map(({ name }) => candidate(deps, name)),
        last_opened: last?.at ?? null,
        verified_by: by ? sayOrigin(by.name) : null,
      });
    }
  }
  return orders;
}

const candidate = (deps: DoctorDeps, name: SecretName) => ({
  name,
  label: sayOrigin(name),
  set: (deps.settings.secret(name) ?? "") !== "",
});

function describe(
  deps: DoctorDeps,
  row: Omit<EmbedRefusalTable, "id"> & { id: number },
  orders: Orders,
): RefusedEmbed {
  const app = row.app as EmbedApp;
  const mistake = row.mistake as SecretMistake;
  const fits = row.fits as SecretName | null;
  const tenant = row.tenant === null ? undefined : deps.settings.tenant(row.tenant);
  const wasTried = new Set(JSON.parse(row.tried) as SecretName[]);
  const order = orders.find((one) => one.tenant === row.tenant && one.app === app);
  const facts = { app, tenant: row.tenant, fits };
  return {
    id: row.id,
    first_at: isoTime(row.first_at),
    last_at: isoTime(row.last_at),
    times: row.times,
    app,
    tenant: row.tenant,
    account_domain: row.account_domain,
    tried: candidateNames(app, tenant).map(({ name }) => ({
      name,
      label: sayOrigin(name),
      set: wasTried.has(name),
    })),
    fits: fits && { name: fits, label: sayOrigin(fits), app: appOf(fits), how: row.fits_how ?? "" },
    mistake,
    sentence: sayMistake(mistake, facts),
    remedy: sayRemedy(mistake, facts),
    action: { label: `Open the ${APP_NAMES[app]} app's secret`, to: sayWhere(facts) },
    solved: order?.last_opened != null && Date.parse(order.last_opened) >= row.last_at,
  };
}

function appOf(name: SecretName): EmbedApp | null {
  if (/campaign_embedded_app_secret$/i.test(name)) return "campaign";
  return /embedded_app_secret$/i.test(name) ? "embed" : null;
}
