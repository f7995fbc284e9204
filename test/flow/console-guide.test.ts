// The console's guide: every step is proven by what was observed, with its time and evidence, and by nothing else.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GuideStep, guideSchema, trackChangeSchema } from "../../shared/console/guide.schema.ts";
import { listEngagements, readJournal, untilJournalled } from "../helpers/admin-client.ts";
import { askConsole, refusalIn, tellConsole } from "../helpers/console-client.ts";
import { openSigned, startOn, untilEnded, waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
  expect((await save({ platform: { SERVER_URL: world.url } })).status).toBe(200);
});
afterAll(() => world.close());

const guide = (slug: string) => askConsole(world, guideSchema, `/tenants/${slug}/guide`);
async function step(slug: string, id: string, userId: string | null = null): Promise<GuideStep> {
  const steps = (await guide(slug)).sections.flatMap((section) => section.steps);
  const found = steps.find((one) => one.id === id && one.user_id === userId);
  if (!found) throw new Error(`no step ${id} of ${userId}`);
  return found;
}
const untilProven = (slug: string, id: string, userId: string | null = null): Promise<GuideStep> =>
  waitFor(`${id} of ${userId ?? slug} to be proven`, async () => {
    const found = await step(slug, id, userId);
    return found.state === "proven" ? found : undefined;
  });
const save = (setup: unknown) => tellConsole(world, "POST", "/settings", { revision: null, setup });
const fub = (domain: string) => world.sandbox.fub.account(domain);

/** Opens the app as this user of the account and calls somebody with it. */
async function callAs(
  domain: string,
  userId: number,
  personId: number,
  domainName?: string,
): Promise<string> {
  const named = domainName === undefined ? {} : { domainName };
  const page = await openSigned(world.url, { account: fub(domain), userId, personId, ...named });
  expect(page.model.state).toBe("ready");
  const started = await startOn(world.url, page.model.session, { channel: "phone" });
  const id = started.body.engagement_id ?? "";
  await untilEnded(world.url, page.model.session, id);
  return id;
}

