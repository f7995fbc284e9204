// Removing a brokerage or an agent at the console, what happens to what depends on them, and taking it back.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removedSchema, settingsViewSchema, undoneSchema } from "../../shared/console/settings.schema.ts";
import { listEngagements, untilJournalled } from "../helpers/admin-client.ts";
import { askConsole, refusalIn, tellConsole } from "../helpers/console-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld({ environment: { SERVER_URL: "https://gateway.example" } });
  const answer = await tellConsole(world, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
  expect(answer.status).toBe(200);
});
afterAll(() => world.close());

const view = () => askConsole(world, settingsViewSchema, "/settings");
const remove = (path: string, revision: string | null = null) =>
  askConsole(world, removedSchema, path, { method: "DELETE", body: { revision } });
const deliver = async (slug: string): Promise<number> =>
  (await fetch(`${world.url}/integration/followupboss/webhook/${slug}`, { method: "POST", body: "{}" }))
    .status;
const hooksAtFub = () => world.sandbox.fub.webhooks.filter((hook) => hook.url.includes("/webhook/fub-test"));

async function startLater(): Promise<string> {
  const response = await fetch(`${world.url}/integration/start`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${world.setup.tenants?.[0]?.call_management_api_key}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      domain_name: "fub-test",
      phone_number: "+14165550131",
      scheduled_time: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  });
  const { engagement_id } = (await response.json()) as { engagement_id: string };
  return engagement_id;
}

test("a brokerage goes with its keys, its waiting outreach and its webhooks; its address then says 410", async () => {
  const waiting = await startLater();
  expect(hooksAtFub().length).toBeGreaterThan(0);
  const before = await view();
  const removed = await remove("/tenants/fub-test", before.revision);
  expect(removed.said).toEqual([
    "1 outreach that had not begun was canceled.",
    expect.stringMatching(/^\d+ webhooks of this gateway were removed at Follow Up Boss\.$/),
  ]);
  expect(hooksAtFub()).toEqual([]);
  const engagement = (await listEngagements(world)).find((one) => one.engagement_id === waiting);
  expect(engagement?.status).toBe("canceled");
  await untilJournalled(world, { engagement_id: waiting }, (entry) =>
    entry.message.includes("Removing the brokerage fub-test asked to cancel it"),
  );
  const after = await view();
  expect(after.tenants.map((tenant) => tenant.domain_name)).toEqual(["fub-solo"]);
  expect(Object.keys(after.secrets).filter((name) => name.includes("/fub-test/"))).toEqual([]);
  expect(await deliver("fub-test")).toBe(410);
  expect(await deliver("never-here")).toBe(404);

  const undone = await askConsole(world, undoneSchema, `/undo/${removed.undo.token}`, { method: "POST" });
  expect(undone.sentence).toContain("fub-test is back");
  const back = await view();
  expect(back.tenants).toEqual(before.tenants);
  expect(Object.keys(back.secrets).sort()).toEqual(Object.keys(before.secrets).sort());
  expect(back.revision).toBe(before.revision);
  expect(await deliver("fub-test")).toBe(401);
  await waitFor("the webhooks to be registered again", () =>
    Promise.resolve(hooksAtFub().length > 0 || undefined),
  );
  const again = refusalIn(await tellConsole(world, "POST", `/undo/${removed.undo.token}`));
  expect([again.status, again.code]).toEqual([404, "undo_expired"]);
});

test("the keys that come back are the keys that went", async () => {
  await expect
    .poll(async () => (await view()).secrets["tenant/fub-test/fub_api_key"]?.last_used?.accepted)
    .toBe(true);
  expect((await view()).secrets["user/fub-test/u1/fub_api_key"]?.hint).toBe(
    world.world.keys.fubTest.annKey.slice(-2),
  );
});

test("an agent goes alone, and comes back to their place", async () => {
  const before = await view();
  const removed = await remove("/tenants/fub-test/users/u1", before.revision);
  const without = await view();
  expect(without.tenants[0]?.users.map((user) => user.id)).toEqual(["u2"]);
  expect(without.secrets["user/fub-test/u1/fub_api_key"]).toBeUndefined();
  expect(without.secrets["user/fub-test/u2/fub_api_key"]).toBeDefined();
  await askConsole(world, undoneSchema, `/undo/${removed.undo.token}`, { method: "POST" });
  expect((await view()).tenants).toEqual(before.tenants);
});

test("whoever has not seen the present settings removes nothing", async () => {
  const refused = refusalIn(await tellConsole(world, "DELETE", "/tenants/fub-test", { revision: "old" }));
  expect([refused.status, refused.code]).toEqual([409, "settings_changed"]);
  expect((await view()).tenants).toHaveLength(2);
});

test("what is not there cannot be removed, nor brought back over something of the same name", async () => {
  const none = refusalIn(await tellConsole(world, "DELETE", "/tenants/nobody", { revision: null }));
  expect([none.status, none.code]).toEqual([404, "tenant_not_found"]);
  const removed = await remove("/tenants/fub-solo");
  await tellConsole(world, "POST", "/settings", {
    revision: null,
    setup: { tenants: [{ domain_name: "fub-solo" }] },
  });
  expect(await deliver("fub-solo")).toBe(401);
  const taken = refusalIn(await tellConsole(world, "POST", `/undo/${removed.undo.token}`));
  expect([taken.status, taken.code]).toEqual([409, "wrong_state"]);
  expect(taken.message).toContain("There is a brokerage fub-solo again");
});

test("that a brokerage was removed outlives a restart, its keys do not", async () => {
  await remove("/tenants/fub-solo");
  await world.gateway.stop();
  const file = readFileSync(join(world.dataDir, "settings.json"), "utf8");
  expect(JSON.parse(file).settings.removed_tenants).toEqual(["fub-solo"]);
  expect(file).not.toContain("user/fub-solo/");
});
