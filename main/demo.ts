// The demo: a pretend Follow Up Boss and a gateway set up against it, in a data folder of its own. No account, no network.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createGateway, GatewayError, loadSandbox } from "../server/index.ts";
import { stopOnSignal } from "./commands/serve.ts";
import { ensurePages } from "./ensure-pages.ts";
import { makeHost } from "./host-options.ts";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: "8010" },
    "admin-port": { type: "string", default: "8011" },
    "crm-port": { type: "string", default: "8012" },
  },
});

try {
  await runDemo();
} catch (error) {
  if (!(error instanceof GatewayError)) throw error;
  process.stderr.write(`${error.sentence}\n`);
  process.exitCode = 1;
}

async function runDemo(): Promise<void> {
  const { createSandbox, demoSetup, demoWorld } = await loadSandbox();
  const world = demoWorld();
  const sandbox = createSandbox({ accounts: world.accounts });
  const crm = await sandbox.listen(Number(flags["crm-port"]));
  const dataDir = mkdtempSync(join(tmpdir(), "aventora-demo-"));
  // Nothing of the surroundings: a key or an address of the real service must not reach the demo.
  const environment = {
    GATEWAY_VAULT_KEY: "demo",
    SERVER_URL: `http://127.0.0.1:${flags.port}`,
    FUB_API_BASE_URL: `${crm.url}/v1`,
    LOG_LEVEL: "warn",
  };
  const base = makeHost(
    { ...flags, "data-dir": dataDir },
    environment,
    (line) => void process.stderr.write(line),
  );
  const host = { ...base, vendorScript: `${crm.url}/embeddedApps-v1.0.1.js`, extraFrameAncestors: [crm.url] };
  await ensurePages(host.pagesDir, (line) => void process.stdout.write(`${line}\n`));
  const gateway = await createGateway(host);
  await gateway.apply(demoSetup(world));
  sandbox.setGatewayUrl(gateway.addresses.publicUrl);
  await registerWebhooks(gateway.addresses.adminUrl, ["fub-test", "fub-solo"]);
  process.stdout.write(welcome(crm.url, gateway.addresses.adminUrl));
  stopOnSignal({
    stop: async () => {
      await gateway.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  });
}

/** As somebody would at the console: from then on the practice CRM's tag box starts outreach. */
async function registerWebhooks(adminUrl: string, tenants: readonly string[]): Promise<void> {
  const { origin, searchParams } = new URL(adminUrl);
  const headers = {
    authorization: `Bearer ${searchParams.get("token")}`,
    "content-type": "application/json",
  };
  for (const tenant of tenants) {
    const body = JSON.stringify({ tenant });
    const answer = await fetch(`${origin}/api/webhook-slots/reconcile`, { method: "POST", headers, body });
    if (!answer.ok) process.stderr.write(`The webhooks of ${tenant} could not be registered.\n`);
  }
}

function welcome(crm: string, admin: string): string {
  return `
The demo is running. Nobody is really called; nothing leaves this computer.

  Practice Follow Up Boss, Ann's view of a person   ${crm}/crm/fub-test/people/107?as=2
  The same person as her colleague Ben              ${crm}/crm/fub-test/people/107?as=3
  Ann's Smart Lists, with the campaign app          ${crm}/crm/fub-test/campaign?as=2
  All accounts, agents and people (Track A and B)   ${crm}/
  The gateway's console                             ${admin}

Start a call in the box on the right; it ends as an entry on the person's timeline. Beside the Smart Lists it reaches a
whole list: pick one, see who will be reached and who will not, start. The tag “Aventora Call”, added to a person, calls them.
Numbers ending in 01 to 05 do not answer, are busy, reach voicemail, are wrong, decline; 06 works at the second try.
Stop with Ctrl+C.
`;
}
