// A gateway that starts while its keychain is locked, as after a reboot: it says so at every door, gives nothing up for
// lost, and goes on by itself once the keys can be read.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Clock, systemClock } from "../../server/base/clock.ts";
import { createGateway, type Gateway } from "../../server/create-gateway.ts";
import { doctorOffline } from "../../server/offline-commands.ts";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { KeychainError } from "../../server/settings/keychain.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { PAGES_DIR, testEnvironment } from "../helpers/start-gateway.ts";
import { memoryKeychain } from "../unit/settings/open-test-settings.ts";

const world = demoWorld();
const setup = demoSetup(world);
const key = setup.tenants?.[0]?.call_management_api_key ?? "";
const locked = new KeychainError("failed", "it is locked");
const keychain = memoryKeychain();
let sandbox: Sandbox;
let gateway: Gateway | undefined;
let dataDir: string;

const hostAt = (crmUrl: string) => {
  const { GATEWAY_VAULT_KEY: _none, ...environment } = testEnvironment(crmUrl);
  // Only the half minute between two looks at the keychain is cut short.
  const sleep: Clock["sleep"] = (ms, signal) => systemClock.sleep(ms === 30_000 ? 1_000 : ms, signal);
  const clock: Clock = { ...systemClock, sleep };
  const host = {
    dataDir,
    environment,
    flags: { PORT: 0, ADMIN_PORT: 0 },
    version: "0.0.0-test",
    pagesDir: PAGES_DIR,
  };
  return { ...host, clock, keychain, writeLog: () => undefined };
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "gateway-locked-"));
  sandbox = createSandbox({ accounts: world.accounts });
});
afterEach(async () => {
  await gateway?.stop();
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
});

it("says so at every door, writes later what waited, and needs no restart", async () => {
  const { url: crmUrl } = await sandbox.listen(0);
  const host = hostAt(crmUrl);
  gateway = await createGateway(host);
  await gateway.apply(setup);
  // FUB is away, so the record of this outreach still waits when the gateway stops.
  sandbox.fub.faults.add({ path: "/calls", kind: "status", status: 503, times: 100 });
  const started = await start(gateway, key);
  expect(started.status).toBe(202);
  await waitFor("FUB to be asked", () => sandbox.fub.requests.find(({ path }) => path.endsWith("/calls")));
  await gateway.stop();

  keychain.trouble = locked;
  gateway = await createGateway(host);
  expect(await start(gateway, key)).toMatchObject({
    status: 503,
    body: { error: { code: "vault_unavailable" } },
  });
  expect(await start(gateway, "nobodys-key")).toMatchObject({ status: 503 });
  const account = sandbox.fub.account("fub-test");
  const page = await openSigned(gateway.addresses.publicUrl, { account, userId: 2, personId: 107 });
  expect(page.model.state).toBe("not_ready");
  const status = await askStatus(gateway);
  expect(status.vault.ok).toBe(false);
  expect(status.lamps.follow_up_boss).toMatchObject({
    state: "bad",
    sentence: expect.stringContaining("locked"),
  });
  // Asked of the running gateway, which has in its environment what a command beside it has not.
  const checks = await doctorOffline({ ...host, environment: {} });
  expect(checks[0]).toMatchObject({ id: "running", state: "ok" });
  expect(checks.find(({ id }) => id === "vault")?.state).toBe("bad");
  expect(checks.filter(({ sentence }) => /not configured|No Follow Up Boss API key/.test(sentence))).toEqual(
    [],
  );

  sandbox.fub.faults.clear();
  keychain.trouble = undefined;
  await waitFor("the record", () => account.calls[0], 60_000);
  expect((await askStatus(gateway)).vault.ok).toBe(true);
  expect(account.calls).toHaveLength(1);
  expect(await start(gateway, key)).toMatchObject({ status: 202 });
}, 120_000);

async function start(at: Gateway, bearer: string) {
  const response = await fetch(`${at.addresses.publicUrl}/integration/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify({
      domain_name: "fub-test",
      phone_number: "+16475550131",
      source_system: "followupboss",
      source_record_id: "107",
    }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

interface StatusPart {
  readonly vault: { readonly ok: boolean };
  readonly lamps: { readonly follow_up_boss: { readonly state: string; readonly sentence: string } };
}

async function askStatus(at: Gateway): Promise<StatusPart> {
  const { origin, searchParams } = new URL(at.addresses.adminUrl);
  const headers = { authorization: `Bearer ${searchParams.get("token")}` };
  return (await (await fetch(`${origin}/api/status`, { headers })).json()) as StatusPart;
}
