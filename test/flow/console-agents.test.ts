// The console's agents: testing keys, taking people over from Follow Up Boss, and the identity matrix.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consoleTestResultSchema } from "../../shared/console/connection.schema.ts";
import { crmUsersSchema } from "../../shared/console/crm-users.schema.ts";
import { type IdentityRow, identityMatrixSchema } from "../../shared/console/identity.schema.ts";
import { settingsViewSchema } from "../../shared/console/settings.schema.ts";
import { untilJournalled } from "../helpers/admin-client.ts";
import { askConsole, refusalIn, tellConsole } from "../helpers/console-client.ts";
import { openSigned, startOn, untilEnded } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const [OLIVE, ANN, BEN] = [1, 2, 3];
let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const testKey = (body: Readonly<Record<string, unknown>>) =>
  askConsole(world, consoleTestResultSchema, "/test-connection", {
    method: "POST",
    body: { domain_name: "fub-test", ...body },
  });
const save = (setup: unknown) => tellConsole(world, "POST", "/settings", { revision: null, setup });
const saveUser = (tenant: string, user: object) =>
  save({ tenants: [{ domain_name: tenant, users: [user] }] });
const matrix = (slug: string) => askConsole(world, identityMatrixSchema, `/tenants/${slug}/identity`);
async function rowOf(slug: string, id: string): Promise<IdentityRow> {
  const row = (await matrix(slug)).rows.find((one) => one.user_id === id);
  if (!row) throw new Error(`no row for ${id}`);
  return row;
}
const problemsOf = (row: IdentityRow): string[] => row.problems.map(({ id }) => id);
const openA = (userId: number) =>
  openSigned(world.url, { account: world.sandbox.fub.account("fub-test"), userId, personId: 101 });

describe("testing a key", () => {
  test("works on the saved key, masked or left out, and tells whose it is", async () => {
    for (const typed of [{}, { fub_api_key: "" }, { fub_api_key: "••••••••f3" }]) {
      const result = await testKey(typed);
      expect(result).toMatchObject({ success: true, tested: "saved", remedy: null });
      expect([result.account?.domain, result.user?.name, result.user?.is_owner]).toEqual([
        "fub-test",
        "Olive Owner",
        true,
      ]);
    }
  });

  test("works on a key that is only typed, also for a brokerage that does not exist yet", async () => {
    const result = await testKey({
      domain_name: "not-saved-yet",
      fub_api_key: world.world.keys.cara.ownerKey,
    });
    expect(result).toMatchObject({ success: true, tested: "typed" });
    expect(result.account?.domain).toBe("solo-cara");
  });

  test("works per agent, and says when the key is somebody else's", async () => {
    expect(await testKey({ user_id: "u1" })).toMatchObject({
      success: true,
      tested: "saved",
      warnings: [],
      user: { name: "Ann One" },
    });
    const wrong = await testKey({ user_id: "u1", fub_api_key: world.world.keys.fubTest.benKey });
    expect(wrong.warnings[0]?.sentence).toBe("This is Ben Two's key, which is already entered for Ben Two.");
    const foreign = await testKey({ user_id: "u1", fub_api_key: world.world.keys.dev.ownerKey });
    expect(foreign.warnings[0]?.sentence).toContain("not of the brokerage's");
  });

  test("a refused one comes with what to do, and is remembered as refused only when it is the saved one", async () => {
    const typed = await testKey({ fub_api_key: "fka_nobody" });
    expect(typed).toMatchObject({ success: false, code: "crm_unauthorized", tested: "typed" });
    expect(typed.remedy).toContain("Copy the key again");
    await saveUser("fub-test", { id: "u2", fub_api_key: "fka_revoked_since_long_ago" });
    expect(await testKey({ user_id: "u2" })).toMatchObject({ success: false, tested: "saved" });
    expect(problemsOf(await rowOf("fub-test", "u2"))).toContain("key_refused");
    const { secrets } = await askConsole(world, settingsViewSchema, "/settings");
    expect(secrets["user/fub-test/u2/fub_api_key"]?.last_used?.accepted).toBe(false);
    await saveUser("fub-test", { id: "u2", fub_api_key: world.world.keys.fubTest.benKey });
    await expect.poll(async () => (await rowOf("fub-test", "u2")).key.works).toBe(true);
  });

  test("an agent without a key of their own is told so", async () => {
    await saveUser("fub-test", { id: "u3", name: "New Agent", default_broker_phone: "416 555 0199" });
    const result = await testKey({ user_id: "u3" });
    expect(result).toMatchObject({ success: false, tested: "none" });
    expect(result.message).toBe("This agent has no Follow Up Boss API key of their own.");
  });
});

