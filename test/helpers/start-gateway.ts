// A real gateway in this process: temp folder, real sockets on free ports, real database file, pretend Follow Up Boss.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Clock, systemClock } from "../../server/base/clock.ts";
import { createGateway, type Gateway } from "../../server/create-gateway.ts";
import type { Host } from "../../server/host.ts";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { type DemoWorld, demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import type { RolloutOptions } from "../../server/sandbox/rollout/rollout-types.ts";
import type { TwilioOptions } from "../../server/sandbox/twilio/create-twilio-state.ts";
import type { Setup } from "../../shared/setup.schema.ts";

export const PAGES_DIR = resolve(import.meta.dirname, "../../dist/renderer");

export interface TestWorld {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  readonly world: DemoWorld;
  readonly setup: Setup;
  /** Address of the public listener. */
  readonly url: string;
  /** Address of the admin listener, without the token. */
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly sandboxUrl: string;
  readonly dataDir: string;
  readonly logLines: string[];
  /** Stops everything and removes the folder; fails when the gateway does not stop. */
  close(): Promise<void>;
}

export interface TestWorldOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Of Follow Up Boss, Twilio and the others; the wall clock unless given. */
  readonly sandboxClock?: Clock;
  readonly world?: DemoWorld;
  /** Accounts reached through Rollout, and how it behaves. */
  readonly rollout?: RolloutOptions;
  /** Accounts at the pretend Twilio, and how it behaves. */
  readonly twilio?: TwilioOptions;
  /** What the gateway is given otherwise than usual. */
  readonly host?: Partial<Pick<Host, "tunnelPolicy" | "loadNgrok">>;
  /** Changes the demo's setup before it is applied; return null to apply nothing. */
  readonly setup?: (setup: Setup) => Setup | null;
}

/** Speed 0 and no keychain unless the environment says otherwise. */
export async function startTestWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const world = options.world ?? demoWorld();
  const sandbox = createSandbox({
    accounts: world.accounts,
    ...(options.sandboxClock && { clock: options.sandboxClock }),
    ...(options.rollout && { rollout: options.rollout }),
    ...(options.twilio && { twilio: options.twilio }),
  });
  const crm = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-test-"));
  const logLines: string[] = [];
  const gateway = await createGateway({
    dataDir,
    environment: testEnvironment(crm.url, options.environment),
    flags: { PORT: 0, ADMIN_PORT: 0 },
    clock: options.clock ?? systemClock,
    version: "0.0.0-test",
    pagesDir: PAGES_DIR,
    writeLog: (line) => void logLines.push(line),
    ...options.host,
  });
  const setup = (options.setup ?? ((same: Setup) => same))(demoSetup(world));
  if (setup) await gateway.apply(setup);
  sandbox.setGatewayUrl(gateway.addresses.publicUrl);
  const admin = new URL(gateway.addresses.adminUrl);
  return {
    gateway,
    sandbox,
    world,
    setup: setup ?? {},
    url: gateway.addresses.publicUrl,
    adminUrl: admin.origin,
    adminToken: admin.searchParams.get("token") ?? "",
    sandboxUrl: crm.url,
    dataDir,
    logLines,
    close: async () => {
      await gateway.stop();
      await sandbox.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What a gateway under test is given: everything on this machine, no waiting, a vault of its own. */
export function testEnvironment(
  crmUrl: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    GATEWAY_VAULT_KEY: "test",
    FUB_API_BASE_URL: `${crmUrl}/v1`,
    ROLLOUT_API_BASE_URL: `${crmUrl}/rollout/api`,
    SIMULATOR_SPEED: "0",
    LOG_LEVEL: "debug",
    ...more,
  };
}
