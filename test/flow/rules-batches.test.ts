// The contact rules for batches, where they really reach people, over the pretend Twilio: rows carry no tags, so their people
// are read right before they are reached, and nobody is reached unseen.
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBatch, submitBatch, untilBatchEnded } from "../helpers/bulk-client.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { admin, controlOutreach, readOutreach, untilQuiet } from "../helpers/talk-to-gateway.ts";
import { addContact, type Contact, received, textTo, untilDelivered } from "../helpers/text-contacts.ts";

const clock = createShiftingClock();
let world: TwilioTestWorld;
beforeAll(async () => {
  world = await startTwilioWorld({ clock, tenant: { blocking_tags: ["No calls please"] } });
});
afterAll(() => world.close());

const fub = () => world.sandbox.fub;
const PEOPLE = { method: "GET", path: "/people", kind: "status" } as const;
/** Put on in Follow Up Boss, and no webhook tells of it. */
const tag = ({ id }: Contact, name: string): void => {
  const person = fub()
    .account("fub-test")
    .people.find((one) => one.id === id);
  person?.tags.push(name);
};
const row = ({ id, number }: Contact, named = true) => ({
  ...{ phone_number: number, channel: "sms", call_type: "informational", instruction: "Sunday, 2 pm." },
  ...(named ? { source_record_id: String(id) } : {}),
});
const submit = async (rows: object[]): Promise<string> => {
  const { status, body } = await submitBatch(world, rows, { source_system: "followupboss" });
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body.batch_id;
};

test("a batch texts nobody who carries a blocking tag, named, found before or known by number alone; its people are read together", async () => {
  const [free, tagged, opted, matched, stranger, bare] = [40, 41, 42, 43, 44, 45].map((nth) =>
    addContact(world, nth, {}, nth !== 44),
  ) as [Contact, Contact, Contact, Contact, Contact, Contact];
  await untilDelivered(world, await textTo(world, matched));
  // Its person is found in Follow Up Boss beside it.
  await untilQuiet(world);
  const before = received(world, matched).length;
  tag(tagged, "no  calls please");
  for (const contact of [opted, matched, bare]) tag(contact, "Do Not Contact");
  const asked = fub().requests.length;
  const unnamed = [matched, stranger, bare].map((contact) => row(contact, false));
  const id = await submit([row(free), row(tagged), row(opted), ...unnamed]);
  expect(await untilBatchEnded(world, id)).toMatchObject({
    outcomes: { delivered: 2, opted_out: 4 },
  });
  for (const contact of [tagged, opted, bare]) expect(received(world, contact)).toEqual([]);
  expect(received(world, matched)).toHaveLength(before);
  for (const contact of [free, stranger]) expect(received(world, contact)).toHaveLength(1);
  const pages = fub()
    .requests.slice(asked)
    .filter(({ path, query }) => path === "/people" && query.id !== undefined);
  expect(pages.length).toBeLessThanOrEqual(2);
});

test("while the key is refused a batch stops with the reason, a single text waits for a person, and both go on", async () => {
  const [first, second] = [addContact(world, 50), addContact(world, 51)];
  await untilQuiet(world);
  fub().faults.add({ ...PEOPLE, status: 401, times: 1 });
  const id = await submit([row(first)]);
  const stopped = await untilBatchEnded(world, id);
  expect(stopped).toMatchObject({ status: "failed", done: 0 });
  expect(stopped.message).toContain("did not accept the API key. The campaign was stopped.");
  // Once for the outreach, once for the work that finds its person beside it.
  fub().faults.add({ ...PEOPLE, status: 403, times: 2 });
  const single = await textTo(world, second);
  const parked = await waitFor("it to be set aside", async () => {
    const outreach = await readOutreach(world, single);
    return outreach.status === "paused" ? outreach : undefined;
  });
  expect(parked.history.at(-1)?.detail).toContain("could not be looked up in the CRM");
  expect([...received(world, first), ...received(world, second)]).toEqual([]);
  await waitFor("both refusals", () => fub().faults.list().length === 0 || undefined);
  await controlOutreach(world, single, "resume");
  await untilDelivered(world, single);
  await admin(world, "POST", `/campaigns/${id}/resume`, {});
  expect(await untilBatchEnded(world, id)).toMatchObject({ status: "completed", outcomes: { delivered: 1 } });
});

test("while the CRM does not answer, a batch waits and tries again by itself", async () => {
  const late = addContact(world, 60);
  await untilQuiet(world);
  fub().faults.add({ ...PEOPLE, status: 503, times: 6 });
  const id = await submit([row(late)]);
  await waitFor("all tries", () => {
    clock.shift(60_000);
    return fub().faults.list().length === 0 || undefined;
  });
  expect(received(world, late)).toEqual([]);
  expect(await readBatch(world, id)).toMatchObject({ status: "running", done: 0 });
  await waitFor("its end", async () => {
    clock.shift(120_000);
    return (await readBatch(world, id)).status === "completed" ? true : undefined;
  });
  expect(received(world, late)).toHaveLength(1);
});
