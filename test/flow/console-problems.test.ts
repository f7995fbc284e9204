// Every row of the guide's troubleshooting table: the problem is caused for real, found, shown with its remedy and the
// screen where it is mended, and gone once it is.
import { afterEach, beforeEach, expect, it } from "vitest";
import { PROBLEM_IDS } from "../../shared/console/problems.schema.ts";
import type { Setup, TenantSetup } from "../../shared/setup.schema.ts";
import { homeOf, problemsOf, untilProblem } from "../helpers/ask-console.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { connectHub } from "../helpers/connect-hub.ts";
import { openPage, openSigned, signedQuery } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook, signBody } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, startOutreach, untilCrm, untilQuiet } from "../helpers/talk-to-gateway.ts";

let at: TestWorld;
beforeEach(async () => {
  at = await startTestWorld();
});
afterEach(() => at.close());

const account = (domain = "fub-test") => at.sandbox.fub.account(domain);
const annOn = (personId = 101) => openSigned(at.url, { account: account(), userId: 2, personId });
const change = (tenant: Partial<TenantSetup>, platform: Setup["platform"] = {}) =>
  at.gateway.apply({ platform, tenants: [{ domain_name: "fub-test", ...tenant }] });

it("each brokerage has every row of the table, each in words and with a way out where something is wrong", async () => {
  const problems = [...(await problemsOf(at)), ...(await problemsOf(at, "fub-solo"))];
  expect(problems.map(({ id }) => id)).toEqual([...PROBLEM_IDS, ...PROBLEM_IDS]);
  for (const { sentence, state, remedy, action } of problems) {
    expect(sentence).toMatch(/^[A-Z“].*[.!]$/);
    if (state !== "found") continue;
    expect(remedy).toMatch(/\.$/);
    expect(action?.to).toMatch(/^\//);
  }
  expect((await problemsOf(at)).filter(({ state }) => state === "found").map(({ id }) => id)).toEqual([
    "tag_starts_nothing",
  ]);
  expect((await admin(at, "GET", "/problems?tenant=nobody")).body).toEqual({ problems: [] });
});

it("embed says domain not found", async () => {
  await annOn();
  await untilProblem(at, "domain_not_found", "ok");
  await openPage(
    at.url,
    signedQuery({ account: account(), userId: 2, personId: 101, domainName: "fub-tset" }),
  );
  expect(await untilProblem(at, "domain_not_found")).toMatchObject({
    sentence: expect.stringContaining("“fub-tset”"),
    remedy: expect.stringContaining("?domain_name=fub-test"),
    action: { to: "/setup/fub-test" },
    evidence: { journal_seq: expect.any(Number) },
  });
  await annOn();
  await untilProblem(at, "domain_not_found", "ok");
});

it("wrong caller ID or shared identity", async () => {
  await change({ users: [{ id: "u2", default_broker_phone: "" }] });
  expect(await untilProblem(at, "wrong_identity")).toMatchObject({
    sentence: "No outreach phone is set for Ben Two.",
  });
  await change({ users: [{ id: "u2", default_broker_phone: "+14165550122" }] });
  await annOn();
  await untilProblem(at, "wrong_identity", "ok");
  // Olive is nobody's agent here.
  await openSigned(at.url, { account: account(), userId: 1, personId: 101 });
  expect(await untilProblem(at, "wrong_identity")).toMatchObject({
    sentence: expect.stringContaining("not matched to an agent"),
    remedy: expect.stringContaining("Follow Up Boss profile"),
  });
});

it("several users are taken for one agent", async () => {
  const [olive] = account().users;
  if (olive) olive.phone = "(416) 555-0111";
  await annOn();
  await openSigned(at.url, { account: account(), userId: 1, personId: 101 });
  expect(await untilProblem(at, "wrong_identity")).toMatchObject({
    sentence: expect.stringMatching(/^2 different Follow Up Boss users open the app as Ann One/),
    action: { to: "/agents/fub-test" },
  });
});

it("contacts or Smart Lists missing", async () => {
  await at.gateway.apply({
    tenants: [{ domain_name: "fub-solo", users: [{ id: "cara", fub_api_key: "" }] }],
  });
  expect(await untilProblem(at, "lists_missing", "found", "fub-solo")).toMatchObject({
    sentence: expect.stringContaining("Cara Chen"),
    remedy: expect.stringContaining("own key"),
    action: { to: "/agents/fub-solo" },
  });
  await change({ users: [{ id: "u1", fub_api_key: "fka_not_a_key_0123" }] });
  expect(await untilProblem(at, "lists_missing")).toMatchObject({ sentence: expect.stringContaining("u1") });
});

it("embed won't open", async () => {
  await annOn();
  await untilProblem(at, "embed_unauthorized", "ok");
  await change({ fub_embedded_app_secret: "another", fub_campaign_embedded_app_secret: "another" });
  await annOn();
  expect(await untilProblem(at, "embed_unauthorized")).toMatchObject({
    sentence: expect.stringContaining("single-contact"),
    remedy: expect.stringContaining("different secrets"),
    action: { to: "/setup/fub-test" },
  });
  expect((await homeOf(at)).needs_you.map(({ id }) => id)).toContain("problem/fub-test/embed_unauthorized");
});

it("activity not in Follow Up Boss", async () => {
  at.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 401, times: 1 });
  const id = await startOutreach(at, { phone_number: "6475550131" });
  await untilCrm(at, id, "dead");
  expect(await untilProblem(at, "activity_missing")).toMatchObject({
    action: { to: `/outreach/e/${id}` },
    evidence: { engagement_id: id },
  });
  await admin(at, "POST", `/engagements/${id}/sync`);
  await untilCrm(at, id, "written");
  await untilProblem(at, "activity_missing", "ok");
  await change({ fub_sync_contacts: false });
  expect(await untilProblem(at, "activity_missing")).toMatchObject({
    remedy: expect.stringContaining("Sync contacts"),
  });
});

