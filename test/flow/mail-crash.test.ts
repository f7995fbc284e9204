// The gateway is killed (kill -9) while a mail server has its e-mail and has not said so yet. Started again on the same folder it
// finds out by the account's sent e-mail, or leaves it to a person; nothing goes out twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { homeOf } from "../helpers/ask-console.ts";
import { conversationOf, practiceMail } from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import {
  admin,
  type Reachable,
  readOutreach,
  startOutreach,
  untilOutreach,
} from "../helpers/talk-to-gateway.ts";

/** The server takes what is for it, and says so two minutes later. */
const SLOW = "slow@people.example";
/** Of an account that keeps no sent e-mail. */
const SOLO = "office@solo.example";

async function openWorld() {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-mail-crash-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const ports = await sandbox.mail.open();
  sandbox.mail.slowMs = 120_000;
  const setup: Setup = demoSetup(demo);
  const [brokerage, solo] = setup.tenants ?? [];
  if (!brokerage || !solo) throw new Error("the demo has two brokerages");
  for (const tenant of [brokerage, solo])
    Object.assign(tenant, { ...practiceMail(ports), channels: { email: "smtp" } });
  Object.assign(solo, { smtp_user: SOLO, mail_from: SOLO });
  const [login] = sandbox.mail.logins;
  if (login) sandbox.mail.logins.push({ ...login, user: SOLO, address: SOLO, keepsSent: false });
  const environment = testEnvironment(url, { LOG_LEVEL: "warn" });
  return {
    mail: sandbox.mail,
    start: async () => {
      const gateway = { ...(await spawnGateway(dataDir, environment)), setup };
      const applied = await admin(gateway, "POST", "/setup", setup);
      if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
      return gateway;
    },
  };
}

test("killed while an e-mail is handed over, it is sent once or left to a person, and so is a reply", async () => {
  const { mail, start } = await openWorld();
  const untilGot = (count: number) =>
    waitFor(`${count} e-mails`, () => (mail.received.length >= count ? true : undefined));
  const email = (at: Reachable, tenant: string, user: string) =>
    startOutreach(
      at,
      { email_address: SLOW, channel: "email", type: "informational", external_user_id: user },
      tenant,
    );

  const first = await start();
  const found = await email(first, "fub-test", "u1");
  const unclear = await email(first, "fub-solo", "cara");
  await untilGot(2);
  await first.end("SIGKILL");

  const second = await start();
  expect(
    await untilOutreach(second, found, "found among the sent", ({ status }) => status === "completed"),
  ).toMatchObject({ outcome: "delivered", transcript: [{ direction: "outbound" }] });
  const parked = await waitFor("the other to be left to a person", async () => {
    const row = await readOutreach(second, unclear, "fub-solo");
    return row.status === "paused" ? row : undefined;
  });
  expect(parked.parked_reason).toContain("does not show whether it went out");
  expect((await homeOf(second)).needs_you).toContainEqual(
    expect.objectContaining({ id: `parked/${unclear}`, severity: "error" }),
  );
  const reply = { text: "One more thing.", click_id: "click-0001" };
  expect((await admin(second, "POST", `/engagements/${found}/messages`, reply)).status).toBe(202);
  await untilGot(3);
  await second.end("SIGKILL");

  const third = await start();
  await untilOutreach(third, found, "answered", ({ transcript }) => transcript.length === 2);
  expect(await conversationOf(third, found)).toMatchObject({ pending: [], needs_agent: null });
  expect((await admin(third, "POST", `/engagements/${found}/messages`, reply)).status).toBe(202);
  expect((await readOutreach(third, unclear, "fub-solo")).status).toBe("paused");
  expect(mail.received.map(({ violations }) => violations)).toEqual([[], [], []]);
  expect(new Set(mail.received.map(({ mail: { messageId } }) => messageId)).size).toBe(3);
  await third.end("SIGKILL");
}, 120_000);