describe("taking people over", () => {
  test("numbers are in one form, agents are recognised, and doubles are named", async () => {
    const olive = world.sandbox.fub.account("fub-test").users.find((user) => user.id === OLIVE);
    if (!olive) throw new Error("no Olive");
    olive.phone = "416-555-0122 ";
    const found = await askConsole(world, crmUsersSchema, "/tenants/fub-test/crm-users?key=tenant");
    expect(found).toMatchObject({ key: "tenant", complete: true, account: { domain: "fub-test" } });
    expect(found.users.map((user) => [user.name, user.phones[0]?.e164, user.agent?.user_id])).toEqual([
      ["Olive Owner", "+14165550122", "u2"],
      ["Ann One", "+14165550111", "u1"],
      ["Ben Two", "+14165550122", "u2"],
    ]);
    const [first, second] = found.users;
    expect(first?.problems.map(({ kind }) => kind)).toEqual(["same_phone"]);
    expect(first?.problems[0]?.sentence).toContain("Ben Two has the same phone, (416) 555-0122");
    expect(second).toMatchObject({ suggested_id: "ann", problems: [], agent: { matched_by: "phone" } });
    olive.phone = "(416) 555-0100";
    await askConsole(world, crmUsersSchema, "/tenants/fub-test/crm-users");
  });

  test("needs a key that works", async () => {
    const none = refusalIn(await tellConsole(world, "GET", "/tenants/fub-solo/crm-users?key=tenant"));
    expect([none.status, none.code]).toEqual([502, "crm_unauthorized"]);
    const solo = await askConsole(world, crmUsersSchema, "/tenants/fub-solo/crm-users?key=cara");
    expect(solo.users.map((user) => user.name)).toEqual(["Cara Chen"]);
    expect(refusalIn(await tellConsole(world, "GET", "/tenants/nobody/crm-users")).status).toBe(404);
  });
});

describe("the identity matrix", () => {
  test("shows what agrees, from the profile to the last outreach, and when it was seen", async () => {
    const page = await openA(ANN);
    const started = await startOn(world.url, page.model.session, { channel: "phone" });
    await untilEnded(world.url, page.model.session, started.body.engagement_id ?? "");
    const opened = await untilJournalled(world, { event: "embed.opened", user_id: "u1" });
    const row = await rowOf("fub-test", "u1");
    expect(row).toMatchObject({
      crm_user: { id: "2", name: "Ann One" },
      matched_by: "phone",
      phone_here: { e164: "+14165550111" },
      phones_there: [{ e164: "+14165550111" }],
      phones_agree: true,
      key: { used: "own", works: true, whose: { user_name: "Ann One", account_domain: "fub-test" } },
      embed_seen: { journal_seq: opened.seq, at: opened.at },
      last_outreach: {
        engagement_id: started.body.engagement_id,
        from_number: "+14165550111",
        ok: true,
        sentence: "To Ann One, from (416) 555-0111.",
      },
      problems: [],
    });
  });

  test("is red where calls would be misattributed", async () => {
    await saveUser("fub-test", { id: "u1", fub_api_key: world.world.keys.fubTest.benKey });
    await expect.poll(async () => problemsOf(await rowOf("fub-test", "u1"))).toContain("key_of_other");
    const row = await rowOf("fub-test", "u1");
    const problem = row.problems.find(({ id }) => id === "key_of_other");
    expect(problem?.sentence).toContain("Ann One's key is Ben Two's");
    expect(problem).toMatchObject({ severity: "error", column: "key" });
    await saveUser("fub-test", { id: "u1", fub_api_key: "", default_broker_phone: "+1 416 555 0187" });
    const changed = await rowOf("fub-test", "u1");
    expect(changed.key.used).toBe("brokerage");
    expect(changed.phones_agree).toBe(false);
    expect(problemsOf(changed)).toEqual(["phone_differs", "wrong_caller"]);
  });

  test("names who works as nobody", async () => {
    expect((await openA(OLIVE)).model.state).toBe("ready");
    await untilJournalled(world, { event: "embed.opened" }, (entry) => entry.user_id === null);
    expect((await matrix("fub-test")).strangers).toMatchObject([
      { crm_user_id: "1", name: "Olive Owner", account_domain: "fub-test" },
    ]);
  });

  test("in Track B wants a key of each agent's own, from an account of their own", async () => {
    const before = await matrix("fub-solo");
    expect(before.rows.map((row) => row.account?.domain)).toEqual(["solo-cara", "solo-dev"]);
    await saveUser("fub-solo", { id: "dev", fub_api_key: "" });
    expect(problemsOf(await rowOf("fub-solo", "dev"))).toContain("no_key");
    await saveUser("fub-solo", { id: "dev", fub_api_key: world.world.keys.cara.ownerKey });
    await expect.poll(async () => problemsOf(await rowOf("fub-solo", "dev"))).toContain("same_account");
  });

  test("says it when two people were taken for one agent", async () => {
    const ben = world.sandbox.fub.account("fub-test").users.find((user) => user.id === BEN);
    if (!ben) throw new Error("no Ben");
    await openA(BEN);
    await untilJournalled(world, { event: "embed.opened", user_id: "u2" });
    await saveUser("fub-test", { id: "u2", display_number: "+14165550100" });
    await openA(OLIVE);
    await expect.poll(async () => problemsOf(await rowOf("fub-test", "u2"))).toContain("two_people");
  });
});
