// A gateway to measure: a process of its own as `serve` starts it, set up against a pretend Follow Up Boss in this one.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyOffline, loadSandbox, type Sandbox } from "../../server/index.ts";
import { makeHost, PROGRAM_DIR } from "../host-options.ts";

export interface BenchGateway {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly sandboxUrl: string;
  /** From spawning the process to its ready line, ms. */
  readonly readyMs: number;
  /** Resident memory of the gateway's process in MB; NaN where the system does not tell. */
  residentMb(): number;
  /** Background work not yet done. */
  waitingJobs(): Promise<number>;
  /** What the console reads, below `/api`; fails on any other answer than 200. */
  readAdmin(path: string): Promise<unknown>;
  restart(): Promise<BenchGateway>;
  close(): Promise<void>;
}

export async function startBenchGateway(): Promise<BenchGateway> {
  const { createSandbox, demoSetup, demoWorld } = await loadSandbox();
  const world = demoWorld();
  const sandbox = createSandbox({ accounts: world.accounts });
  const { url: sandboxUrl } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "aventora-bench-"));
  const environment = {
    ...process.env,
    GATEWAY_VAULT_KEY: "bench",
    FUB_API_BASE_URL: `${sandboxUrl}/v1`,
    SIMULATOR_SPEED: "0",
    LOG_LEVEL: "error",
  };
  const setup = demoSetup(world);
  // A brokerage that writes nothing to Follow Up Boss, whose limits would otherwise be what is measured.
  const tenants = [...(setup.tenants ?? []), { domain_name: "bench", fub_sync_contacts: false }];
  await applyOffline(
    makeHost({ "data-dir": dataDir }, environment, () => undefined),
    JSON.stringify({ ...setup, tenants }),
  );

  const launch = async (): Promise<BenchGateway> => {
    const started = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...process.execArgv,
        join(PROGRAM_DIR, "main", "cli.js"),
        "serve",
        "--data-dir",
        dataDir,
        "--port",
        "0",
        "--admin-port",
        "0",
      ],
      {
        env: environment,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const { publicUrl: url, adminUrl } = await readyLine(child);
    return {
      url,
      sandbox,
      sandboxUrl,
      readyMs: performance.now() - started,
      residentMb: () => residentMb(child.pid),
      waitingJobs: () => waitingJobs(adminUrl),
      readAdmin: (path) => readAdmin(adminUrl, path),
      restart: async () => {
        await stop(child);
        return launch();
      },
      close: async () => {
        await stop(child);
        await sandbox.close();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  };
  return launch();
}

interface ReadyLine {
  readonly publicUrl: string;
  readonly adminUrl: string;
}

function readyLine(child: ChildProcess): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("exit", (code) => reject(new Error(`the gateway ended with ${code} before it was ready`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const line = said.split("\n").find((text) => text.startsWith('{"event":"ready"') && text.endsWith("}"));
      if (line !== undefined) resolve(JSON.parse(line) as ReadyLine);
    });
  });
}

async function readAdmin(adminUrl: string, path: string): Promise<unknown> {
  const { origin, searchParams } = new URL(adminUrl);
  const response = await fetch(`${origin}/api${path}`, {
    headers: { authorization: `Bearer ${searchParams.get("token")}` },
  });
  if (response.status !== 200)
    throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}

async function waitingJobs(adminUrl: string): Promise<number> {
  const { queue } = (await readAdmin(adminUrl, "/status")) as { queue: { waiting: number; running: number } };
  return queue.waiting + queue.running;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

function residentMb(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}
