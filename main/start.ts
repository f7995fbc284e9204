// `npm start`: the gateway for a person at this computer. Opens the desktop app where Electron and a screen are; else serves
// without a window and prints the console's address.
import { keepCompiled } from "./keep-compiled.ts";

// What the gateway writes holds other people's customers: it is for this user alone, whatever folder it was given.
process.umask(0o077);
keepCompiled(process.env);
const { sayFailure } = await import("./say-failure.ts");
const { PROGRAM_DIR } = await import("./host-options.ts");
const { findElectron } = await import("./find-electron.ts");

try {
  const electron = findElectron(PROGRAM_DIR, process.env);
  if (electron.program === null) await serveWithoutWindow(electron.missing);
  else await openDesktop(electron.program);
} catch (error) {
  sayFailure(error);
}

async function serveWithoutWindow(missing: string): Promise<void> {
  const { createGateway } = await import("../server/index.ts");
  const { stopOnSignal } = await import("./commands/serve.ts");
  const { ensurePages } = await import("./ensure-pages.ts");
  const { makeHost } = await import("./host-options.ts");
  const { readStartFlags } = await import("./read-start-flags.ts");
  const host = makeHost(
    readStartFlags(process.argv.slice(2)),
    process.env,
    (line) => void process.stderr.write(line),
  );
  await ensurePages(host.pagesDir, (line) => void process.stdout.write(`${line}\n`));
  const gateway = await createGateway(host);
  process.stdout.write(
    `The gateway is running without its desktop window: ${missing}.\nOpen its console: ${gateway.addresses.adminUrl}\nStop with Ctrl+C.\n`,
  );
  stopOnSignal(gateway);
}

/** Ends as the app ends; a signal is the app's to answer. */
async function openDesktop(program: string): Promise<void> {
  const { spawn } = await import("node:child_process");
  const app = spawn(program, [PROGRAM_DIR, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void app.kill(signal));
  process.exitCode = await new Promise<number>((done, failed) => {
    app.once("error", failed);
    app.once("exit", (code) => done(code ?? 1));
  });
}
