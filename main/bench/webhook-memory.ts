// Does receiving leave anything behind? Resident memory while hundreds of thousands of deliveries come in, and how long the
// inspector's filtered list takes over all of them. WEBHOOK_DELIVERIES says how many; the promise is about a million.
import { loadSandbox } from "../../server/index.ts";
import { type BenchGateway, startBenchGateway } from "./bench-gateway.ts";
import { type Measure, quantile, round } from "./measure.ts";
import { loadWebhooks, signDeliveries } from "./webhook-load.ts";

const DELIVERIES = Number(process.env.WEBHOOK_DELIVERIES || 200_000);
const CONNECTIONS = 64;
const CHUNK_SECONDS = 2;
const MOST_PER_CHUNK = 20_000;
const LOOKS = 50;

export async function measureWebhookMemory(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
    const marks = await fill(gateway);
    return [...marks, ...(await look(gateway))];
  } finally {
    await gateway.close();
  }
}

async function fill(gateway: BenchGateway): Promise<Measure[]> {
  const port = Number(new URL(gateway.url).port);
  const { demoSetup, demoWorld } = await loadSandbox();
  const systemKey = demoSetup(demoWorld()).platform?.FUB_SYSTEM_KEY ?? "";
  const marks: { readonly stored: number; readonly mb: number }[] = [];
  let stored = 0;
  while (stored < DELIVERIES) {
    // An event nothing is done about: what is kept of receiving itself is measured.
    const next = signDeliveries({
      tenant: "bench",
      events: ["notesCreated", "peopleCreated"],
      systemKey,
      count: MOST_PER_CHUNK,
    });
    const load = { port, connections: CONNECTIONS, seconds: CHUNK_SECONDS, perSecond: 5_000, next };
    stored += (await loadWebhooks(load)).samples.length;
    const mark = (marks.length + 1) * (DELIVERIES / 4);
    if (stored >= mark) marks.push({ stored, mb: gateway.residentMb() });
  }
  const [first] = marks;
  return marks.map(({ stored: count, mb }) => ({
    name: `resident memory after ${count.toLocaleString("en")} deliveries`,
    value: round(mb, 1),
    unit: "MB",
    ratio: first ? round(mb / first.mb) : null,
    of: first ? "after the first quarter" : null,
  }));
}

async function look(gateway: BenchGateway): Promise<Measure[]> {
  const samples: number[] = [];
  for (let turn = 0; turn < LOOKS; turn++) {
    const started = performance.now();
    await gateway.readAdmin(`/deliveries?tenant=bench&event=peopleCreated&state=stored&limit=50`);
    samples.push(performance.now() - started);
  }
  return [0.5, 0.99].map((q) => ({
    name: `inspector's filtered list over all, p${q * 100}`,
    value: round(quantile(samples, q)),
    unit: "ms",
    ratio: null,
    of: null,
  }));
}
