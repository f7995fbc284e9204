// The gateway is killed (kill -9) just while Twilio is asked to place calls: afterwards each contact is called once, and never
// twice, whether Twilio had placed the call, had not heard of it, or told of it to nobody.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import { spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import { admin, untilCrm, untilOver } from "../helpers/talk-to-gateway.ts";
import {
  ANN,
  asksForCalls,
  BEN,
  callsTo,
  placedCalls,
  recordsOf,
  startCall,
} from "../helpers/watch-voice.ts";

const OFFICE = "+14165550100";
/** What becomes of the requests that place calls, in the order they come. */
const FATES = ["timeout-after-storing", "timeout-before"] as const;

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function openWorld() {
  const demo = demoWorld();
  const { options, brokerage } = demoTwilio();
  const sandbox = createSandbox({ accounts: demo.accounts, twilio: { ...options, speed: 0 } });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-crash-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const PORT = String(await unusedPort());
  const { platform, tenants = [] } = demoSetup(demo);
  const overTwilio = {
    ...{ channels: { phone: "twilio" as const }, contact_hours: "never" as const, calls_per_second: 50 },
    ...{ twilio_account_sid: brokerage.accountSid, twilio_auth_token: brokerage.authToken },
    twilio_number: brokerage.number,
  };
  const setup = {
    platform: { ...platform, TWILIO_API_BASE_URL: `${url}/twilio`, SERVER_URL: `http://127.0.0.1:${PORT}` },
    tenants: tenants.map((tenant) => ({
      ...tenant,
      ...(tenant.domain_name === "fub-test" ? overTwilio : {}),
    })),
  };
  const start = async () => {
    const gateway = {
      ...(await spawnGateway(dataDir, { ...testEnvironment(url), LOG_LEVEL: "warn", PORT })),
      setup,
    };
    expect((await admin(gateway, "POST", "/setup", setup)).status).toBe(200);
    return gateway;
  };
  return { sandbox, start };
}

it("each contact is called once, and has one record", async () => {
  const { sandbox, start } = await openWorld();
  const { twilio } = sandbox;
  const agents = [ANN, BEN, OFFICE];
  for (const phone of agents) twilio.setPersona(phone, { rings: "live" });
  twilio.callbackFaults.add({ kind: "lost", times: 999 });
  for (const kind of FATES) twilio.faults.add({ method: "POST", path: "/Calls.json", kind, times: 1 });
  const contacts = ["+14165550132", "+14165550105", "+16475550131"];
  const first = await start();
  const ids = await Promise.all(
    contacts.map((phone, index) => startCall(first, phone, { external_user_id: ["u1", "u2"][index] })),
  );
  await twilio.until(() => asksForCalls({ sandbox }) === 3);
  expect(placedCalls({ sandbox })).toHaveLength(2);
  await first.end("SIGKILL");
  // Killed once more while it looks for what became of them.
  const asked = twilio.requests.length;
  const second = await start();
  await twilio.until(() => twilio.requests.slice(asked).some(({ method }) => method === "GET"));
  await second.end("SIGKILL");
  twilio.callbackFaults.clear();

  const third = await start();
  await twilio.until(() => placedCalls({ sandbox }).length === 3);
  for (const phone of agents) {
    await twilio.until(() => callsTo({ sandbox }, phone).some(({ status }) => status === "ringing"));
    twilio.act(phone, { act: "answer" });
    await twilio.until(() => callsTo({ sandbox }, phone).some(({ asking }) => asking !== null));
    twilio.act(phone, { act: "press", keys: "1" });
  }
  for (const phone of agents) {
    await twilio.until(() => callsTo({ sandbox }, phone).some(({ bridgedWith }) => bridgedWith !== null));
    twilio.act(phone, { act: "hang_up" });
  }
  for (const id of ids) {
    expect(await untilOver(third, id)).toMatchObject({ status: "completed", outcome: "connected" });
    await untilCrm(third, id, "written");
  }
  expect(agents.map((phone) => callsTo({ sandbox }, phone).length)).toEqual([1, 1, 1]);
  expect(contacts.map((phone) => callsTo({ sandbox }, phone).length)).toEqual([1, 1, 1]);
  expect(contacts.map((phone) => recordsOf({ sandbox }, phone).length)).toEqual([1, 1, 1]);
  await third.end("SIGTERM");
}, 120_000);
