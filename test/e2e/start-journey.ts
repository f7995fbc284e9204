// What somebody has before the first journey: a gateway on an empty folder and a practice Follow Up Boss, both really running.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { type DemoWorld, demoWorld } from "../../server/sandbox/demo/demo-world.ts";

export interface Journey {
  /** Address of the practice Follow Up Boss. */
  readonly crm: string;
  /** Where the gateway listens for Follow Up Boss. */
  readonly publicUrl: string;
  /** The console's address with its token. */
  readonly admin: string;
  readonly world: DemoWorld;
  close(): Promise<void>;
}

export async function startJourney(): Promise<Journey> {
  const world = demoWorld();
  const [port, adminPort] = await Promise.all([freePort(), freePort()]);
  const publicUrl = `http://127.0.0.1:${port}`;
  const sandbox = createSandbox({ accounts: world.accounts, gatewayUrl: publicUrl });
  const { url: crm } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-journey-"));
  const script = join(import.meta.dirname, "journey-gateway.ts");
  const child = spawn(process.execPath, [script, dataDir, `${port}`, `${adminPort}`, crm], {
    cwd: join(import.meta.dirname, "../.."),
  });
  const close = async (): Promise<void> => {
    await stop(child);
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { crm, publicUrl, admin: await addressOf(child), world, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((done, failed) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/\S+\/\?token=\S+/.exec(said)?.[0];
      if (found !== undefined) done(found);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", () => failed(new Error(`the gateway did not start: ${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}
