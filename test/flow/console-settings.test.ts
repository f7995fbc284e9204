// The console's settings: what is shown of them, saving, and two consoles that save at once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { savedSettingsSchema, settingsViewSchema } from "../../shared/console/settings.schema.ts";
import { askConsole, refusalIn, tellConsole } from "../helpers/console-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld({
    environment: { FUB_SYSTEM: "Aventora", FUB_EMBEDDED_APP_SECRET: "from-the-environment-0123456789" },
    setup: (setup) => ({ ...setup, platform: { FUB_SYSTEM_KEY: setup.platform?.FUB_SYSTEM_KEY } }),
  });
});
afterAll(() => world.close());

const read = () => askConsole(world, settingsViewSchema, "/settings");
const save = (revision: string | null, setup: unknown) =>
  tellConsole(world, "POST", "/settings", { revision, setup });

describe("what is shown", () => {
  test("settings as they are in force, addresses to paste, and where each value comes from", async () => {
    const view = await read();
    expect(view.tenants.map((tenant) => tenant.domain_name)).toEqual(["fub-test", "fub-solo"]);
    expect(view.platform.FUB_API_BASE_URL).toBe(`${world.sandboxUrl}/v1`);
    expect(view.locks).toContainEqual({ name: "FUB_API_BASE_URL", by: "the environment" });
    expect(view.vault).toMatchObject({ kind: "file", ok: true });
    expect(view.public_address_set).toBe(false);
    expect(view.embed_urls["fub-test"]).toEqual({
      embed: `${world.url}/integration/followupboss/embed`,
      campaign: `${world.url}/integration/followupboss/campaign`,
      webhook: `${world.url}/integration/followupboss/webhook/fub-test`,
    });
    expect(view.embed_urls["fub-solo"]).toMatchObject({
      embed: `${world.url}/integration/followupboss/embed?domain_name=fub-solo`,
      campaign: `${world.url}/integration/followupboss/campaign?domain_name=fub-solo`,
    });
  });

  test("of a secret only when it was set, how it ends, and when it was last accepted", async () => {
    const key = world.world.keys.fubTest.ownerKey;
    await expect
      .poll(async () => (await read()).secrets["tenant/fub-test/fub_api_key"]?.last_used?.accepted)
      .toBe(true);
    const { secrets } = await read();
    const facts = secrets["tenant/fub-test/fub_api_key"];
    expect(facts).toMatchObject({ from: "vault", hint: key.slice(-2) });
    expect(Date.parse(facts?.set_at ?? "")).toBeLessThanOrEqual(Date.now());
    expect(facts?.last_used?.sentence).toContain("Maple Street Realty");
    expect(secrets["platform/FUB_EMBEDDED_APP_SECRET"]).toEqual({
      from: "environment",
      set_at: null,
      hint: "89",
      last_used: null,
    });
    expect(Object.keys(secrets).filter((name) => name.startsWith("internal/"))).toEqual([]);
    expect(secrets["tenant/fub-test/webhook_secret"]).toBeUndefined();
  });

  test("a short secret tells nothing of itself", async () => {
    const { revision } = await read();
    await save(revision, { tenants: [{ domain_name: "fub-test", hub_webhook_secret: "fifteen-letters" }] });
    expect((await read()).secrets["tenant/fub-test/hub_webhook_secret"]?.hint).toBeNull();
  });
});

describe("saving", () => {
  test("changes what is named, says what it did, and gives the new revision", async () => {
    const before = await read();
    const answer = await save(before.revision, {
      platform: { HOST: "localhost" },
      tenants: [{ domain_name: "fub-test", cool_down_minutes: 5 }],
    });
    const saved = savedSettingsSchema.parse(answer.body);
    expect(saved.changes).toEqual([
      { what: "platform", result: "updated" },
      { what: "tenant fub-test", result: "updated" },
    ]);
    expect(saved.needs_restart).toEqual(["HOST"]);
    expect(saved.revision).not.toBe(before.revision);
    const after = await read();
    expect(after.revision).toBe(saved.revision);
    expect(after.tenants[0]?.cool_down_minutes).toBe(5);
  });

  test("with a field that is not right changes nothing and names it", async () => {
    const { revision } = await read();
    const wrong = { tenants: [{ domain_name: "fub-test", cool_down_minutes: 7, track: "C" }] };
    const refused = refusalIn(await save(revision, wrong));
    expect([refused.status, refused.code]).toEqual([400, "settings_invalid"]);
    expect(refused.details).toEqual([{ path: "tenants[0].track", message: "must be one of: A, B" }]);
    expect((await read()).tenants[0]?.cool_down_minutes).toBe(5);
  });

  test("what the environment fixes cannot be saved over", async () => {
    const { revision } = await read();
    const refused = refusalIn(await save(revision, { platform: { FUB_SYSTEM: "Another" } }));
    expect(refused.details).toEqual([
      { path: "platform.FUB_SYSTEM", message: "is fixed by the environment to another value" },
    ]);
  });
});

describe("two consoles at once", () => {
  test("the later save is told what the other changed, place by place, and nothing of it is applied", async () => {
    const { revision } = await read();
    await save(revision, {
      tenants: [
        {
          domain_name: "fub-test",
          fub_start_call_tag: "Call me",
          fub_embedded_app_secret: "a-new-secret-of-the-other-console",
          users: [{ id: "u1", name: "Ann Once" }, { id: "u9" }],
        },
      ],
    });
    const mine = { tenants: [{ domain_name: "fub-test", cool_down_minutes: 99 }] };
    const refused = refusalIn(await save(revision, mine));
    expect([refused.status, refused.code]).toEqual([409, "settings_changed"]);
    const now = await read();
    expect(refused.details).toEqual({
      revision: now.revision,
      changed: [
        { path: "tenants.fub-test.fub_start_call_tag", theirs: "Call me" },
        { path: "tenants.fub-test.users.u1.name", theirs: "Ann Once" },
        { path: "tenants.fub-test.users.u9", theirs: "added" },
        { path: "secrets.tenant/fub-test/fub_embedded_app_secret" },
      ],
    });
    expect(now.tenants[0]?.cool_down_minutes).toBe(5);
    expect((await save(now.revision, mine)).status).toBe(200);
  });

  test("of two saves that race, one wins and the other is told", async () => {
    const { revision } = await read();
    const answers = await Promise.all(
      [11, 12].map((minutes) =>
        save(revision, { tenants: [{ domain_name: "fub-test", cool_down_minutes: minutes }] }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  test("whose revision nobody remembers is told what it would overwrite", async () => {
    const setup = { tenants: [{ domain_name: "fub-test", fub_start_call_tag: "Mine", track: "A" }] };
    const refused = refusalIn(await save("0000", setup));
    expect(refused.details).toMatchObject({
      changed: [{ path: "tenants.fub-test.fub_start_call_tag", theirs: "Call me" }],
    });
  });

  test("the same content has the same revision after a save that changes nothing", async () => {
    const { revision } = await read();
    const answer = await save(revision, { tenants: [{ domain_name: "fub-test", track: "A" }] });
    expect(savedSettingsSchema.parse(answer.body)).toMatchObject({
      revision,
      changes: [{ what: "tenant fub-test", result: "unchanged" }],
    });
  });
});
