// Other programs at the integrators' API: starts, looks, controls and connection tests, each with the right and the wrong key.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { listEngagements } from "../helpers/admin-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { rawRequest } from "../helpers/raw-http.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const BY_PERSON = "/integration/followupboss/start-from-person";
let world: TestWorld;
let key = "";
let otherKey = "";
beforeAll(async () => {
  world = await startTestWorld({ environment: { SIMULATOR_SPEED: "0" } });
  [key = "", otherKey = ""] = (world.setup.tenants ?? []).map(
    (tenant) => tenant.call_management_api_key ?? "",
  );
});
afterAll(() => world.close());

type Answer = Engagement & {
  call_sid?: string;
  error?: { code: string; message: string; details?: unknown };
};
async function send(
  path: string,
  body?: object,
  given: { key?: string | null; headers?: Record<string, string> } = {},
) {
  const bearer = given.key === null ? {} : { authorization: `Bearer ${given.key ?? key}` };
  const response = await fetch(`${world.url}${path}`, {
    method: body ? "POST" : "GET",
    headers: { ...bearer, ...(body && { "content-type": "application/json" }), ...given.headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer };
}
const read = (id: string, as = key) => send(`/integration/engagements/${id}`, undefined, { key: as });
const ended = (id: string) =>
  waitFor(`the end of ${id}`, async () => {
    const { body } = await read(id);
    return body.completed_at === null ? undefined : body;
  });
const byNumber = { domain_name: "fub-test", phone_number: "+14165550177", type: "informational" };
const refused = (status: number, code: string) => ({ status, body: { error: { code } } });
const account = () => world.sandbox.fub.account("fub-test");

describe("starts", () => {
  test("by Follow Up Boss person, number or text as id, as the guide's example has it", async () => {
    for (const person_id of ["107", 107]) {
      const body = {
        domain_name: "fub-test",
        person_id,
        type: "informational",
        instruction: "Hi",
        channel: "phone",
      };
      const started = await send(BY_PERSON, body);
      expect(started).toMatchObject({ status: 202, body: { status: "accepted" } });
      expect(Object.keys(started.body).sort()).toEqual(["engagement_id", "status"]);
      const outreach = await ended(started.body.engagement_id);
      expect(outreach).toMatchObject({
        person_id: "107",
        contact: "+16475550131",
        outcome: "connected",
        user_id: null,
      });
      await waitFor("the record", () =>
        account().calls.find((call) => call.note?.includes("Hi") || call.personId === 107),
      );
    }
    expect(
      account().calls.every(
        ({ createdById, fromNumber }) => createdById === 1 && fromNumber === "+14165550100",
      ),
    ).toBe(true);
  });

  test("by number, with the record id of Follow Up Boss; by number alone a person is made", async () => {
    const guide = {
      ...byNumber,
      source_record_id: "108",
      source_org_id: "fub-test",
      source_system: "followupboss",
      // What is null was left out.
      instruction: null,
      client_email: null,
      channel: null,
    };
    const known = await send("/integration/start", guide);
    expect((await ended(known.body.engagement_id)).person_id).toBe("108");
    const unknown = await send("/integration/start", {
      ...byNumber,
      phone_number: "(416) 555-0178",
      client_name: "New Person",
    });
    const { contact } = await ended(unknown.body.engagement_id);
    expect(contact).toBe("+14165550178");
    const made = await waitFor("the person", () =>
      account().people.find(({ firstName }) => firstName === "New"),
    );
    await waitFor("the record", () => account().calls.find(({ personId }) => personId === made.id));
  });

  test("for an agent that is named, with the agent's number and key", async () => {
    const started = await send("/integration/start", {
      ...byNumber,
      external_user_id: "u2",
      source_system: "fub",
    });
    expect((await ended(started.body.engagement_id)).user_id).toBe("u2");
    await waitFor("the record", () =>
      account().calls.find(
        ({ fromNumber, createdById }) => fromNumber === "+14165550122" && createdById === 3,
      ),
    );
    const nobody = await send("/integration/start", { ...byNumber, external_user_id: "u9" });
    expect(nobody).toMatchObject(refused(400, "invalid_request"));
    expect(nobody.body.error?.message).toContain("external_user_id");
  });

  test("a time in the future stays queued, and can be canceled before it goes out", async () => {
    const scheduled_time = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await send("/integration/start", { ...byNumber, scheduled_time });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await read(body.engagement_id)).body).toMatchObject({
      status: "queued",
      started_at: null,
      transcript: [],
    });
    const canceled = await send(`/integration/engagements/${body.engagement_id}/cancel`, {});
    expect(canceled).toMatchObject({ status: 200, body: { status: "canceled", outcome: "canceled" } });
    expect(await send(`/integration/engagements/${body.engagement_id}/resume`, {})).toMatchObject(
      refused(409, "wrong_state"),
    );
    const paused = await send("/integration/start", { ...byNumber, scheduled_time });
    const path = `/integration/engagements/${paused.body.engagement_id}`;
    expect((await send(`${path}/pause`, {})).body.status).toBe("paused");
    expect((await send(`${path}/resume`, {})).body.status).toBe("queued");
    await send(`${path}/cancel`, {});
  });

  test.each([
    ["person", BY_PERSON, { domain_name: "fub-test", person_id: "99999" }, 404, "person_not_found"],
    ["phone", BY_PERSON, { domain_name: "fub-test", person_id: "109" }, 422, "no_phone"],
    ["person id", BY_PERSON, { domain_name: "fub-test" }, 400, "person_id"],
    [
      "a person id that is one",
      BY_PERSON,
      { domain_name: "fub-test", person_id: "../users/1" },
      404,
      "person_not_found",
    ],
    ["number", "/integration/start", { domain_name: "fub-test" }, 400, "email_address"],
    ["a whole number", "/integration/start", { ...byNumber, phone_number: "12" }, 422, "invalid_phone"],
    ["a known channel", "/integration/start", { ...byNumber, channel: "fax" }, 400, "channel"],
    ["a known type", "/integration/start", { ...byNumber, type: "loud" }, 400, "type"],
    [
      "an informational e-mail",
      "/integration/start",
      { domain_name: "fub-test", email_address: "a@b.example", type: "conversational" },
      400,
      "type",
    ],
    [
      "a time that is one",
      "/integration/start",
      { ...byNumber, scheduled_time: "2030-06-31T10:00:00" },
      400,
      "scheduled_time",
    ],
  ])("without %s: refused", async (_what, path, body, status, says) => {
    const answer = await send(path, body);
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.body.error).toMatchObject({
        code: "invalid_request",
        message: expect.stringContaining(says),
      });
    else expect(answer.body.error?.code).toBe(says);
  });
});

