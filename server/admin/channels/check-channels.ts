// The doctor on real channels: asks everybody a brokerage's channels depend on. Nobody is contacted.
import type { Check } from "../../../shared/admin-api.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { type TestName, testChannel } from "./test-channel.ts";

export async function checkChannels(deps: AdminDeps, tenant: Readonly<TenantSettings>): Promise<Check[]> {
  const slug = tenant.domain_name;
  const checks: Check[] = [];
  for (const name of carriersOf(tenant)) {
    const { findings } = await testChannel(deps, name, slug);
    checks.push(
      ...findings.map(({ state, sentence, remedy }, index) => ({
        id: `${slug}/${name}/${index + 1}`,
        title: `${slug}: ${TITLES[name]}`,
        state,
        sentence,
        remedy,
      })),
    );
  }
  return checks;
}

const TITLES: Readonly<Record<TestName, string>> = {
  twilio: "Twilio",
  mail: "mail servers",
  model: "language model",
};

/** Whom to ask. Pure. */
export function carriersOf({ channels, llm_url, automated_channels }: Readonly<TenantSettings>): TestName[] {
  const chosen = Object.values(channels);
  return [
    ...(chosen.includes("twilio") ? (["twilio"] as const) : []),
    ...(channels.email === "smtp" ? (["mail"] as const) : []),
    ...(llm_url !== undefined && automated_channels.length > 0 ? (["model"] as const) : []),
  ];
}
