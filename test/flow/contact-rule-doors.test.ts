// The doors of the contact rules at the console: each is behind the session, and says with its field what is wrong with what
// it was sent. A list is read as spreadsheets save it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importedSchema, suppressionPageSchema } from "../../shared/console/contact-rules.schema.ts";
import { askConsole, type RawAsked, refusalIn, sendConsole } from "../helpers/console-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let at: TestWorld;
beforeAll(async () => {
  at = await startTestWorld();
});
afterAll(() => at.close());

const refusalOn = async (path: string, asked: RawAsked = {}) => {
  const { status, text } = await sendConsole(at, path, asked);
  return refusalIn({ status, body: JSON.parse(text) });
};
const JSON_TYPE = "application/json";
const post = (body: unknown): RawAsked => ({ method: "POST", type: JSON_TYPE, body: JSON.stringify(body) });
const csv = (body: string | Buffer<ArrayBuffer>, type = "text/csv"): RawAsked => ({
  method: "POST",
  type,
  body,
});

const ROUTES: readonly (readonly [method: "GET" | "POST", path: string])[] = [
  ["GET", "/suppressions?tenant=fub-test"],
  ["POST", "/suppressions"],
  ["POST", "/suppressions/1/end"],
  ["POST", "/suppressions/import?tenant=fub-test"],
  ["GET", "/contact-hours"],
  ["POST", "/contact-hours/file"],
  ["GET", "/contact-hours/check?number=4165550131"],
  ["GET", "/ledger?tenant=fub-test"],
  ["GET", "/ledger.csv?tenant=fub-test"],
];

test.each(ROUTES)("%s %s is closed without the session, and to other pages with it", async (method, path) => {
  const body = method === "POST" ? { type: JSON_TYPE, body: "{}" } : {};
  for (const headers of [{}, { authorization: "Bearer wrong" }, { cookie: "aventora_console=" }] as Record<
    string,
    string
  >[])
    expect(await refusalOn(path, { method, ...body, headers })).toMatchObject({
      status: 401,
      code: "unauthorized",
    });
  const elsewhere = { authorization: `Bearer ${at.adminToken}`, origin: "https://evil.example" };
  expect(await refusalOn(path, { method, ...body, headers: elsewhere })).toMatchObject({ status: 403 });
});

