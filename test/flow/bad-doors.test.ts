// Nonsense at every public door: each answer is the documented error or a friendly page, never a stack, 406, 410 or 500.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VENDOR_SCRIPT } from "../../server/embed/render-page.ts";
import { signContext } from "../../server/sandbox/sign-context.ts";
import { errorBodySchema } from "../../shared/integration.schema.ts";
import vector from "../fixtures/vendor-vector.json" with { type: "json" };
import { openPage } from "../helpers/embed-client.ts";
import { type RawAnswer, type RawRequest, rawRequest, sendBytes } from "../helpers/raw-http.ts";
import { expectRefused } from "../helpers/refused-page.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const EMBED = "/integration/followupboss/embed";
const CAMPAIGN = "/integration/followupboss/campaign";
const HUB = "/integration/channels/hub/webhook";
const ENGAGEMENT = "/integration/engagements/eng_1";
const ROUTES: readonly (readonly [string, string])[] = [
  ["GET", EMBED],
  ["POST", `${EMBED}/start`],
  ["GET", `${EMBED}/engagements/eng_1`],
  ["GET", `${EMBED}/engagements/eng_1/events`],
  ["POST", "/integration/followupboss/start-from-person"],
  ["POST", "/integration/start"],
  ["POST", "/start"],
  ["POST", "/account-settings/test-crm-connection"],
  ["GET", ENGAGEMENT],
  ...["pause", "resume", "cancel"].map((verb) => ["POST", `${ENGAGEMENT}/${verb}`] as const),
  ["GET", CAMPAIGN],
  ...["lists", "lists/sizes", "recent", "cam_1", "cam_1/events", "cam_1/people", "cam_1/people.csv"].map(
    (path) => ["GET", `${CAMPAIGN}/${path}`] as const,
  ),
  ...["preflight", "start", "cam_1/pause", "cam_1/resume", "cam_1/cancel"].map(
    (path) => ["POST", `${CAMPAIGN}/${path}`] as const,
  ),
  ["POST", "/bulk-calls/submit"],
  ["POST", "/bulk-calls/upload"],
  ["GET", "/bulk-calls/batches"],
  ["GET", "/bulk-calls/batches/cam_1"],
  ["POST", HUB],
  ["GET", "/health"],
  ["GET", "/ready"],
  ["GET", "/openapi.json"],
];

let world: TestWorld;
let key = "";
let secret = "";
beforeAll(async () => {
  world = await startTestWorld();
  key = world.setup.tenants?.[0]?.call_management_api_key ?? "";
  secret = world.world.keys.fubTest.embedSecret;
});
afterAll(() => world.close());

const ask = (path: string, given: RawRequest = {}) => rawRequest(world.url, path, given);
const signed = (context: string) => `context=${context}&signature=${signContext(context, secret)}`;
const base64 = (value: string | Buffer): string => Buffer.from(value).toString("base64url");

/** What may be said to anybody: a page, an answer, or the documented error with its status. */
function expectWellBehaved(answer: RawAnswer, what: string): void {
  const text = answer.body.toString("utf8");
  expect(
    [200, 202, 204, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 431],
    `${what}: ${text}`,
  ).toContain(answer.status);
  expect(text, what).not.toMatch(/\bat .+:\d+:\d+|node_modules|\.ts:\d+|fka_|avt_/);
  expect(answer.headers["x-content-type-options"], what).toBe("nosniff");
  expect(answer.headers["x-powered-by"], what).toBeUndefined();
  if (answer.status >= 400) errorBodySchema.parse(JSON.parse(text));
}

describe("contexts that cannot be right get a page", () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const odd: [string, string][] = [
    ["an array", base64("[]")],
    ["a number", base64("7")],
    ["null", base64("null")],
    ["deep JSON", base64(deep).slice(0, 60_000)],
    ["deep but whole JSON", base64(`{"account":${"[".repeat(10_000)}${"]".repeat(10_000)}}`)],
    ["no account", base64(JSON.stringify({ ...vector.decoded, account: undefined }))],
    ["no user", base64(JSON.stringify({ ...vector.decoded, user: undefined }))],
    ["an account that is text", base64(JSON.stringify({ ...vector.decoded, account: "dantomco" }))],
    ["bytes that are no UTF-8", base64(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
    ["a NUL", "%00"],
    ["half an escape", "%E0%A4%A"],
    ["a lone percent", "%"],
    ["emoji", "%F0%9F%8F%A0"],
    ["markup", "%3Cscript%3Ealert(1)%3C/script%3E"],
    ["__proto__", base64('{"__proto__":{"account":{"id":1,"domain":"x"}}}')],
  ];
  test.each(odd)("%s, unsigned or signed with the right secret", async (_what, context) => {
    expectRefused(await openPage(world.url, `context=${context}`), "unauthorized");
    expectRefused(await openPage(world.url, `context=${context}&signature=%00`), "unauthorized");
    expectRefused(await openPage(world.url, signed(context)), "unauthorized");
  });

  test("ids as numbers or as text are the same account, user and person", async () => {
    const account = world.sandbox.fub.account("fub-test");
    for (const as of [Number, String]) {
      const user = { id: as(2), name: "Ann One", email: "ann@fub-test.example" };
      const person = { id: as(107), firstName: "Nivia", lastName: "Guerra", phones: [], emails: [] };
      const context = { context: "person", account: { id: as(7001), domain: account.domain }, user, person };
      const { model } = await openPage(world.url, signed(base64(JSON.stringify(context))));
      expect(model).toMatchObject({ state: "ready", person: { id: "107" }, agent: { name: "Ann One" } });
    }
  });

  test.each([1_000, 50_000, 70_000, 100_000, 300_000, 1_000_000])("%i characters", async (length) => {
    const context = base64("x".repeat(length)).slice(0, length);
    const answer = await ask(`${EMBED}?${signed(context)}`);
    expect(answer.status).toBe(200);
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.headers["content-security-policy"]).toContain("frame-ancestors https://*.followupboss.com");
    expect(answer.headers["x-frame-options"]).toBeUndefined();
    expect(answer.body.toString()).toContain(`src="${VENDOR_SCRIPT}"`);
    expect(answer.body.toString()).toContain('"state":"unauthorized"');
  });
});