it("a campaign queues nothing", async () => {
  const ann = () => campaignClient(at.url, campaignQuery({ account: account(), userId: 2 }));
  await (await ann()).preflight({ smart_list_id: "24" });
  expect(await untilProblem(at, "campaign_queues_nothing")).toMatchObject({
    sentence: expect.stringContaining("shows nobody"),
    remedy: expect.stringContaining("list"),
  });
  await (await ann()).preflight({ smart_list_id: "23" });
  await untilProblem(at, "campaign_queues_nothing", "ok");
  await change({ call_management_api_key: "" });
  expect(await untilProblem(at, "campaign_queues_nothing")).toMatchObject({
    sentence: expect.stringContaining("call-management"),
  });
});

it("a tag does not start calls", async () => {
  await change({}, { SERVER_URL: "https://gateway.example" });
  expect(await untilProblem(at, "tag_starts_nothing")).toMatchObject({
    sentence: expect.stringContaining("https://gateway.example/integration/followupboss/webhook/fub-test"),
    action: { to: "/webhooks?tenant=fub-test" },
  });
  await admin(at, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
  await untilProblem(at, "tag_starts_nothing", "unknown");
  const body = deliveryBody("peopleTagsCreated", [101]);
  await postWebhook(at.url, "fub-test", body, { signature: signBody(body, "an old system key") });
  expect(await untilProblem(at, "tag_starts_nothing")).toMatchObject({
    remedy: expect.stringContaining("FUB_SYSTEM_KEY"),
  });
  await postWebhook(at.url, "fub-test", body);
  await untilProblem(at, "tag_starts_nothing", "ok");
  await change({}, { FUB_SYSTEM_KEY: "" });
  expect(await untilProblem(at, "tag_starts_nothing")).toMatchObject({
    sentence: expect.stringContaining("FUB_SYSTEM_KEY"),
  });
  await change({ fub_start_call_tag: "" });
  await untilProblem(at, "tag_starts_nothing", "unknown");
});

it("an outreach fails to start", async () => {
  await untilQuiet(at);
  await connectHub(at, { tenant: { hub_url: "http://127.0.0.1:9" } });
  const id = await startOutreach(at, { phone_number: "6475550131" });
  expect(await untilProblem(at, "start_fails_internally")).toMatchObject({
    sentence: expect.stringContaining("could not be started"),
    remedy: expect.stringContaining("INTERNAL_START_URL"),
    action: { to: `/outreach/e/${id}` },
  });
});

it("the connection test fails", async () => {
  await untilProblem(at, "connection_test_fails", "ok");
  await change({ fub_api_key: "fka_not_a_key_0123" });
  expect(await untilProblem(at, "connection_test_fails")).toMatchObject({
    sentence: expect.stringContaining("the brokerage does not work"),
    action: { to: "/setup/fub-test" },
  });
  await change({ fub_api_key: "" });
  expect(await untilProblem(at, "connection_test_fails")).toMatchObject({
    remedy: expect.stringContaining("save before you test"),
  });
  await change({}, { FUB_SYSTEM_KEY: "" });
  expect(await untilProblem(at, "connection_test_fails")).toMatchObject({
    sentence: expect.stringContaining("FUB_SYSTEM_KEY is not configured"),
    action: { to: "/settings/platform" },
  });
});