describe("keys", () => {
  test.each([BY_PERSON, "/integration/start", "/account-settings/test-crm-connection"])(
    "%s: unknown, missing, another brokerage's",
    async (path) => {
      const body = { ...byNumber, person_id: "107" };
      const before = (await listEngagements(world)).length;
      for (const wrong of ["avt_wrong", `${key}x`, "", null])
        expect(await send(path, body, { key: wrong })).toMatchObject(refused(401, "unauthorized"));
      expect(await send(path, body, { key: otherKey })).toMatchObject(refused(403, "forbidden"));
      expect(await send(path, { ...body, domain_name: "nobody" })).toMatchObject(
        refused(404, "tenant_not_found"),
      );
      expect((await listEngagements(world)).length).toBe(before);
    },
  );

  test("an outreach is found with its own brokerage's key only", async () => {
    const { body } = await send("/integration/start", byNumber);
    expect((await read(body.engagement_id)).status).toBe(200);
    expect(await read(body.engagement_id, otherKey)).toMatchObject(refused(404, "engagement_not_found"));
    expect(await read(body.engagement_id, "avt_wrong")).toMatchObject(refused(401, "unauthorized"));
    for (const verb of ["pause", "resume", "cancel"]) {
      const path = `/integration/engagements/${body.engagement_id}/${verb}`;
      expect(await send(path, {}, { key: otherKey })).toMatchObject(refused(404, "engagement_not_found"));
    }
  });
});

