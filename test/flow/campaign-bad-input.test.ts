// What cannot become a campaign: review and start say the documented error, and nobody is queued, called or kept in mind.
import { afterEach, describe, expect, test } from "vitest";
import type { ErrorCode } from "../../shared/error-codes.ts";
import type { Setup, TenantSetup } from "../../shared/setup.schema.ts";
import { listEngagements } from "../helpers/admin-client.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions } from "../helpers/start-gateway.ts";
import { integratorKey } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
afterEach(() => world.close());

const fub = () => world.sandbox.fub.account("fub-test");
const ann = () => campaignClient(world.url, campaignQuery({ account: fub(), userId: 2 }));
async function begin(options: TestWorldOptions = {}): Promise<CampaignClient> {
  world = await startTestWorld(options);
  return ann();
}
const changeTenant =
  (change: (tenant: TenantSetup) => TenantSetup) =>
  (setup: Setup): Setup => ({
    ...setup,
    tenants: (setup.tenants ?? []).map((tenant) =>
      tenant.domain_name === "fub-test" ? change(tenant) : tenant,
    ),
  });

async function expectNothing(client: CampaignClient): Promise<void> {
  expect(await listEngagements(world)).toEqual([]);
  const { campaigns } = (await (await client.get("/recent")).json()) as { campaigns?: { status: string }[] };
  for (const { status } of campaigns ?? []) expect(status).toBe("failed");
  expect(fub().calls).toEqual([]);
}

/** Both doors answer this error, and nothing came of it. `review` where the review itself is fine. */
async function expectRefusal(
  client: CampaignClient,
  body: Readonly<Record<string, unknown>>,
  code: ErrorCode,
  status: number,
  review: "refused" | "answers" = "refused",
): Promise<string> {
  const refusal = { status, body: { error: { code } } };
  const reviewed = await client.preflight({ ...body, click_id: "click-reviewed" });
  if (review === "refused") expect(reviewed).toMatchObject(refusal);
  else expect(reviewed).toMatchObject({ status: 200, body: { will_queue: 0 } });
  const started = await client.start({ ...body, click_id: "click-unreviewed" });
  expect(started).toMatchObject(refusal);
  if (review === "answers")
    expect(await client.start({ ...body, click_id: "click-reviewed" })).toMatchObject(refusal);
  await expectNothing(client);
  return started.body.error?.message ?? "";
}

describe("lists", () => {
  test("an empty one: the review counts nobody, the start says so", async () => {
    await expectRefusal(await begin(), { smart_list_id: "24" }, "campaign_empty", 422, "answers");
  });

  test("one on which nobody can be reached this way", async () => {
    const client = await begin();
    fub().smartLists.push({
      ...structuredClone(fub().smartLists[0]),
      id: 90,
      name: "No phones",
      members: { personIds: [109, 110] },
    } as never);
    await expectRefusal(client, { smart_list_id: "90" }, "campaign_empty", 422, "answers");
  });

  test("a colleague's own, one deleted, one that never was", async () => {
    const client = await begin();
    const bens = fub().smartLists.find(({ name }) => name === "Ben's past clients");
    await expectRefusal(client, { smart_list_id: String(bens?.id) }, "smart_list_not_found", 404);
    fub().smartLists = fub().smartLists.filter(({ id }) => id !== 23);
    await expectRefusal(client, { smart_list_id: "23" }, "smart_list_not_found", 404);
    await expectRefusal(client, { smart_list_id: "999999" }, "smart_list_not_found", 404);
    await expectRefusal(client, { smart_list_id: "../people" }, "smart_list_not_found", 404);
  });

  test("one deleted between being listed and being read", async () => {
    const client = await begin();
    world.sandbox.fub.faults.add({ path: "/people", times: 20, kind: "status", status: 404 });
    await expectRefusal(client, { smart_list_id: "23" }, "smart_list_not_found", 404);
  });
});

describe("channels and types", () => {
  test("e-mail is informational only, and WhatsApp is no channel of campaigns", async () => {
    const client = await begin();
    for (const call_type of ["conversational", "appointment_booking", "confirmational"])
      expect(
        await expectRefusal(
          client,
          { smart_list_id: "23", channel: "email", call_type },
          "invalid_request",
          400,
        ),
      ).toContain("call_type: e-mail");
    expect(
      await expectRefusal(client, { smart_list_id: "23", channel: "wmsg" }, "invalid_request", 400),
    ).toContain("channel");
  });
});

