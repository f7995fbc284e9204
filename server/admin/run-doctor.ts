// `doctor`: every check that can be made from here, each with its finding and remedy. Asks Follow Up Boss; changes nothing.
import type { Check } from "../../shared/admin-api.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import { agentNumber } from "../engagements/from-number.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { carriersOf, checkChannels } from "./channels/check-channels.ts";
import { checkRollout } from "./check-rollout.ts";
import { checkWebhooks } from "./check-webhooks.ts";
import { checkAddress } from "./tunnel/check-address.ts";
import { VAULT_REMEDY } from "./vault-remedy.ts";

export interface DoctorDeps extends Pick<AdminDeps, "settings" | "crm"> {
  /** Without it (the gateway is not running) what it remembers is not checked. */
  readonly db?: AdminDeps["db"];
  /** Without it (the gateway is not running) only the settings tell of the public address. */
  readonly tunnel?: AdminDeps["tunnel"];
  readonly ownAddress?: AdminDeps["ownAddress"];
  /** Given where those who carry the channels are to be asked too. */
  readonly carriers?: AdminDeps;
}

export async function runDoctor(deps: DoctorDeps): Promise<Check[]> {
  const settings = deps.settings.current();
  const checks: Check[] = [
    vaultCheck(deps),
    ...noticeChecks(deps),
    ...systemKeyCheck(deps),
    checkAddress(deps),
  ];
  if (!deps.settings.vault().ok) checks.push(unreadableKeys());
  for (const tenant of settings.tenants) {
    if (deps.settings.vault().ok) checks.push(...(await crmChecks(deps, tenant)));
    checks.push(...phoneChecks(tenant));
    if (deps.db) checks.push(...(await checkWebhooks(deps.db, tenant)));
    checks.push(...(await carrierChecks(deps, tenant)));
  }
  if (settings.tenants.length === 0)
    checks.push(
      check(
        "tenants",
        "Brokerages",
        "unknown",
        "No brokerage is set up yet.",
        "Provision one with: apply setup.json",
      ),
    );
  return checks;
}

async function carrierChecks({ carriers }: DoctorDeps, tenant: Readonly<TenantSettings>): Promise<Check[]> {
  if (carriers) return checkChannels(carriers, tenant);
  if (carriersOf(tenant).length === 0) return [];
  const sentence =
    "Those who carry the channels are asked by the doctor of the console, while the gateway runs.";
  return [check(`${tenant.domain_name}/channels`, `${tenant.domain_name}: channels`, "unknown", sentence)];
}

function check(
  id: string,
  title: string,
  state: Check["state"],
  sentence: string,
  remedy: string | null = null,
): Check {
  return { id, title, state, sentence, remedy };
}

function vaultCheck(deps: DoctorDeps): Check {
  const vault = deps.settings.vault();
  const remedy = vault.ok ? null : VAULT_REMEDY;
  return check(
    "vault",
    "Where keys are kept",
    vault.ok ? (vault.kind === "keychain" ? "ok" : "warn") : "bad",
    vault.sentence,
    remedy,
  );
}

const noticeChecks = (deps: DoctorDeps): Check[] =>
  deps.settings
    .notices()
    .map((sentence, index) => check(`settings_${index + 1}`, "Settings", "warn", sentence));

function systemKeyCheck(deps: DoctorDeps): Check[] {
  const title = "Follow Up Boss system key";
  if (deps.settings.secret("platform/FUB_SYSTEM_KEY"))
    return [check("system_key", title, "ok", "FUB_SYSTEM_KEY is set.")];
  if (!deps.settings.vault().ok) return [];
  const sentence = "FUB_SYSTEM_KEY is not configured: no Follow Up Boss feature works without it.";
  const remedy = "Register the gateway as a system at Follow Up Boss and enter the key.";
  return [check("system_key", title, "bad", sentence, remedy)];
}

async function crmChecks(deps: DoctorDeps, tenant: Readonly<TenantSettings>): Promise<Check[]> {
  if (tenant.crm_sync_provider === "rollout") return [await checkRollout(deps, tenant)];
  return tenant.crm_sync_provider === "none" ? [] : keyChecks(deps, tenant);
}

async function keyChecks(deps: DoctorDeps, tenant: Readonly<TenantSettings>): Promise<Check[]> {
  const slug = tenant.domain_name;
  const keys = [
    { owner: "tenant" as const, name: "the brokerage's key" },
    ...tenant.users.map((user) => ({
      owner: `user:${user.id}` as const,
      name: `the key of ${user.name || user.id}`,
    })),
  ];
  const found: Check[] = [];
  for (const { owner, name } of keys) {
    const access = chooseAccess(deps.settings, slug, owner);
    if (access) found.push(await keyCheck(deps, tenant, owner, name, access));
    else if (owner === "tenant" ? tenant.track === "A" : tenant.track === "B") {
      found.push(
        check(
          `${slug}/${owner}`,
          `${slug}: ${name}`,
          "bad",
          "No Follow Up Boss API key is set.",
          "Enter the key from Follow Up Boss, Admin, API.",
        ),
      );
    }
  }
  return found;
}

function phoneChecks(tenant: Readonly<TenantSettings>): Check[] {
  return tenant.users.flatMap((user) => {
    return phoneCheck(tenant.domain_name, user.id, user.name, agentNumber(user));
  });
}

const unreadableKeys = (): Check =>
  check("keys", "Keys", "unknown", "Which keys are set and work cannot be told while they cannot be read.");

async function keyCheck(
  deps: DoctorDeps,
  tenant: Readonly<TenantSettings>,
  owner: string,
  name: string,
  access: { id: string; key: string },
): Promise<Check> {
  const id = `${tenant.domain_name}/${owner}`;
  const title = `${tenant.domain_name}: ${name}`;
  try {
    const identity = await deps.crm.identity({ access, priority: "interactive", timeoutMs: 10_000 });
    const whose = `Accepted: ${identity.userName ?? identity.userId} of the account ${identity.accountDomain ?? identity.accountId}.`;
    const mismatch =
      owner === "tenant" &&
      tenant.track === "A" &&
      identity.accountDomain?.toLowerCase() !== tenant.domain_name;
    return mismatch
      ? check(
          id,
          title,
          "warn",
          `${whose} Its domain is not ${tenant.domain_name}.`,
          `Use addresses ending with ?domain_name=${tenant.domain_name}, or give the brokerage the account's domain as its name.`,
        )
      : check(id, title, "ok", whose);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return check(
      id,
      title,
      "bad",
      error.sentence,
      "Check the key in Follow Up Boss, Admin, API, and the network of this computer.",
    );
  }
}

function phoneCheck(slug: string, id: string, name: string, phone: string | undefined): Check[] {
  if (phone !== undefined) return [];
  return [
    check(
      `${slug}/phone:${id}`,
      `${slug}: phone of ${name || id}`,
      "warn",
      "No outreach phone is set, so this agent can be recognised by e-mail only and calls show the brokerage's number.",
      "Set default_broker_phone to the phone of the agent's Follow Up Boss profile.",
    ),
  ];
}
