// From spawning `serve` to its ready line, next to a bare start of the same Node, which no program can be faster than.
import { spawnSync } from "node:child_process";
import { startBenchGateway } from "./bench-gateway.ts";
import { type Measure, quantile, round } from "./measure.ts";

const RUNS = 7;

export async function measureStartUp(): Promise<Measure[]> {
  let gateway = await startBenchGateway();
  try {
    const ready: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      gateway = await gateway.restart();
      ready.push(gateway.readyMs);
      bare.push(bareStart());
    }
    const median = quantile(ready, 0.5);
    return [
      {
        name: "serve to ready line, median",
        value: round(median, 0),
        unit: "ms",
        ratio: round(median / quantile(bare, 0.5)),
        of: "a bare start of Node",
      },
      {
        name: "serve to ready line, slowest",
        value: round(Math.max(...ready), 0),
        unit: "ms",
        ratio: null,
        of: null,
      },
    ];
  } finally {
    await gateway.close();
  }
}

function bareStart(): number {
  const started = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - started;
}
