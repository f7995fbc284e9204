// The demo: a pretend Follow Up Boss and a gateway set up against it, in a data folder of its own. No account, no network.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createGateway, GatewayError, loadSandbox } from "../server/index.ts";
import { stopOnSignal } from "./commands/serve.ts";
import { consoleOf, switchCarriers } from "./demo-carriers.ts";
import { ensurePages } from "./ensure-pages.ts";
import { makeHost } from "./host-options.ts";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: "8010" },
    "admin-port": { type: "string", default: "8011" },
    "crm-port": { type: "string", default: "8012" },
    "real-channels": { type: "boolean", default: false },
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
  const { createSandbox, demoSetup, demoTwilio, demoWorld } = await loadSandbox();
  const world = demoWorld();
  const twilio = demoTwilio();
  const sandbox = createSandbox({ accounts: world.accounts, twilio: twilio.options });
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
    { port: flags.port, "admin-port": flags["admin-port"], "data-dir": dataDir },
    environment,
    (line) => void process.stderr.write(line),
  );
  const host = { ...base, vendorScript: `${crm.url}/embeddedApps-v1.0.1.js`, extraFrameAncestors: [crm.url] };
  await ensurePages(host.pagesDir, (line) => void process.stdout.write(`${line}\n`));
  const gateway = await createGateway(host);
  const console = consoleOf(gateway.addresses.adminUrl);
  if (flags["real-channels"]) await switchCarriers({ sandbox, twilio, crm: crm.url, gateway, console });
  else await gateway.apply(demoSetup(world));
  sandbox.setGatewayUrl(gateway.addresses.publicUrl);
  for (const tenant of ["fub-test", "fub-solo"])
    await console("POST", "/api/webhook-slots/reconcile", { tenant });
  process.stdout.write(welcome(crm.url, gateway.addresses.adminUrl, flags["real-channels"]));
  stopOnSignal({
    stop: async () => {
      await gateway.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  });
}

function welcome(crm: string, admin: string, realChannels: boolean): string {
  return `
The demo is running. Nobody is really called; nothing leaves this computer.

  Practice Follow Up Boss, Ann's view of a person   ${crm}/crm/fub-test/people/107?as=2
  The same person as her colleague Ben              ${crm}/crm/fub-test/people/107?as=3
  Ann's Smart Lists, with the campaign app          ${crm}/crm/fub-test/campaign?as=2
  All accounts, agents and people (Track A and B)   ${crm}/
${realChannels ? carrierPlaces(crm) : ""}  The gateway's console                             ${admin}

Start a call in the box on the right; it ends as an entry on the person's timeline. Beside the Smart Lists it reaches a
whole list: pick one, see who will be reached and who will not, start. The tag “Aventora Call”, added to a person, calls them.
${howTheyAnswer(realChannels)}
Stop with Ctrl+C.
`;
}

// The program's first lines run before any constant below them is there.
function carrierPlaces(crm: string): string {
  return `  Phones of agents and contacts (practice Twilio)   ${crm}/phones
  Mailboxes of contacts (practice mail server)      ${crm}/mailbox
`;
}

function howTheyAnswer(realChannels: boolean): string {
  return realChannels
    ? `Calls ring on the phones page: the agent's first; answer, press 1, and the contact's rings. Calling hours are switched off
here; Settings, Contact rules switches them on. Without --real-channels everything is answered by itself.`
    : "Numbers ending in 01 to 05 do not answer, are busy, reach voicemail, are wrong, decline; 06 works at the second try.";
}