describe("what is no HTTP", () => {
  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
  const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

  test.each([
    ["garbage", "\u0000\u0001\u0002 hello\r\n\r\n"],
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a header without a colon", "GET /health HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"],
    ["two lengths", "POST /start HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"],
    ["a NUL in the address", "GET /integration\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"],
  ])("%s: 400 in JSON, and the connection ends", async (_what, bytes) => {
    const answer = await sendBytes(world.url, bytes);
    expect(statusOf(answer)).toBe(400);
    expect(errorBodySchema.parse(bodyOf(answer)).error.code).toBe("invalid_request");
  });

  test.each(["/integration/start", "/health"])(
    "headers that are too long for %s: 431 in JSON",
    async (path) => {
      for (const size of [97 * 1024, 400_000]) {
        const bytes = `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(size)}\r\n\r\n`;
        const answer = await sendBytes(world.url, bytes);
        expect(statusOf(answer)).toBe(431);
        expect(errorBodySchema.parse(bodyOf(answer)).error.code).toBe("payload_too_large");
      }
    },
  );

  test("the gateway still answers afterwards", async () => {
    expect((await ask("/health")).body.toString()).toBe('{"status":"ok"}');
  });
});

test.each([
  `${CAMPAIGN}/%E0%A4%A`,
  `${CAMPAIGN}/%E0%A4%A/people`,
  "/integration/engagements/%E0%A4%A",
  "/bulk-calls/batches/%E0%A4%A",
])("%s, half an escape where an id should be: 400 with the headers of every answer", async (path) => {
  const answer = await ask(path);
  expect(answer.status).toBe(400);
  expect(errorBodySchema.parse(JSON.parse(answer.body.toString())).error.code).toBe("invalid_request");
  expect(answer.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("default-src 'self'"),
    "strict-transport-security": expect.stringContaining("max-age="),
  });
});

describe("every public route", () => {
  test.each(ROUTES)("%s %s answers any Accept, method and body within the contract", async (method, path) => {
    const bearer = { authorization: `Bearer ${key}` };
    for (const accept of ["application/xml", "text/html;q=0", "*/*;q=0", ";;;"])
      for (const headers of [{ accept }, { accept, ...bearer }])
        expectWellBehaved(await ask(path, { method, headers }), `${method} ${path} accept ${accept}`);
    for (const other of ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"]) {
      const answer = await ask(path, { method: other, headers: bearer });
      expectWellBehaved(answer, `${other} ${path}`);
    }
    const json = { "content-type": "application/json" };
    for (const [type, body] of [
      ["application/json", "{"],
      ["application/json", `"${"x".repeat(1_000_000)}"`],
      ["application/json; charset=utf-7", "{}"],
      ["text/xml", "<x/>"],
      ["nonsense", "{}"],
    ]) {
      const headers = { ...bearer, ...json, "content-type": type };
      expectWellBehaved(await ask(path, { method: "POST", headers, body: body ?? "" }), `${path} ${type}`);
    }
    const packed = { ...bearer, ...json, "content-encoding": "gzip" };
    expectWellBehaved(await ask(path, { method: "POST", headers: packed, body: "not gzip" }), `${path} gzip`);
    expectWellBehaved(await ask(`${path}/%E0%A4%A`, { method, headers: bearer }), `${path} bad escape`);
  });

  test("random queries, keys and bodies stay within the contract", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom("", "fub-test", "../..", "eng_1", "null"),
    );
    const fields = fc.constantFrom(
      ...["domain_name", "phone_number", "channel", "type", "person_id", "scheduled_time", "email_address"],
      ...["external_user_id", "source_record_id", "source_system", "engagement_id", "status", "__proto__"],
    );
    const value = fc.oneof(
      text,
      fc.constantFrom("fub-test", "+14165550131", "phone", "email", "informational", "2026-01-01T00:00:00Z"),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const body = fc.oneof(
      fc.dictionary(fields, value, { maxKeys: 6 }).map((object) => JSON.stringify(object)),
      fc.json(),
      fc.string({ unit: "binary" }),
    );
    const query = fc.dictionary(fc.constantFrom("context", "signature", "domain_name", "x"), text, {
      maxKeys: 4,
    });
    const caller = fc.constantFrom("own", "none", "wrong");
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ROUTES),
        query,
        body,
        caller,
        async ([method, path], asked, sent, who) => {
          const search = new URLSearchParams({ ...asked }).toString();
          const bearer =
            who === "none" ? {} : { authorization: `Bearer ${who === "own" ? key : "avt_wrong"}` };
          const headers = { "content-type": "application/json", "x-forwarded-for": "203.0.113.9", ...bearer };
          const answer = await ask(`${path}?${search}`, {
            method,
            headers,
            ...(method === "POST" ? { body: sent } : {}),
          });
          expectWellBehaved(answer, `${method} ${path}?${search} ${sent}`);
        },
      ),
      { numRuns: 300 },
    );
    const internal = world.logLines.filter((line) => /"room":"http"/.test(line) && /failed/.test(line));
    expect(internal).toEqual([]);
  });
});
