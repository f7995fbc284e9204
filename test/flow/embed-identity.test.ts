// Who an outreach goes out as: Track A agents side by side, Track B accounts apart, and everybody who is not recognised.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import type { SandboxCall } from "../../server/sandbox/sandbox-types.ts";
import type { Setup, UserSetup } from "../../shared/setup.schema.ts";
import { openSigned, readOn, startOn, untilEnded, waitFor } from "../helpers/embed-client.ts";
import { expectRefused } from "../helpers/refused-page.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions } from "../helpers/start-gateway.ts";

const [OLIVE, ANN, BEN] = [1, 2, 3];
let world: TestWorld;

const changeUsers =
  (change: (user: UserSetup) => UserSetup) =>
  (setup: Setup): Setup => ({
    ...setup,
    tenants: (setup.tenants ?? []).map((tenant) => ({ ...tenant, users: (tenant.users ?? []).map(change) })),
  });
const withoutKey = ({ fub_api_key: _, ...user }: UserSetup): UserSetup => user;

const fub = (domain: string) => world.sandbox.fub.account(domain);
const openA = (userId: number, personId = 101) =>
  openSigned(world.url, { account: fub("fub-test"), userId, personId });
const openB = (domain: string, personId = 1) =>
  openSigned(world.url, { account: fub(domain), userId: 1, personId, domainName: "fub-solo" });

/** Starts a call on the page and waits until it stands in Follow Up Boss. */
async function callFrom(page: Awaited<ReturnType<typeof openSigned>>, domain: string): Promise<SandboxCall> {
  expect(page.model.state).toBe("ready");
  const before = new Set(fub(domain).calls);
  const started = await startOn(world.url, page.model.session, { channel: "phone" });
  expect(started.status).toBe(202);
  await untilEnded(world.url, page.model.session, started.body.engagement_id ?? "");
  return waitFor("the call record", () => fub(domain).calls.find((call) => !before.has(call)));
}

const open = (options: TestWorldOptions = {}): void => {
  beforeAll(async () => {
    world = await startTestWorld(options);
  });
  afterAll(() => world.close());
};

describe("Track A: two agents on the same person", () => {
  open();

  test("each call carries the agent's user, number and outcome, and is written with the agent's own key", async () => {
    for (const [userId, fromNumber] of [
      [ANN, "+14165550111"],
      [BEN, "+14165550122"],
    ] as const) {
      const page = await openA(userId);
      expect(page.model.agent).toMatchObject({
        from: fromNumber,
        matched: "matched by phone",
        warning: null,
      });
      expect(await callFrom(page, "fub-test")).toMatchObject({
        personId: 101,
        userId,
        createdById: userId,
        fromNumber,
        toNumber: "+14165550101",
        outcome: "No Answer",
        isIncoming: false,
      });
      const writes = world.sandbox.fub.requests.filter(
        ({ method, path }) => method === "POST" && path === "/calls",
      );
      expect(writes.at(-1)).toMatchObject({ domain: "fub-test", userId });
    }
    expect(fub("fub-test").calls).toHaveLength(2);
    const { recent } = (await openA(ANN)).model;
    expect(recent?.map(({ by }) => by)).toEqual(["Ben Two", "Ann One"]);
  });

  test("somebody who is no agent calls with the brokerage's number, and is warned", async () => {
    const page = await openA(OLIVE, 102);
    expect(page.model.agent).toMatchObject({ from: "+14165550100", matched: "not matched to an agent" });
    expect(page.model.agent?.warning).toContain("brokerage's number");
    const call = await callFrom(page, "fub-test");
    expect(call).toMatchObject({
      userId: OLIVE,
      createdById: OLIVE,
      fromNumber: "+14165550100",
      outcome: "Busy",
    });
  });
});

describe("Track A: an agent without a key of their own", () => {
  open({ setup: changeUsers((user) => (user.id === "u2" ? withoutKey(user) : user)) });

  test("is named as the call's user while the brokerage's key writes it", async () => {
    const call = await callFrom(await openA(BEN, 103), "fub-test");
    expect(call).toMatchObject({
      userId: BEN,
      createdById: OLIVE,
      fromNumber: "+14165550122",
      outcome: "Left Message",
    });
    const write = world.sandbox.fub.requests.find(
      ({ method, path }) => method === "POST" && path === "/calls",
    );
    expect(write).toMatchObject({ domain: "fub-test", userId: OLIVE, body: { userId: BEN } });
  });
});

describe("an agent is recognised", () => {
  const clock = createShiftingClock();
  open({ clock, setup: changeUsers(withoutKey) });

  test("by phone, and once known also after the phone is gone from the profile", async () => {
    expect((await openA(ANN)).model.agent).toMatchObject({ name: "Ann One", matched: "matched by phone" });
    const ann = fub("fub-test").users.find((user) => user.id === ANN);
    if (!ann) throw new Error("no Ann");
    Object.assign(ann, { phone: "", email: "new@elsewhere.example" });
    clock.shift(20 * 60_000);
    const page = await waitFor("the profile to be asked for again", async () => {
      const opened = await openA(ANN);
      return opened.model.agent?.matched === "matched by phone" ? undefined : opened;
    });
    expect(page.model.agent).toMatchObject({
      name: "Ann One",
      from: "+14165550111",
      matched: "matched by Follow Up Boss user",
      warning: null,
    });
  });

  test("by e-mail when the profile has no phone and was never known", async () => {
    Object.assign(fub("fub-test").users.find((user) => user.id === BEN) ?? {}, { phone: "" });
    expect((await openA(BEN)).model.agent).toMatchObject({
      name: "Ben Two",
      matched: "matched by e-mail",
      from: "+14165550122",
    });
  });
});

