// How fast the embed opens at 50 requests a second, seen from outside, next to `/health` of the same gateway at the same
// pace, which is what the way there and back costs. The difference is the server's own time.
import { setTimeout as delay } from "node:timers/promises";
import { loadSandbox } from "../../server/index.ts";
import { startBenchGateway } from "./bench-gateway.ts";
import { type Measure, quantile, round } from "./measure.ts";

const PER_SECOND = 50;
const SECONDS = 10;

export async function measureEmbedOpen(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
    const { embedAddress } = await loadSandbox();
    const embed = embedAddress(gateway.url, gateway.sandbox.fub.account("fub-test"), 2, 107);
    const health = `${gateway.url}/health`;
    await paced([embed, health], 2);
    const [opens = [], baseline = []] = await paced([embed, health], SECONDS);
    const p50 = quantile(opens, 0.5);
    const p95 = quantile(opens, 0.95);
    return [
      {
        name: "embed open p50 at 50/s",
        value: round(p50),
        unit: "ms",
        ratio: round(p50 / quantile(baseline, 0.5)),
        of: "health p50",
      },
      {
        name: "embed open p95 at 50/s",
        value: round(p95),
        unit: "ms",
        ratio: round(p95 / quantile(baseline, 0.95)),
        of: "health p95",
      },
      {
        name: "embed open p95, server's own time",
        value: round(Math.max(0, p95 - quantile(baseline, 0.5))),
        unit: "ms",
        ratio: null,
        of: null,
      },
    ];
  } finally {
    await gateway.close();
  }
}

/** Asks each address 50 times a second for a while; the samples in ms, per address. Refuses to count a failed answer. */
async function paced(addresses: readonly string[], seconds: number): Promise<number[][]> {
  const samples = addresses.map((): number[] => []);
  const pending: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < PER_SECOND * seconds; n++) {
    await delay(Math.max(0, start + (n * 1000) / PER_SECOND - performance.now()));
    for (const [index, address] of addresses.entries())
      pending.push(ask(address).then((ms) => void samples[index]?.push(ms)));
  }
  await Promise.all(pending);
  return samples;
}

async function ask(address: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(address);
  const text = await response.text();
  const ms = performance.now() - started;
  if (!response.ok || (address.includes("/embed?") && !text.includes('"state":"ready"')))
    throw new Error(`the answer of ${address.slice(0, 60)} was not ready`);
  return ms;
}
