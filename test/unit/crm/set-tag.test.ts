// One tag of a person in either CRM: set beside the others, taken away without losing them.
import { afterEach, expect, test } from "vitest";
import { AS_SYNC, type FubSetup, startFubClient } from "../../helpers/start-fub-client.ts";

let setup: FubSetup | undefined;
afterEach(async () => {
  await setup?.fub.close();
  setup = undefined;
});
const person = { id: 12, name: "Nivia", tags: ["Buyer", " do not  contact", "Relocating"] };

test("is set with a request that keeps the others", async () => {
  setup = await startFubClient();
  setup.fub.say({ body: { id: 12 } });
  await setup.crm.setTag("12", { tag: "Do Not Contact", on: true }, AS_SYNC);
  expect(setup.fub.requests).toMatchObject([
    { method: "PUT", path: "/v1/people/12", json: { tags: ["Do Not Contact"] } },
  ]);
  expect(setup.fub.requests[0]?.query.get("mergeTags")).toBe("true");
});

test("is taken away in whatever spelling it stands there, the others stay", async () => {
  setup = await startFubClient();
  setup.fub.say({ body: person }, { body: { id: 12 } });
  await setup.crm.setTag("12", { tag: "Do Not Contact", on: false }, AS_SYNC);
  expect(setup.fub.requests[1]).toMatchObject({ method: "PUT", json: { tags: ["Buyer", "Relocating"] } });
});

test("needs no request where it is not carried, or nobody is there any more", async () => {
  setup = await startFubClient();
  setup.fub.say({ body: { ...person, tags: ["Buyer"] } }, { status: 404 });
  await setup.crm.setTag("12", { tag: "Do Not Contact", on: false }, AS_SYNC);
  await setup.crm.setTag("12", { tag: "Do Not Contact", on: false }, AS_SYNC);
  expect(setup.fub.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
});