describe("what is wrong is said, with its field", () => {
  const entry = { tenant: "fub-test", kind: "do_not_call", contact: "4165550131" };
  test.each([
    ["/suppressions", "tenant: is missing"],
    ["/suppressions?tenant=fub-test&kind=maybe", "kind: must be one of: opt_out, do_not_call"],
    ["/suppressions?tenant=fub-test&state=gone", "state: must be one of"],
    ["/suppressions?tenant=fub-test&limit=0", "limit:"],
    ["/suppressions?tenant=fub-test&before=x", "before: must be a number"],
    [`/suppressions?tenant=fub-test&search=${"9".repeat(201)}`, "search:"],
    ["/ledger?search=1", "tenant: is missing"],
    ["/ledger?tenant=fub-test&decision=perhaps", "decision: must be one of: allowed, held, refused"],
    ["/ledger?tenant=fub-test&from=yesterday", "from:"],
    ["/ledger?tenant=fub-test&limit=501", "limit:"],
    ["/ledger.csv?tenant=fub-test&to=2026-13-01", "to:"],
    ["/ledger.csv", "tenant: is missing"],
    ["/contact-hours/check", "number: is missing"],
    ["/contact-hours/check?number=12", "number: is not a complete phone number"],
    ["/contact-hours/check?number=4165550131&channel=fax", "channel: must be one of"],
    ["/contact-hours/check?number=4165550131&at=tomorrow", "at:"],
  ])("GET %s", async (path, says) => {
    const refused = await refusalOn(path);
    expect(refused).toMatchObject({ status: 400, code: "invalid_request" });
    expect(refused.message).toContain(says);
  });

  test.each([
    ["/suppressions", {}, "tenant: is missing"],
    ["/suppressions", { ...entry, kind: "never" }, "kind: must be one of"],
    ["/suppressions", { ...entry, contact: "555" }, "contact: is neither a complete phone number nor"],
    ["/suppressions", { ...entry, contact: 4165550131 }, "contact: must be a text"],
    ["/suppressions", { ...entry, scope: "fax" }, "scope:"],
    ["/suppressions", { ...entry, note: "x".repeat(301) }, "note:"],
    ["/suppressions", { ...entry, person_id: "7" }, "person_id: unknown field"],
    ["/suppressions/first/end", { reason: "" }, "id: must be a number"],
    ["/suppressions/1/end", { force: true }, "force: unknown field"],
    ["/suppressions/1/end", { reason: 7 }, "reason: must be a text"],
  ])("POST %s with %j", async (path, body, says) => {
    const refused = await refusalOn(path, post(body));
    expect(refused).toMatchObject({ status: 400, code: "invalid_request" });
    expect(refused.message).toContain(says);
  });

  test.each([
    ["/suppressions?tenant=nobody", {}, 404, "tenant_not_found"],
    ["/ledger?tenant=nobody", {}, 404, "tenant_not_found"],
    ["/ledger.csv?tenant=nobody", {}, 404, "tenant_not_found"],
    ["/suppressions", post({ ...entry, tenant: "nobody" }), 404, "tenant_not_found"],
    ["/suppressions/import?tenant=nobody", csv("phone\n4165550131"), 404, "tenant_not_found"],
    ["/suppressions/987654/end", post({}), 404, "not_found"],
    ["/suppressions", { method: "POST", type: JSON_TYPE, body: "{" }, 400, "malformed_json"],
    ["/suppressions", csv("a,b", "text/plain"), 415, "unsupported_media_type"],
    ["/suppressions", post({ ...entry, note: "x".repeat(5_000) }), 413, "payload_too_large"],
    ["/suppressions/import?tenant=fub-test", csv("{}", JSON_TYPE), 415, "unsupported_media_type"],
    ["/suppressions/import", csv("phone\n4165550131"), 400, "invalid_request"],
    ["/suppressions/import?tenant=fub-test", csv(""), 400, "csv_invalid"],
    ["/suppressions/import?tenant=fub-test", csv('phone\n"4165550131'), 400, "csv_invalid"],
    ["/suppressions/1", { method: "DELETE" }, 404, "not_found"],
  ] as const)("%s, as in the table: %o", async (path, sent, status, code) => {
    expect(await refusalOn(path, sent)).toMatchObject({ status, code });
  });

  test("a list that is too large", async () => {
    const refused = await refusalOn(
      "/suppressions/import?tenant=fub-test",
      csv(Buffer.alloc(26_300_000, "1")),
    );
    expect(refused).toMatchObject({ status: 413, code: "payload_too_large" });
  });

  test("nothing was stored by any of it", async () => {
    expect(await askConsole(at, suppressionPageSchema, "/suppressions?tenant=fub-test&state=all")).toEqual({
      suppressions: [],
      next: null,
      counts: { opt_out: 0, do_not_call: 0 },
    });
  });

  test("a list as spreadsheets save it is read, in whatever coding", async () => {
    const text = "Téléphone;Phone;Note\n1;+1 416 555 0191;été\n";
    const path = "/suppressions/import?tenant=fub-test&name=liste.csv";
    for (const body of [
      Buffer.from(`\uFEFF${text}`, "utf16le"),
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(text, "latin1"),
    ]) {
      const { status, text: answer } = await sendConsole(at, path, csv(Buffer.from(body)));
      expect(status).toBe(200);
      expect(importedSchema.parse(JSON.parse(answer))).toMatchObject({ invalid: [] });
    }
    const { suppressions } = await askConsole(at, suppressionPageSchema, "/suppressions?tenant=fub-test");
    expect(suppressions).toMatchObject([{ contact: "+14165550191", said: "été" }]);
  });
});
