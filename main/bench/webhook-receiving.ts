// How many webhook deliveries a second are acknowledged once they are on disk, and how fast, next to the same route that
// stores nothing, to a server that does nothing, and to one commit for each delivery. All take turns in one run.
import { loadSandbox } from "../../server/index.ts";
import { startBenchGateway } from "./bench-gateway.ts";
import { type Measure, quantile, round } from "./measure.ts";
import { type LoadResult, loadWebhooks, signDeliveries } from "./webhook-load.ts";
import { startRival } from "./webhook-rival.ts";

const CONNECTIONS = 64;
const ROUNDS = 3;
const SECONDS = 3;
const MOST_PER_SECOND = 15_000;
const PACE = 200;
const PACED_SECONDS = 10;
const NAMES = ["gateway", "express", "bare", "one-by-one"] as const;
type Name = (typeof NAMES)[number];

export async function measureWebhooks(): Promise<Measure[]> {
  const { demoSetup, demoWorld } = await loadSandbox();
  const systemKey = demoSetup(demoWorld()).platform?.FUB_SYSTEM_KEY ?? "";
  const given = { tenant: "bench", systemKey };
  const gateway = await startBenchGateway();
  const rivals = await Promise.all(
    (["express", "bare", "one-by-one"] as const).map((name) => startRival(name, given)),
  );
  try {
    const own = Number(new URL(gateway.url).port);
    const [express = 0, bare = 0, oneByOne = 0] = rivals.map(({ port }) => port);
    const ports = { gateway: own, express, bare, "one-by-one": oneByOne };
    const results = await takeTurns(ports, given);
    return [...asMeasures(results), ...(await paced(own, systemKey))];
  } finally {
    await Promise.all(rivals.map((rival) => rival.close()));
    await gateway.close();
  }
}

/** The first round only warms up. */
async function takeTurns(
  ports: Readonly<Record<Name, number>>,
  given: { readonly tenant: string; readonly systemKey: string },
): Promise<Record<Name, LoadResult[]>> {
  const results: Record<Name, LoadResult[]> = { gateway: [], express: [], bare: [], "one-by-one": [] };
  for (let turn = 0; turn <= ROUNDS; turn++) {
    for (const name of NAMES) {
      const seconds = turn === 0 ? 1 : SECONDS;
      // An event nothing is done about: receiving is what is measured.
      const again = name === "express" || name === "bare";
      const count = again ? 5_000 : MOST_PER_SECOND * seconds;
      const next = signDeliveries({ ...given, events: ["notesCreated"], count, again });
      const result = await loadWebhooks({ port: ports[name], connections: CONNECTIONS, seconds, next });
      if (turn > 0) results[name].push(result);
    }
  }
  return results;
}

function asMeasures(results: Readonly<Record<Name, readonly LoadResult[]>>): Measure[] {
  const rate = (name: Name): number =>
    quantile(
      results[name].map(({ perSecond }) => perSecond),
      0.5,
    );
  const all = results.gateway.flatMap(({ samples }) => samples);
  const against = (name: Name, of: string): Measure => ({
    name: "webhooks stored and acknowledged",
    value: round(rate("gateway"), 0),
    unit: "/s",
    ratio: round(rate("gateway") / rate(name)),
    of: `${of} (${round(rate(name), 0)}/s)`,
  });
  const latency = (q: number): Measure => ({
    name: `webhook acknowledged, p${q * 100}, ${CONNECTIONS} at once`,
    value: round(quantile(all, q)),
    unit: "ms",
    ratio: null,
    of: null,
  });
  return [
    against("express", "the same route storing nothing"),
    against("bare", "a bare server storing nothing"),
    against("one-by-one", "one commit for each"),
    latency(0.5),
    latency(0.99),
  ];
}

/** What a brokerage's day is made of; each tag is a job, so that work goes on beside the receiving. */
const DAY = ["peopleTagsCreated", ...Array.from({ length: 9 }, () => "peopleUpdated")];

async function paced(port: number, systemKey: string): Promise<Measure[]> {
  const next = signDeliveries({
    tenant: "fub-test",
    systemKey,
    events: DAY,
    count: PACE * (PACED_SECONDS + 1),
  });
  const { samples } = await loadWebhooks({
    port,
    connections: CONNECTIONS,
    seconds: PACED_SECONDS,
    perSecond: PACE,
    next,
  });
  return [0.5, 0.99].map((q) => ({
    name: `webhook acknowledged, p${q * 100}, at ${PACE}/s`,
    value: round(quantile(samples, q)),
    unit: "ms",
    ratio: null,
    of: null,
  }));
}
