// `bench`: measures what the README states, each as one line. Everything is started fresh, on this machine, in its own
// processes; ratios are taken within one run, since machines differ and drift.
import { GatewayError } from "../../server/index.ts";
import type { CliFlags } from "../cli-options.ts";
import { measureCampaigns, measureQueued } from "./campaign-list.ts";
import { measureColdStart } from "./cold-start.ts";
import { measureEmbedOpen } from "./embed-open.ts";
import { measureJournalSearch } from "./journal-search.ts";
import type { Measure } from "./measure.ts";
import { measureMemory } from "./memory.ts";
import { measurePageWeight } from "./page-weight.ts";
import { measureStartUp } from "./start-up.ts";
import { measureWebhookMemory } from "./webhook-memory.ts";
import { measureWebhooks } from "./webhook-receiving.ts";

const BENCHES: Readonly<Record<string, () => Promise<Measure[]>>> = {
  "embed-open": measureEmbedOpen,
  "page-weight": measurePageWeight,
  "start-up": measureStartUp,
  "cold-start": measureColdStart,
  memory: measureMemory,
  campaigns: measureCampaigns,
  "campaign-memory": measureQueued,
  webhooks: measureWebhooks,
  "journal-search": measureJournalSearch,
  "webhook-memory": measureWebhookMemory,
};

/** @throws GatewayError for a name that is none of the benches. */
export async function benchCommand(flags: CliFlags, names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined) {
    throw new GatewayError("invalid_request", {
      sentence: `There is no bench “${unknown}”. There are: ${Object.keys(BENCHES).join(", ")}.`,
    });
  }
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const measures = (await BENCHES[name]?.()) ?? [];
    for (const measure of measures)
      process.stdout.write(flags.json ? `${JSON.stringify(measure)}\n` : lineOf(measure));
  }
}

function lineOf(measure: Measure): string {
  const compared = measure.ratio === null ? "" : `   ${measure.ratio.toFixed(2)} × ${measure.of ?? ""}`;
  return `${measure.name.padEnd(44)} ${String(measure.value).padStart(10)} ${measure.unit.padEnd(6)}${compared}\n`;
}
