// Whom other programs mean: by a number and an address at once, and by an id that Follow Up Boss does not know.
import { afterAll, beforeAll, expect, test } from "vitest";
import { submitBatch, untilBatchEnded } from "../helpers/bulk-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { journalOf, readOutreach, startOutreach, untilCrm, untilQuiet } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const calledPeople = () => account().calls.map(({ personId }) => personId);

test("somebody with a new number is found by the address that came with it, and nobody is added", async () => {
  const before = account().people.length;
  const started = { phone_number: "9055550171", client_email: "Nivia@people.example" };
  await untilCrm(world, await startOutreach(world, started), "written");
  const { body } = await submitBatch(world, [
    { phone_number: "9055550172", email: "sam@people.example", instruction: "Invite" },
  ]);
  await untilBatchEnded(world, body.batch_id);
  await untilQuiet(world);
  expect(calledPeople()).toEqual([107, 108]);
  expect(account().people).toHaveLength(before);
});

test("a new person is added with both", async () => {
  const id = await startOutreach(world, {
    channel: "email",
    phone_number: "9055550173",
    email_address: "new.person@people.example",
  });
  await untilCrm(world, id, "written");
  const added = account().people.filter(({ phones }) =>
    phones.some(({ value }) => /9055550173$/.test(value)),
  );
  expect(added.map(({ emails }) => emails.map(({ value }) => value))).toEqual([
    ["new.person@people.example"],
  ]);
});

test("the guide's own example, whose id Follow Up Boss does not know, is written onto whoever has the number", async () => {
  const id = await startOutreach(world, {
    phone_number: "+16475550131",
    source_record_id: "12345",
    source_org_id: "fub-test",
    source_system: "followupboss",
    type: "informational",
    channel: "sms",
  });
  await untilCrm(world, id, "written");
  expect(account().notes.filter(({ personId }) => personId === 107)).toHaveLength(1);
  expect((await readOutreach(world, id)).person_id).toBe("107");
  expect(await journalOf(world, `event=person.found&engagement_id=${id}`)).toMatchObject([
    { severity: "warn", message: expect.stringContaining("the id 12345") },
  ]);
});
