// The gateway is killed (kill -9) while texts are being handed to Twilio, twice, and started again on the same folder: what
// went out is found and not said again, what did not goes out once, and what nobody can tell is left to a person.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import type { FaultKind } from "../../server/sandbox/fub/take-fault.ts";
import { demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import { twilioSetup } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { type SpawnedGateway, spawnGateway } from "../helpers/spawn-gateway.ts";
import { testEnvironment } from "../helpers/start-gateway.ts";
import { admin, type Reachable, readOutreach, untilOutreach } from "../helpers/talk-to-gateway.ts";
import { addContact, type Contact, conversation, textTo, untilDelivered } from "../helpers/text-contacts.ts";

const { options, brokerage } = demoTwilio();

type Running = SpawnedGateway & Reachable;

async function openWorld(): Promise<{ sandbox: Sandbox; start(): Promise<Running> }> {
  const demo = demoWorld();
  const sandbox = createSandbox({ accounts: demo.accounts, twilio: { ...options, speed: 0 } });
  const { url } = await sandbox.listen(0);
  const dataDir = mkdtempSync(join(tmpdir(), "gateway-texts-crash-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const setup = demoSetup(demo);
  const start = async (): Promise<Running> => {
    const gateway = { ...(await spawnGateway(dataDir, testEnvironment(url, { LOG_LEVEL: "warn" }))), setup };
    for (const part of [setup, twilioSetup({ brokerage }, url, gateway.url)]) {
      const { status, body } = await admin(gateway, "POST", "/setup", part);
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
    return gateway;
  };
  return { sandbox, start };
}

it("texts that were being sent when it was killed go out once, or are left to a person", async () => {
  const { sandbox, start } = await openWorld();
  const world = { sandbox };
  let at = await start();
  const { twilio } = sandbox;
  const saidTo = ({ number }: Contact, body: string): number =>
    twilio.messages.filter((message) => message.to === number && message.body.includes(body)).length;
  /** Twilio has the request, and its answer never comes. */
  const hangs = async (kind: FaultKind, send: () => Promise<unknown>): Promise<void> => {
    const before = twilio.requests.length;
    twilio.faults.add({ method: "POST", path: "/Messages.json", kind, times: 1 });
    await send();
    await waitFor("the request", () => twilio.requests.slice(before).find(({ fault }) => fault === kind));
  };
  const talks = async (nth: number) => {
    const contact = addContact(world, nth);
    const id = await textTo(at, contact);
    await untilDelivered(at, id);
    return { contact, id };
  };
  const reply = (id: string, text: string) =>
    admin(at, "POST", `/engagements/${id}/messages`, { text, click_id: "click-0001" });

  const [stored, lost, twin, waits] = [await talks(10), await talks(11), await talks(12), await talks(13)];
  const [opened, unopened] = [addContact(world, 14), addContact(world, 15)];
  await twilio.settle();
  twilio.callbackFaults.add({ kind: "lost", times: 99 });
  await hangs("timeout-after-storing", () => reply(stored.id, "It went out."));
  await hangs("timeout-before", () => reply(lost.id, "It did not."));
  await hangs("timeout-after-storing", () => reply(twin.id, "Which is it?"));
  const ids: string[] = [];
  await hangs("timeout-after-storing", async () => ids.push(await textTo(at, opened)));
  await hangs("timeout-before", async () => ids.push(await textTo(at, unopened)));
  await admin(at, "POST", "/outreach/pause", {});
  await reply(waits.id, "Later.");
  await admin(at, "POST", "/outreach/resume", {});
  // Somebody wrote the very same by hand, in the Twilio console.
  const original = twilio.messages.find(({ body }) => body === "Which is it?");
  if (original) twilio.messages.push({ ...original, sid: `SM${"d".repeat(32)}` });
  await at.end("SIGKILL");
  twilio.callbackFaults.clear();

  // Killed again while it looks for what became of them.
  const asked = twilio.requests.length;
  at = await start();
  await waitFor("the first look", () =>
    twilio.requests.slice(asked).find(({ query }) => query.To !== undefined),
  );
  await at.end("SIGKILL");
  at = await start();

  for (const { contact, id, text } of [
    { ...stored, text: "It went out." },
    { ...lost, text: "It did not." },
    { ...waits, text: "Later." },
  ]) {
    const told = await untilOutreach(at, id, text, ({ transcript }) => transcript.length > 1, 90_000);
    expect(told.transcript.map((message) => message.text).slice(1)).toEqual([text]);
    expect(await conversation(at, id)).toMatchObject({ pending: [], needs_agent: null });
    expect(saidTo(contact, text), text).toBe(1);
  }
  const doubt = await waitFor("the doubt", async () => (await conversation(at, twin.id)).pending[0], 30_000);
  expect(doubt).toMatchObject({
    state: "unknown",
    text: "Which is it?",
    error: expect.stringContaining("several"),
  });
  expect((await conversation(at, twin.id)).needs_agent).toBe(doubt.error);
  expect(saidTo(twin.contact, "Which is it?")).toBe(2);
  for (const [index, contact] of [opened, unopened].entries()) {
    const id = ids[index] ?? "";
    await untilOutreach(at, id, "handed over", ({ transcript }) => transcript.length > 0, 90_000);
    expect(saidTo(contact, "Are you still looking")).toBe(1);
    const { parked_reason, transcript } = await readOutreach(at, id);
    expect([parked_reason, transcript.length]).toEqual([undefined, 1]);
  }
  expect(twilio.violations).toEqual([]);
  await at.end("SIGKILL");
}, 150_000);
