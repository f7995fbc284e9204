// The built programs from nothing to listening, next to a bare start of the same Node: the headless gateway as a process, and
// the server inside the desktop app as the shell starts it, from its first line on, without Electron's own time. A data
// folder that has been used, a compile cache that has been filled: as on every start but the first.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { GatewayError } from "../../server/index.ts";
import { PROGRAM_DIR } from "../host-options.ts";
import { type Measure, quantile, round } from "./measure.ts";
import { namesFromElectron, standForElectron } from "./without-electron.ts";

const RUNS = 7;
const ALLOWED_MS = 700;

export async function measureColdStart(): Promise<Measure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "aventora-cold-start-"));
  try {
    const headless: number[] = [];
    const desktop: number[] = [];
    const bare: number[] = [];
    // The first of each fills the caches and is not counted.
    for (let run = 0; run <= RUNS; run++) {
      const took = [await startHeadless(dataDir), await startInDesktop(dataDir), bareStart()] as const;
      if (run === 0) continue;
      headless.push(took[0]);
      desktop.push(took[1]);
      bare.push(took[2]);
    }
    const start = quantile(bare, 0.5);
    const compared = (name: string, ms: number, of: number, what: string): Measure => ({
      ...{ name, value: round(ms, 0), unit: "ms" },
      ...{ ratio: round(ms / of), of: what },
    });
    const inside = quantile(desktop, 0.5);
    return [
      compared("built gateway to ready line, median", quantile(headless, 0.5), start, "a bare start of Node"),
      compared("desktop's own code to listening, median", inside, start, "a bare start of Node"),
      compared(
        "desktop's own code to listening, slowest",
        Math.max(...desktop),
        ALLOWED_MS,
        "the 700 ms allowed",
      ),
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const ENVIRONMENT = { GATEWAY_VAULT_KEY: "bench", LOG_LEVEL: "error" };

/** Spawned until its ready line, ms. */
function startHeadless(dataDir: string): Promise<number> {
  const cli = built("gateway", /^cli\.js$/);
  return firstLine([cli, "serve", "--data-dir", dataDir, "--port", "0", "--admin-port", "0"]).then(
    ({ ms }) => ms,
  );
}

/** The shell's own code and the server it brings in, from the first line to listening; told by the process itself, ms. */
async function startInDesktop(dataDir: string): Promise<number> {
  const main = built("desktop", /^main\.js$/);
  const part = built("desktop/parts", /^start-server-.*\.js$/);
  const electron = standForElectron(namesFromElectron(readFileSync(main, "utf8")));
  const flags = { "data-dir": dataDir, port: "0", "admin-port": "0" };
  const script = `import { registerHooks } from "node:module";
    const electron = { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(electron)}`)}, shortCircuit: true };
    registerHooks({ resolve: (name, context, next) => (name === "electron" ? electron : next(name, context)) });
    const began = performance.now();
    await import(${JSON.stringify(pathToFileURL(main).href)});
    const { startServer } = await import(${JSON.stringify(pathToFileURL(part).href)});
    const started = await startServer({
      flags: ${JSON.stringify(flags)}, environment: process.env, writeLog: () => undefined,
    });
    if (!started.gateway) throw new Error(JSON.stringify(started));
    console.log(performance.now() - began);
    await started.gateway.stop();
    process.exit(0);`;
  const { line } = await firstLine(["--input-type=module", "--eval", script], { GATEWAY_DATA_DIR: dataDir });
  return Number(line);
}

/** Runs Node until it prints a line, then ends it. */
async function firstLine(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ line: string; ms: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, [...parameters], {
    env: { ...process.env, ...ENVIRONMENT, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: Buffer) => resolve(text.toString().trim()));
    child.once("exit", (code) => reject(new Error(`it ended with ${code} before it listened`)));
  });
  const ms = performance.now() - began;
  child.kill("SIGTERM");
  await ended;
  return { line, ms };
}

/** @throws GatewayError when the programs are not built. */
function built(folder: string, name: RegExp): string {
  const place = join(PROGRAM_DIR, "dist", folder);
  try {
    const file = readdirSync(place).find((candidate) => name.test(candidate));
    if (file !== undefined) return join(place, file);
  } catch {
    // As if it were empty.
  }
  throw new GatewayError("internal", { sentence: `There is nothing built in ${place}; run: npm run build` });
}

function bareStart(): number {
  const began = performance.now();
  spawnSync(process.execPath, ["-e", "0"]);
  return performance.now() - began;
}