describe("what a brokerage must have", () => {
  test.each([
    ["sync on", "sync_off", { fub_sync_contacts: false }],
    ["a call-management key", "no_call_management_key", { call_management_api_key: "" }],
  ] as const)("%s: the page says so, with a session that works", async (_what, code, change) => {
    const client = await begin({ setup: changeTenant((tenant) => ({ ...tenant, ...change })) });
    expect(client.model).toMatchObject({ state: code, session: expect.stringMatching(/.{100}/) });
    expect(client.model.problem?.support.code).toBe(code);
    expect(client.model.smart_lists?.length).toBeGreaterThan(3);
    expect((await client.get("/lists")).status).toBe(200);
    await expectRefusal(client, { smart_list_id: "23" }, code, 422);
  });

  test("both taken away while the page is open", async () => {
    const client = await begin();
    await world.gateway.apply(
      changeTenant((tenant) => ({ ...tenant, fub_sync_contacts: false }))(world.setup),
    );
    await expectRefusal(client, { smart_list_id: "23" }, "sync_off", 422);
  });

  test("a Follow Up Boss key: without one the page does not open, and an open one can start nothing", async () => {
    const client = await begin();
    const bare = changeTenant(({ fub_api_key: _, users = [], ...tenant }) => ({
      ...tenant,
      fub_api_key: "",
      users: users.map((user) => ({ ...user, fub_api_key: "" })),
    }));
    await world.gateway.apply(bare(world.setup));
    await expectRefusal(client, { smart_list_id: "23" }, "crm_unauthorized", 502);
    expect((await ann()).model).toMatchObject({ session: "" });
  });
});

describe("Follow Up Boss", () => {
  test.each([
    ["refuses the key", 401, "crm_unauthorized", 502],
    ["forbids it, as an expired account does", 403, "crm_forbidden", 502],
  ] as const)("%s", async (_what, status, code, answered) => {
    const client = await begin();
    world.sandbox.fub.faults.add({ times: 1_000, kind: "status", status });
    await expectRefusal(client, { smart_list_id: "23" }, code, answered);
    world.sandbox.fub.faults.clear();
    world.sandbox.fub.faults.add({ path: "/people", times: 1_000, kind: "status", status });
    await expectRefusal(client, { smart_list_id: "25" }, code, answered);
  });

  test("is away: the lists cannot be asked for", async () => {
    const client = await begin();
    world.sandbox.fub.faults.add({ times: 1_000, kind: "status", status: 503 });
    await expectRefusal(client, { smart_list_id: "23" }, "crm_unavailable", 503);
    const model = (await ann()).model;
    expect(model).toMatchObject({
      state: "ready",
      smart_lists: [],
      lists_problem: expect.stringMatching(/\.$/),
    });
  });

  test("goes away in the middle of the list: the review waits, and goes on when it is back", async () => {
    const client = await begin();
    world.sandbox.fub.faults.add({ path: "/people", times: 1_000, kind: "status", status: 503 });
    const body = { smart_list_id: "23", click_id: "click-patient" };
    const waiting = await client.preflight({ ...body, wait_seconds: 0.3 });
    expect(waiting).toMatchObject({ status: 202, body: { status: "checking", will_queue: 0 } });
    await expectNothing(client);
    world.sandbox.fub.faults.clear();
    const reviewed = await client.preflight({ ...body, wait_seconds: 20 });
    expect(reviewed).toMatchObject({ status: 200, body: { status: "checked", total: 7 } });
    expect(reviewed.body.batch_id).toBe(waiting.body.batch_id);
    await expectNothing(client);
  });
});

test("an integrator's key is no page's session", async () => {
  await begin();
  const response = await fetch(`${world.url}/integration/followupboss/campaign/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${integratorKey(world)}`, "content-type": "application/json" },
    body: JSON.stringify({
      smart_list_id: "23",
      channel: "phone",
      call_type: "informational",
      click_id: "click-0001",
    }),
  });
  expect(response.status).toBe(401);
});
