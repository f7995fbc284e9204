// `npm start`: the gateway for a person at this computer. Serves headless and prints the console's address.
import { enableCompileCache } from "node:module";

enableCompileCache();
// What the gateway writes holds other people's customers: it is for this user alone, whatever folder it was given.
process.umask(0o077);
const { createGateway, GatewayError } = await import("../server/index.ts");
const { stopOnSignal } = await import("./commands/serve.ts");
const { ensurePages } = await import("./ensure-pages.ts");
const { makeHost } = await import("./host-options.ts");

try {
  const host = makeHost({}, process.env, (line) => void process.stderr.write(line));
  await ensurePages(host.pagesDir, (line) => void process.stdout.write(`${line}\n`));
  const gateway = await createGateway(host);
  process.stdout.write(
    `The gateway is running. Open its console: ${gateway.addresses.adminUrl}\nStop with Ctrl+C.\n`,
  );
  stopOnSignal(gateway);
} catch (error) {
  if (!(error instanceof GatewayError)) throw error;
  process.stderr.write(`${error.sentence}\n`);
  process.exitCode = 1;
}
