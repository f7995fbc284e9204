// Resident memory of the gateway's process: idle after start, and after 10,000 engagements went through it.
import { setTimeout as delay } from "node:timers/promises";
import { type BenchGateway, startBenchGateway } from "./bench-gateway.ts";
import { type Measure, round } from "./measure.ts";

const ENGAGEMENTS = 10_000;
const AT_ONCE = 16;

export async function measureMemory(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
    await delay(3_000);
    const idle = gateway.residentMb();
    const started = performance.now();
    await startMany(gateway);
    await drained(gateway);
    const seconds = (performance.now() - started) / 1000;
    const after = gateway.residentMb();
    return [
      { name: "resident memory, idle", value: round(idle, 1), unit: "MB", ratio: null, of: null },
      {
        name: "resident memory after 10,000 engagements",
        value: round(after, 1),
        unit: "MB",
        ratio: round(after / idle),
        of: "idle",
      },
      {
        name: "engagements started and ended",
        value: round(ENGAGEMENTS / seconds, 0),
        unit: "/s",
        ratio: null,
        of: null,
      },
    ];
  } finally {
    await gateway.close();
  }
}

// `/start` from this computer, on a tenant that does not write to Follow Up Boss: its limits would be what is measured.
async function startMany(gateway: BenchGateway): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < ENGAGEMENTS) {
      const number = `+1416${String(2_000_000 + next++).padStart(7, "0")}`;
      const response = await fetch(`${gateway.url}/start`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          domain_name: "bench",
          phone_number: number,
          type: "informational",
          channel: "phone",
        }),
      });
      if (response.status !== 202)
        throw new Error(`a start was answered with ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function drained(gateway: BenchGateway): Promise<void> {
  for (;;) {
    const waiting = await gateway.waitingJobs();
    if (waiting === 0) return;
    await delay(200);
  }
}
