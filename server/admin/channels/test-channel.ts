// Asks those who carry a brokerage's channels whether they really would: the account at Twilio, both mail servers, the
// language model. Nobody is contacted.
import type { Finding, Tested } from "../../../shared/console/channels.schema.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import { isLoopbackHost } from "../../../shared/settings-parts.ts";
import { GatewayError } from "../../base/errors.ts";
import { testMail } from "../../channels/smtp/test-mail.ts";
import { testAccount } from "../../channels/twilio/test-account.ts";
import { listModels } from "../../llm/list-models.ts";
import { readModelAccess } from "../../llm/model-access.ts";
import type { AdminDeps } from "../admin-deps.ts";

export const TESTS = ["twilio", "mail", "model"] as const;
export type TestName = (typeof TESTS)[number];

export async function testChannel(deps: AdminDeps, name: TestName, slug: string): Promise<Tested> {
  if (!deps.settings.tenant(slug)) throw new GatewayError("tenant_not_found");
  const tested = await BY_NAME[name](deps, slug);
  return { ok: tested.findings.every(({ state }) => state !== "bad"), ...tested };
}

type Test = (deps: AdminDeps, slug: string) => Promise<Omit<Tested, "ok">>;

const BY_NAME: Readonly<Record<TestName, Test>> = {
  twilio: async (deps, slug) => ({ findings: await testAccount(deps.twilioDeps, slug) }),
  mail: async (deps, slug) => ({ findings: await testMail({}, deps.mailAccount(slug, null)) }),
  model: testModel,
};

async function testModel(deps: AdminDeps, slug: string): Promise<Omit<Tested, "ok">> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  try {
    const key = deps.settings.secret(`tenant/${slug}/llm_api_key`) ?? null;
    // Before a name is chosen, the names there are is what is asked for.
    const access = readModelAccess({ ...tenant, llm_model: tenant.llm_model || "any" }, key);
    const models = await listModels({ clock: deps.clock, log: deps.log }, access);
    const findings = [...describeModels(tenant.llm_model, models), ...describeLimit(tenant)];
    return { findings, models: [...models] };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { findings: [{ state: "bad", sentence: error.sentence, remedy: null }] };
  }
}

/** A server on this machine costs nothing. */
export function describeLimit({
  llm_url,
  llm_max_cost,
  llm_price_in,
  llm_price_out,
}: TenantSettings): Finding[] {
  const isOwn = llm_url !== undefined && isLoopbackHost(new URL(llm_url).hostname);
  if (isOwn || llm_max_cost === 0 || llm_price_in > 0 || llm_price_out > 0) return [];
  const sentence =
    "The limit of what a conversation may cost cannot hold: the model's two prices are not set.";
  return [{ state: "warn", sentence, remedy: "Enter what its provider asks per million tokens." }];
}

function describeModels(chosen: string, models: readonly string[]): Finding[] {
  const names = models.slice(0, 20).join(", ");
  const found: Finding = {
    state: "ok",
    sentence: `The model server answers${names === "" ? "" : `; it offers: ${names}`}.`,
    remedy: null,
  };
  if (chosen === "")
    return [found, { state: "bad", sentence: "No model is chosen.", remedy: "Enter the name of one." }];
  if (models.length === 0 || models.includes(chosen)) return [found];
  const sentence = `The server does not list a model called ${chosen}.`;
  return [found, { state: "warn", sentence, remedy: "Check its name." }];
}