describe("Idempotency-Key", () => {
  const headers = { "idempotency-key": "order-1" };

  test("the same request again, also ten at once, is the same start", async () => {
    const first = await send("/integration/start", byNumber, { headers });
    const more = await Promise.all(
      Array.from({ length: 10 }, () => send("/integration/start", byNumber, { headers })),
    );
    expect(new Set([first, ...more].map(({ status, body }) => `${status} ${body.engagement_id}`)).size).toBe(
      1,
    );
    const second = await send("/integration/start", byNumber);
    expect(second.body.engagement_id).not.toBe(first.body.engagement_id);
  });

  test("for another request it is refused; another brokerage's is its own", async () => {
    const changed = await send("/integration/start", { ...byNumber, type: "conversational" }, { headers });
    expect(changed).toMatchObject(refused(409, "idempotency_key_reused"));
    const theirs = await send(
      "/integration/start",
      { ...byNumber, domain_name: "fub-solo" },
      { headers, key: otherKey },
    );
    expect(theirs.status).toBe(202);
    const long = await send("/integration/start", byNumber, {
      headers: { "idempotency-key": "x".repeat(201) },
    });
    expect(long).toMatchObject(refused(400, "invalid_request"));
  });

  test("a refused start repeated is the same refusal, one row", async () => {
    const given = { headers: { "idempotency-key": "order-2" } };
    const body = { domain_name: "fub-test", person_id: "110" };
    const [first, again] = [await send(BY_PERSON, body, given), await send(BY_PERSON, body, given)];
    expect(first).toMatchObject(refused(422, "relationship_phone"));
    expect(again.body).toEqual(first.body);
    expect((await listEngagements(world)).filter((row) => row.person_id === "110")).toHaveLength(1);
  });
});

describe("/start", () => {
  const body = JSON.stringify({ ...byNumber, user_id: "u1" });
  const json = { "content-type": "application/json" };
  const direct = (headers: Record<string, string>, text = body) =>
    rawRequest(world.url, "/start", { method: "POST", headers, body: text });

  test("needs no key from a program on this computer", async () => {
    const answer = await direct(json);
    expect(answer.status).toBe(202);
    const started = JSON.parse(answer.body.toString()) as Answer;
    expect(started.call_sid).toBe(started.engagement_id);
    expect((await ended(started.engagement_id)).user_id).toBe("u1");
    expect((await direct(json, JSON.stringify({ ...byNumber, domain_name: "nobody" }))).status).toBe(404);
  });

  test("takes a time as a browser's form writes it", async () => {
    const answer = await direct(json, JSON.stringify({ ...byNumber, scheduled_time: "2099-12-01T10:00" }));
    expect(answer.status).toBe(202);
    const { engagement_id } = JSON.parse(answer.body.toString()) as Answer;
    expect((await read(engagement_id)).body).toMatchObject({ status: "queued", started_at: null });
    await send(`/integration/engagements/${engagement_id}/cancel`, {});
  });

  test("names an agent nobody knows by the field it was sent in", async () => {
    const answer = await direct(json, JSON.stringify({ ...byNumber, user_id: "u9" }));
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain('"message":"user_id: no agent');
  });

  test.each([
    ["through a proxy", { "x-forwarded-for": "127.0.0.1" }],
    ["through a tunnel", { "cf-connecting-ip": "203.0.113.9" }],
    ["from a web page", { origin: "http://localhost:3000" }],
    ["from a web page of the same site", { "sec-fetch-site": "same-origin" }],
    ["under another name", { host: "gateway.example.com" }],
    ["under a name that looks local", { host: "localhost.evil.example" }],
  ])("%s needs the key", async (_how, more) => {
    expect((await direct({ ...json, ...more })).status).toBe(401);
    expect((await direct({ ...json, ...more, authorization: `Bearer ${otherKey}` })).status).toBe(403);
    expect((await direct({ ...json, ...more, authorization: `Bearer ${key}` })).status).toBe(202);
  });

  test("a form or plain text starts nothing", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", undefined])
      expect((await direct(type === undefined ? {} : { "content-type": type })).status).toBe(415);
  });
});
