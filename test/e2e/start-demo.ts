// The demo as `npm run demo` starts it, in a process of its own on free ports, for the browser tests.
import { type ChildProcess, spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { resolve } from "node:path";

export interface Demo {
  /** Address of the practice Follow Up Boss. */
  readonly crm: string;
  /** The console's address with its token. */
  readonly admin: string;
  close(): Promise<void>;
}

const ROOT = resolve(import.meta.dirname, "../..");

/** Waits for the welcome text; fails with what the demo said when it does not come. */
export async function startDemo(): Promise<Demo> {
  const [port, adminPort, crmPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const child = spawn(
    process.execPath,
    ["main/demo.ts", "--port", `${port}`, "--admin-port", `${adminPort}`, "--crm-port", `${crmPort}`],
    { cwd: ROOT },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  const admin = await waitForAddress(
    child,
    () => /http:\/\/\S+\/\?token=\S+/.exec(said)?.[0],
    () => said,
  );
  return { crm: `http://127.0.0.1:${crmPort}`, admin, close: () => stop(child) };
}

async function waitForAddress(
  child: ChildProcess,
  look: () => string | undefined,
  said: () => string,
): Promise<string> {
  const end = Date.now() + 30_000;
  while (Date.now() < end && child.exitCode === null) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`the demo did not start: ${said()}`);
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
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}
