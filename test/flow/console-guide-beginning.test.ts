// The guide before anybody was seen in Follow Up Boss: the key campaigns need, and phones compared with profiles as read.
import { afterAll, beforeAll, expect, test } from "vitest";
import { crmUsersSchema } from "../../shared/console/crm-users.schema.ts";
import { type GuideStep, guideSchema } from "../../shared/console/guide.schema.ts";
import { askConsole, tellConsole } from "../helpers/console-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const save = (tenant: object) =>
  tellConsole(world, "POST", "/settings", {
    revision: null,
    setup: { tenants: [{ domain_name: "fub-test", ...tenant }] },
  });
async function step(id: string, userId: string | null = null): Promise<GuideStep | undefined> {
  const { sections } = await askConsole(world, guideSchema, "/tenants/fub-test/guide");
  return sections.flatMap(({ steps }) => steps).find((one) => one.id === id && one.user_id === userId);
}

test("the call-management key is a step of its own, since the campaign app does not open without it", async () => {
  expect(await step("A1.5")).toMatchObject({ state: "proven", here: ["tenant.call_management_api_key"] });
  expect((await save({ call_management_api_key: "" })).status).toBe(200);
  expect(await step("A1.5")).toMatchObject({ state: "waiting" });
});

test("once the account's people were read, an agent's phone is compared with the profile that has their e-mail", async () => {
  expect((await save({ users: [{ id: "u2", fub_api_key: "" }] })).status).toBe(200);
  await askConsole(world, crmUsersSchema, "/tenants/fub-test/crm-users?key=tenant");
  expect(await step("A2.6", "u2")).toMatchObject({ state: "proven" });
  const wrong = { id: "u2", default_broker_phone: "+14165550199" };
  expect((await save({ users: [wrong] })).status).toBe(200);
  expect(await step("A2.6", "u2")).toMatchObject({ state: "failed" });
});