describe("Track A", () => {
  test("has the seed's parts, a column per agent, and nothing proven that was not seen", async () => {
    const before = await guide("fub-test");
    expect(before.sections.map(({ id, layout }) => [id, layout])).toEqual([
      ["platform", "stepper"],
      ["A1", "stepper"],
      ["A2", "stepper"],
      ["A3", "list"],
      ["A4", "table"],
      ["checklist", "list"],
      ["tags", "list"],
    ]);
    expect(before.agents).toEqual([
      { user_id: "u1", name: "Ann One" },
      { user_id: "u2", name: "Ben Two" },
    ]);
    for (const id of ["A4.1", "A4.2", "A4.3", "A4.4"]) {
      expect(await step("fub-test", id, "u1")).toMatchObject({ state: "waiting", at: null, evidence: null });
    }
    expect((await step("fub-test", "A1.4a")).copy).toEqual([
      {
        label: "Address of the app for one contact",
        text: `${world.url}/integration/followupboss/embed`,
      },
    ]);
    const connected = await untilProven("fub-test", "A1.3");
    expect(connected.sentence).toContain("Maple Street Realty");
    expect((await untilProven("fub-test", "A1.2")).sentence).toContain("“fub-test”, as here");
  });

  test("one agent's call proves that agent's checks only, each with what proves it", async () => {
    const id = await callAs("fub-test", 2, 107);
    const opened = await untilJournalled(world, { event: "embed.opened", user_id: "u1" });
    expect(await untilProven("fub-test", "A4.1", "u1")).toMatchObject({
      at: opened.at,
      evidence: { journal_seq: opened.seq },
    });
    expect(await untilProven("fub-test", "A4.2", "u1")).toMatchObject({
      sentence: "The call went out from (416) 555-0111.",
      evidence: { engagement_id: id },
    });
    expect(await untilProven("fub-test", "A4.3", "u1")).toMatchObject({
      sentence: "The call stands on person 107.",
      evidence: { engagement_id: id },
    });
    for (const check of ["A4.1", "A4.2", "A4.3", "A4.4"])
      expect((await step("fub-test", check, "u2")).state).toBe("waiting");
    expect(await step("fub-test", "AC.7")).toMatchObject({ state: "waiting" });
  });

  test("a phone that does not agree fails the step, and a call from another number the check", async () => {
    await save({
      tenants: [{ domain_name: "fub-test", users: [{ id: "u1", default_broker_phone: "+14165550177" }] }],
    });
    expect(await step("fub-test", "A2.6", "u1")).toMatchObject({ state: "failed" });
    const call = await step("fub-test", "A4.2", "u1");
    expect(call).toMatchObject({
      state: "failed",
      sentence: "The call went out from (416) 555-0111, not from (416) 555-0177.",
    });
    await save({
      tenants: [{ domain_name: "fub-test", users: [{ id: "u1", default_broker_phone: "+14165550111" }] }],
    });
    expect((await step("fub-test", "A4.2", "u1")).state).toBe("proven");
  });

  test("a domain that is not the brokerage's name fails, also in the checklist", async () => {
    const account = fub("fub-test");
    account.domain = "another-name";
    await tellConsole(world, "POST", "/test-connection", { domain_name: "fub-test" });
    const failed = await step("fub-test", "A1.2");
    expect(failed).toMatchObject({
      state: "failed",
      sentence: "The account's domain is “another-name”, but the brokerage is called “fub-test”.",
    });
    expect((await step("fub-test", "AC.1")).state).toBe("failed");
    account.domain = "fub-test";
    await tellConsole(world, "POST", "/test-connection", { domain_name: "fub-test" });
    expect((await step("fub-test", "AC.1")).state).toBe("proven");
  });

  test("what cannot be seen is ticked and unticked, per agent; what can be seen cannot be ticked", async () => {
    const tick = (id: string, done: boolean, user_id: string | null) =>
      tellConsole(world, "PUT", `/tenants/fub-test/guide/${id}`, { done, user_id });
    expect((await tick("A3.1", true, "u1")).status).toBe(200);
    expect(await step("fub-test", "A3.1", "u1")).toMatchObject({ kind: "tick", state: "ticked" });
    expect((await step("fub-test", "A3.1", "u2")).state).toBe("waiting");
    await tick("A3.1", false, "u1");
    expect((await step("fub-test", "A3.1", "u1")).state).toBe("waiting");
    expect(refusalIn(await tick("A4.2", true, "u1"))).toMatchObject({ status: 409, code: "wrong_state" });
    expect(refusalIn(await tick("A3.1", true, "nobody")).status).toBe(404);
    expect(refusalIn(await tick("Z9", true, null)).status).toBe(404);
  });

  test("start by tag: the tag, the webhook, and a person who was really called", async () => {
    expect((await step("fub-test", "T.1")).state).toBe("proven");
    expect((await step("fub-test", "T.2")).state).toBe("waiting");
    await tellConsole(world, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
    expect((await untilProven("fub-test", "T.2")).at).not.toBeNull();
    expect((await step("fub-test", "T.3")).state).toBe("waiting");
    world.sandbox.fub.addTag("fub-test", [108], "Aventora Call");
    const called = await untilProven("fub-test", "T.3");
    const started = (await listEngagements(world)).find((one) => one.source === "tag");
    expect(called.evidence?.engagement_id).toBe(started?.engagement_id);
  });
});

describe("Track B", () => {
  test("what an agent sees and writes stays in their own account, proven by both", async () => {
    await waitFor("both keys to be known", async () =>
      (await step("fub-solo", "B3.2", "dev")).state === "proven" ? true : undefined,
    );
    expect(await step("fub-solo", "B3.5", "cara")).toMatchObject({ state: "waiting" });
    const id = await callAs("solo-cara", 1, 1, "fub-solo");
    const own = await untilProven("fub-solo", "B3.5", "cara");
    const [opened] = await readJournal(world, { event: "embed.opened", user_id: "cara" });
    expect(own.sentence).toContain("solo-cara, which no other agent's key is of");
    expect(own.evidence?.journal_seq).toBe(opened?.seq);
    expect(await untilProven("fub-solo", "B3.4", "cara")).toMatchObject({
      sentence: "All of it went to solo-cara.",
      evidence: { engagement_id: id },
    });
    expect((await untilProven("fub-solo", "B1.3")).sentence).toContain("solo-cara found “fub-solo”");
    expect(await step("fub-solo", "B3.1", "cara")).toMatchObject({ state: "waiting" });
  });

  test("a key of the same account for two agents fails it for both", async () => {
    await save({
      tenants: [
        { domain_name: "fub-solo", users: [{ id: "dev", fub_api_key: world.world.keys.cara.ownerKey }] },
      ],
    });
    await waitFor("the shared account to be seen", async () =>
      (await step("fub-solo", "B3.5", "cara")).state === "failed" ? true : undefined,
    );
    expect((await step("fub-solo", "B3.5", "cara")).sentence).toContain(
      "Dev Patel's key is of the same account",
    );
  });
});

test("a change of track is explained before it is made, and changes nothing", async () => {
  const before = await guide("fub-test");
  const change = await askConsole(world, trackChangeSchema, "/tenants/fub-test/track-change?to=B");
  expect(change).toMatchObject({ from: "A", to: "B" });
  expect(change.changes.join(" ")).toContain("?domain_name=fub-test");
  expect((await guide("fub-test")).track).toBe(before.track);
  const back = await askConsole(world, trackChangeSchema, "/tenants/fub-solo/track-change?to=A");
  expect(back.todo).toContain("Enter the brokerage's API key and run Test connection.");
  expect(refusalIn(await tellConsole(world, "GET", "/tenants/fub-test/track-change?to=C")).status).toBe(400);
  expect(refusalIn(await tellConsole(world, "GET", "/tenants/nobody/guide")).status).toBe(404);
});
