// The campaign app's doors: what a session may, and the documented error for everything else.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEngagements } from "../helpers/admin-client.ts";
import { campaignClient, campaignQuery, clientOf } from "../helpers/campaign-client.ts";
import { openSigned, startOn } from "../helpers/embed-client.ts";
import { type RawRequest, rawRequest } from "../helpers/raw-http.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const ROOT = "/integration/followupboss/campaign";
const BODY = { smart_list_id: "23", channel: "phone", call_type: "informational", click_id: "click-door-1" };
const SOMEBODYS = "00000000-0000-4000-8000-000000000000";
const GETS = [
  "/lists",
  "/lists/sizes?ids=23",
  "/recent",
  ...["", "/events", "/people", "/people.csv"].map((more) => `/${SOMEBODYS}${more}`),
];
const POSTS = [
  "/preflight",
  "/start",
  ...["pause", "resume", "cancel"].map((verb) => `/${SOMEBODYS}/${verb}`),
];

let world: TestWorld;
const fub = (domain = "fub-test") => world.sandbox.fub.account(domain);
const query = (more: Partial<Parameters<typeof campaignQuery>[0]> = {}) =>
  campaignQuery({ account: fub(), userId: 2, ...more });
const asAnn = () => campaignClient(world.url, query());
const solo = (domain: string) =>
  campaignClient(world.url, campaignQuery({ account: fub(domain), userId: 1, domainName: "fub-solo" }));
async function ask(path: string, session: string | null, given: RawRequest = {}) {
  const headers = { ...(session !== null && { authorization: `Bearer ${session}` }), ...given.headers };
  const answer = await rawRequest(world.url, `${ROOT}${path}`, { ...given, headers });
  const text = answer.body.toString();
  const { error } = (text.startsWith("{") ? JSON.parse(text) : {}) as {
    error?: { code: string; message: string };
  };
  return { status: answer.status, code: error?.code, message: error?.message ?? "", headers: answer.headers };
}
const json = (body: unknown): RawRequest => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

describe("a page's session", () => {
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.close());

  test("sessions of the two apps are not interchangeable", async () => {
    const ann = await asAnn();
    const embed = await openSigned(world.url, { account: fub(), userId: 2, personId: 101 });
    for (const path of GETS)
      expect(await ask(path, embed.model.session)).toMatchObject({ code: "session_expired" });
    for (const path of POSTS)
      expect(await ask(path, embed.model.session, json(BODY))).toMatchObject({
        status: 401,
        code: "session_expired",
      });
    expect(await startOn(world.url, ann.model.session, {})).toMatchObject({
      status: 401,
      body: { error: { code: "session_expired" } },
    });
    expect(await listEngagements(world)).toEqual([]);
  });

  test.each([...GETS, ...POSTS])(
    "%s: without a session, with nonsense, with an integrator's key: 401",
    async (path) => {
      const key = world.setup.tenants?.[0]?.call_management_api_key ?? "";
      for (const session of [null, "x", "a.b.c.d.e", key, "x".repeat(9_000)])
        expect(await ask(path, session, GETS.includes(path) ? {} : json(BODY))).toMatchObject({
          status: 401,
          code: "session_expired",
        });
    },
  );

  test("another method: 405 with the one it answers to", async () => {
    const { session } = (await asAnn()).model;
    for (const path of ["", ...GETS])
      for (const method of ["POST", "PUT", "DELETE"])
        expect([path, await ask(path, session, { method })]).toMatchObject([
          path,
          { status: 405, headers: { allow: "GET" } },
        ]);
    for (const path of POSTS)
      expect(await ask(path, session)).toMatchObject({ status: 405, headers: { allow: "POST" } });
  });

  test("a body that is no JSON, not said to be, or too long", async () => {
    const { session } = (await asAnn()).model;
    for (const path of POSTS) {
      const as = (type: string): RawRequest => ({ ...json(BODY), headers: { "content-type": type } });
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
        expect(await ask(path, session, as(type))).toMatchObject({
          status: 415,
          code: "unsupported_media_type",
        });
      expect(await ask(path, session, json("{"))).toMatchObject({ status: 400, code: "malformed_json" });
      expect(await ask(path, session, json({ ...BODY, instruction: "x".repeat(40_000) }))).toMatchObject({
        status: 413,
        code: "payload_too_large",
      });
    }
  });

  test.each([
    ["colour: unknown field", { colour: "red" }],
    ["smart_list_id", { smart_list_id: undefined }],
    ["channel: must be one of: phone, sms, email", { channel: "wmsg" }],
    ["call_type: must be one of", { call_type: "survey" }],
    ["instruction", { instruction: "x".repeat(4_001) }],
    ["click_id: must not be empty", { click_id: "" }],
    ["click_id", { click_id: "x".repeat(201) }],
    ["click_id", { click_id: "two\nlines" }],
    ["click_id", { click_id: undefined }],
    ["pace.at_once", { pace: { at_once: 0 } }],
    ["pace.colour", { pace: { colour: 1 } }],
    ["retry.outcomes[0]", { retry: { outcomes: ["connected"], times: 1, after_minutes: 5 } }],
    [
      "retry.hours",
      { retry: { outcomes: ["busy"], times: 1, after_minutes: 5, hours: { from: "17:00", to: "09:00" } } },
    ],
    [
      "retry.hours.timezone",
      {
        retry: {
          outcomes: ["busy"],
          times: 1,
          after_minutes: 5,
          hours: { from: "09:00", to: "17:00", timezone: "Mars/Base" },
        },
      },
    ],
  ])("%s is named, at both doors", async (says, wrong) => {
    const { session } = (await asAnn()).model;
    for (const path of ["/preflight", "/start"]) {
      const answer = await ask(path, session, json({ ...BODY, ...wrong }));
      expect(answer).toMatchObject({ status: 400, code: "invalid_request" });
      expect(answer.message).toContain(says);
    }
    for (const body of ["[]", "null", "7", '"x"', ""])
      expect(await ask("/start", session, json(body))).toMatchObject({
        status: 400,
        code: "invalid_request",
      });
  });
});

describe("somebody else's campaign", () => {
  beforeAll(async () => {
    world = await startTestWorld();
  });
  afterAll(() => world.close());

  test("is neither seen nor stopped: by a colleague, another account, another brokerage", async () => {
    const ann = await asAnn();
    const { body } = await ann.start({ smart_list_id: "23" });
    const mine = body.batch_id;
    const cara = await solo("solo-cara");
    const caras = (await cara.start({ smart_list_id: "1" })).body.batch_id;
    const ben = await campaignClient(world.url, query({ userId: 3 }));
    const strangers = [
      [ben, mine],
      [cara, mine],
      [await solo("solo-dev"), mine],
      [await solo("solo-dev"), caras],
      [ann, caras],
      [ann, "../../recent"],
      [ann, SOMEBODYS],
    ] as const;
    for (const [who, id] of strangers) {
      const as = clientOf(world.url, who.model);
      for (const more of ["", "/people", "/people.csv", "/events"])
        expect((await as.get(`/${encodeURIComponent(id)}${more}`)).status).toBe(404);
      for (const verb of ["pause", "resume", "cancel"] as const)
        expect(await as.control(encodeURIComponent(id), verb)).toMatchObject({
          status: 404,
          body: { error: { code: "campaign_not_found" } },
        });
    }
    const recent = (await (await ben.get("/recent")).json()) as { campaigns: unknown[] };
    expect(recent.campaigns).toEqual([]);
    expect((await ann.read(mine)).status).not.toBe("canceled");
    expect((await cara.read(caras)).batch_id).toBe(caras);
  });
});
