// The gateway as `npm start` runs it, on an empty data folder, except that the practice Follow Up Boss may frame its pages.
// start-journey.ts runs it in a process of its own: node journey-gateway.ts <data folder> <port> <admin port> <practice address>

import { stopOnSignal } from "../../main/commands/serve.ts";
import { makeHost } from "../../main/host-options.ts";
import { createGateway } from "../../server/index.ts";

const [dataDir = "", port = "", adminPort = "", crm = ""] = process.argv.slice(2);
const base = makeHost(
  { "data-dir": dataDir, port, "admin-port": adminPort },
  // Nothing of the surroundings: a key or an address of the real service must not reach the journey.
  { GATEWAY_VAULT_KEY: "journey", FUB_API_BASE_URL: `${crm}/v1`, SIMULATOR_SPEED: "0.4", LOG_LEVEL: "warn" },
  (line) => void process.stderr.write(line),
);
const gateway = await createGateway({
  ...base,
  vendorScript: `${crm}/embeddedApps-v1.0.1.js`,
  extraFrameAncestors: [crm],
});
process.stdout.write(`${gateway.addresses.adminUrl}\n`);
stopOnSignal(gateway);