describe("Track B: accounts of their own", () => {
  const clock = createShiftingClock();
  open({ clock });

  test("what Cara starts is written to her account only, and Dev's page never shows it", async () => {
    const cara = await openB("solo-cara");
    expect(cara.model).toMatchObject({
      tenant: "fub-solo",
      person: { id: "1", name: "Avery of Cara" },
      agent: { name: "Cara Chen" },
    });
    const call = await callFrom(cara, "solo-cara");
    expect(call).toMatchObject({ personId: 1, userId: 1, fromNumber: "+14165550133", outcome: "Interested" });
    expect(fub("solo-dev").calls).toEqual([]);
    expect(fub("fub-test").calls).toEqual([]);
    const writes = world.sandbox.fub.requests.filter(({ method }) => method !== "GET");
    expect(new Set(writes.map(({ domain }) => domain))).toEqual(new Set(["solo-cara"]));
  });

  test("the same person id in the other account is somebody else", async () => {
    const [cara, dev] = await Promise.all([openB("solo-cara"), openB("solo-dev")]);
    expect(cara.model.recent).toHaveLength(1);
    expect(dev.model).toMatchObject({ person: { id: "1", name: "Avery of Dev" }, recent: [], running: null });
    const id = cara.model.recent?.[0]?.engagement_id ?? "";
    expect((await readOn(world.url, cara.model.session, id)).engagement_id).toBe(id);
    for (const path of [id, `${id}/events`]) {
      const response = await fetch(`${world.url}/integration/followupboss/embed/engagements/${path}`, {
        headers: { authorization: `Bearer ${dev.model.session}` },
      });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: "engagement_not_found" } });
    }
    expect(JSON.stringify(dev.model)).not.toContain("Cara");
  });

  test("an agent who takes the other's phone and e-mail into his profile stays himself", async () => {
    Object.assign(fub("solo-dev").users[0] ?? {}, {
      phone: "(416) 555-0133",
      email: "cara@solo-cara.example",
    });
    // The profile is remembered for a while: the change must have been read for this to show anything.
    clock.shift(20 * 60_000);
    const page = await waitFor("the profile to be asked for again", async () => {
      const opened = await openB("solo-dev", 2);
      return opened.model.agent?.matched === "matched by phone" ? undefined : opened;
    });
    expect(page.model.agent).toMatchObject({
      name: "Dev Patel",
      from: "+16475550144",
      matched: "matched by Follow Up Boss user",
    });
    const call = await callFrom(page, "solo-dev");
    expect(call.fromNumber).toBe("+16475550144");
    expect(fub("solo-cara").calls).toHaveLength(1);
  });
});

describe("Track B: an account nobody's key belongs to", () => {
  open({ setup: changeUsers((user) => (user.id === "dev" ? withoutKey(user) : user)) });

  test("is refused with what to ask the admin for, and the other agent's page still opens", async () => {
    const { remedy } = expectRefused(await openB("solo-dev"), "account_not_found");
    expect(remedy).toContain("agent's own key");
    expect((await openB("solo-cara")).model.state).toBe("ready");
  });
});

describe("while Follow Up Boss is away", () => {
  const away = { kind: "status", status: 503, times: 10_000 } as const;
  beforeEach(async () => {
    world = await startTestWorld({ setup: () => null });
  });
  afterEach(() => world.close());

  test("an account that was never learned is not ready; once learned it opens without asking", async () => {
    world.sandbox.fub.faults.add(away);
    await world.gateway.apply(demoSetup(world.world));
    const { sentence, remedy } = expectRefused(await openA(ANN), "not_ready");
    expect(sentence).toContain("cannot check this Follow Up Boss account");
    expect(remedy).toContain("FUB_SYSTEM_KEY");

    world.sandbox.fub.faults.clear();
    await waitFor("the account to be learned", async () =>
      (await openA(ANN)).model.state === "ready" ? true : undefined,
    );
    world.sandbox.fub.faults.add({ kind: "reset", times: 10_000 });
    const page = await openA(ANN);
    expect(page.model).toMatchObject({
      state: "ready",
      agent: { name: "Ann One", matched: "matched by phone" },
    });
    // Ben's profile was never read; his own key tells who he is.
    expect((await openA(BEN)).model).toMatchObject({
      state: "ready",
      agent: { name: "Ben Two", from: "+14165550122" },
    });
    const started = await startOn(world.url, page.model.session, { channel: "phone" });
    expect(started.status).toBe(202);
    await untilEnded(world.url, page.model.session, started.body.engagement_id ?? "");
    expect(fub("fub-test").calls).toEqual([]);
    world.sandbox.fub.faults.clear();
    await waitFor("the record to follow", () => (fub("fub-test").calls.length === 1 ? true : undefined));
  });
});
