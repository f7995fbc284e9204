// "Test connection" at the console: the brokerage's key or one agent's, saved or only typed, and what does not fit although
// the key works. Called by the agents' routes.
import type { z } from "zod";
import type { ConsoleTestResult, consoleTestSchema } from "../../shared/console/connection.schema.ts";
import type { ConnectionResult, TestConnection } from "../../shared/integration.schema.ts";
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { isoTime } from "../base/clock.ts";
import { isTypedKey } from "../crm/choose-access.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { BROKERAGE, type KnownKeys, knownKeys } from "./known-keys.ts";

export interface TestDeps extends AdminDeps {
  readonly testConnection: (body: TestConnection) => Promise<ConnectionResult>;
}

type Asked = z.output<typeof consoleTestSchema>;
type Warning = ConsoleTestResult["warnings"][number];

export async function testKey(deps: TestDeps, asked: Asked): Promise<ConsoleTestResult> {
  const { user_id: userId, ...body } = asked;
  const at = isoTime(deps.clock.now());
  const typed = isTypedKey(body.fub_api_key);
  const saved = userId === undefined ? undefined : agentKey(deps, body.domain_name, userId);
  if (userId !== undefined && body.crm_sync_provider === "followup_boss" && !typed && saved === undefined)
    return { ...NO_AGENT_KEY, at };
  const key = typed ? body.fub_api_key : saved;
  const result = await deps.testConnection({
    ...body,
    fub_api_key: key,
    // The webhooks of an agent's account are the brokerage's to register.
    register_fub_webhook: body.register_fub_webhook && userId === undefined,
  });
  if (!typed) await tellRefused(deps, asked, result);
  const noKey = !result.success && !typed && result.code === "crm_unauthorized" && !hasKey(deps, asked);
  return {
    ...result,
    at,
    tested: typed ? "typed" : noKey ? "none" : "saved",
    warnings: result.success ? await warningsOf(deps, asked, result, typed) : [],
    remedy: result.success ? null : remedyFor(result.code),
  };
}

const agentKey = ({ settings }: AdminDeps, slug: string, userId: string): string | undefined =>
  settings.secret(`user/${slug}/${userId}/fub_api_key`);

const hasKey = (deps: AdminDeps, { domain_name, user_id }: Asked): boolean =>
  (user_id === undefined
    ? deps.settings.secret(`tenant/${domain_name}/fub_api_key`)
    : agentKey(deps, domain_name, user_id)) !== undefined;

const NO_AGENT_KEY: Omit<ConsoleTestResult, "at"> = {
  success: false,
  message: "This agent has no Follow Up Boss API key of their own.",
  code: "crm_unauthorized",
  account: null,
  user: null,
  webhook: { requested: false, registered: false, message: "Not asked for." },
  tested: "none",
  warnings: [],
  remedy: "Enter the key from the agent's own Follow Up Boss: Admin, then API.",
};

/** So that the matrix and the lamps know of it as well. */
async function tellRefused(deps: TestDeps, asked: Asked, result: ConnectionResult): Promise<void> {
  if (result.code !== "crm_unauthorized" && result.code !== "crm_forbidden") return;
  if (!hasKey(deps, asked)) return;
  const whose = asked.user_id === undefined ? "the brokerage" : `the agent ${asked.user_id}`;
  await deps.journal.add(deps.db, {
    event: "key.refused",
    severity: "error",
    message: `The Follow Up Boss key of ${whose} does not work: ${result.message}`,
    tenant: asked.domain_name,
    userId: asked.user_id ?? null,
  });
}

function remedyFor(code: string | null): string {
  switch (code) {
    case "not_ready":
      return "Enter FUB_SYSTEM_KEY under Settings, Platform: without it Follow Up Boss answers nobody. Then test again.";
    case "crm_unauthorized":
      return "Copy the key again from Follow Up Boss: Admin, then API. It begins with “fka_” and has no blanks.";
    case "crm_forbidden":
      return "Look in Follow Up Boss whether the account is paid and whether this user may use the API.";
    case "vault_unavailable":
      return "Unlock the keychain of the user the gateway runs as, then test again.";
    default:
      return "Wait a minute and test again. Is this computer connected to the internet?";
  }
}

async function warningsOf(
  deps: TestDeps,
  asked: Asked,
  result: ConnectionResult,
  typed: boolean,
): Promise<Warning[]> {
  const tenant = deps.settings.tenant(asked.domain_name);
  if (!tenant || result.account === null || result.user === null) return [];
  const found = { account: result.account, user: result.user };
  return asked.user_id === undefined
    ? brokerageWarnings(tenant, found)
    : agentWarnings(tenant, asked.user_id, found, await knownKeys(deps, tenant.domain_name), typed);
}

interface Found {
  readonly account: NonNullable<ConnectionResult["account"]>;
  readonly user: NonNullable<ConnectionResult["user"]>;
}

function brokerageWarnings(tenant: Readonly<TenantSettings>, { account, user }: Found): Warning[] {
  const startsByTag = tenant.fub_start_call_tag !== "" || tenant.tag_starts.length > 0;
  const owner =
    startsByTag && user.is_owner === false
      ? [
          {
            sentence:
              "This is not the owner's key, and only the owner's may register webhooks, which start tags need.",
            remedy: "Enter the API key of the account's owner.",
          },
        ]
      : [];
  const domain = account.domain?.toLowerCase();
  const differs =
    tenant.track === "A" && domain !== undefined && domain !== tenant.domain_name
      ? [
          {
            sentence: `The account's domain is “${account.domain}”, but the brokerage is called “${tenant.domain_name}” here. Apps opened without a name in their address would not find it.`,
            remedy: `Make the two the same, or add ?domain_name=${tenant.domain_name} to the addresses in Follow Up Boss.`,
          },
        ]
      : [];
  return [...owner, ...differs];
}

function agentWarnings(
  tenant: Readonly<TenantSettings>,
  userId: string,
  { account, user }: Found,
  keys: KnownKeys,
  typed: boolean,
): Warning[] {
  const nameOf = (id: string): string => tenant.users.find((one) => one.id === id)?.name || id;
  const others = [...keys].filter(([owner]) => owner !== userId && owner !== BROKERAGE);
  const same = others.find(
    ([, { identity }]) => identity?.account_id === account.id && identity.user_id === user.id,
  );
  if (same) {
    const sentence = `This is ${user.name ?? "somebody else"}'s key, which is already entered for ${nameOf(same[0])}.`;
    const remedy = `Use ${nameOf(userId)}'s own key${typed ? "; it was not saved" : ""}.`;
    return [{ sentence, remedy }];
  }
  const brokerage = keys.get(BROKERAGE)?.identity;
  if (tenant.track === "A" && brokerage && brokerage.account_id !== account.id) {
    const sentence = `This key is of the account ${account.name ?? account.id}, not of the brokerage's.`;
    return [{ sentence, remedy: "Use a key from the brokerage's Follow Up Boss, or leave it empty." }];
  }
  const shared = others.find(([, { identity }]) => identity?.account_id === account.id);
  if (tenant.track === "B" && shared) {
    const sentence = `${nameOf(userId)} and ${nameOf(shared[0])} are in the same account, so they share its contacts.`;
    return [
      { sentence, remedy: "In Track B each agent has an account of their own. Is this the right key?" },
    ];
  }
  return [];
}
