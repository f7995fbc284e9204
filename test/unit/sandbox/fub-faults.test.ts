import { expect, test } from "vitest";
import { basic, openSandbox, send } from "./open-sandbox.ts";

const CALL = { personId: 101, phone: "4165550101", isIncoming: false };

test("a request may be stored although its answer never comes", async () => {
  const { sandbox, url, keys } = await openSandbox();
  sandbox.fub.faults.add({ method: "POST", path: "/calls", times: 1, kind: "timeout-after-storing" });
  const attempt = fetch(`${url}/v1/calls`, {
    method: "POST",
    headers: { authorization: basic(keys.fubTest.annKey) },
    body: JSON.stringify(CALL),
    signal: AbortSignal.timeout(300),
  });
  await expect(attempt).rejects.toThrow(/timeout/i);
  expect(sandbox.fub.account("fub-test").calls).toHaveLength(1);
  expect(sandbox.fub.requests[0]).toMatchObject({
    status: 201,
    answered: false,
    fault: "timeout-after-storing",
  });
});

test("a request may be lost before anything is stored, by silence or by a broken connection", async () => {
  const { sandbox, url, keys } = await openSandbox();
  for (const kind of ["timeout-before", "reset"] as const) {
    sandbox.fub.faults.add({ times: 1, kind });
    const attempt = fetch(`${url}/v1/calls`, {
      method: "POST",
      headers: { authorization: basic(keys.fubTest.annKey) },
      body: JSON.stringify(CALL),
      signal: AbortSignal.timeout(300),
    });
    await expect(attempt).rejects.toThrow(kind === "reset" ? /fetch failed/ : /timeout/i);
  }
  expect(sandbox.fub.account("fub-test").calls).toEqual([]);
});

test("a fault hits as often as asked, and only what it is meant for", async () => {
  const { sandbox, call, keys } = await openSandbox();
  sandbox.fub.faults.add({ method: "GET", path: /^\/people\/\d+$/, times: 2, kind: "status", status: 503 });
  const get = async (path: string) => (await call(keys.fubTest.ownerKey, "GET", path)).status;
  expect(await get("/people")).toBe(200);
  expect([await get("/people/101"), await get("/people/102"), await get("/people/101")]).toEqual([
    503, 503, 200,
  ]);
  expect(sandbox.fub.faults.list()).toEqual([]);
});

test("a gateway in between answers HTML", async () => {
  const { sandbox, call, keys } = await openSandbox();
  sandbox.fub.faults.add({ times: 1, kind: "html", status: 503 });
  const answer = await call(keys.fubTest.annKey, "GET", "/identity");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  expect(answer.body).toMatch(/^<!DOCTYPE html>/);
});

test("a 429 on demand asks for the patience given, and means it", async () => {
  const { sandbox, call, keys, time } = await openSandbox();
  sandbox.fub.faults.add({ times: 1, kind: "429", retryAfter: 3 });
  const answer = await call(keys.fubTest.annKey, "POST", "/calls", CALL);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "3"]);
  expect(sandbox.fub.account("fub-test").calls).toEqual([]);
  time.now += 2999;
  expect((await call(keys.fubTest.annKey, "GET", "/identity")).status).toBe(429);
  expect(sandbox.fub.violations).toBe(1);
  time.now += 1;
  expect((await call(keys.fubTest.annKey, "GET", "/identity")).status).toBe(200);
});

test("an answer may be late", async () => {
  const { sandbox, call, keys } = await openSandbox();
  sandbox.fub.faults.add({ times: 1, kind: "delay", delayMs: 120 });
  const before = performance.now();
  expect((await call(keys.fubTest.annKey, "GET", "/identity")).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(110);
});

test("other processes add faults, read the log and reset through the control door", async () => {
  const { url, call, keys } = await openSandbox();
  const control = (method: string, path: string, body?: unknown) =>
    send(`${url}/__control${path}`, method, body);
  const added = await control("POST", "/faults", [
    { path: { regex: "^/identity$" }, kind: "status", status: 500 },
    { method: "POST", path: "/notes", times: 3, kind: "html" },
  ]);
  expect([added.status, added.body]).toEqual([201, { added: 2 }]);
  expect((await control("POST", "/faults", { kind: "earthquake" })).status).toBe(400);
  expect((await call(keys.fubTest.annKey, "GET", "/identity")).status).toBe(500);
  await call(keys.fubTest.annKey, "PUT", "/people/101?mergeTags=true", { tags: ["New"] });
  const log = (await control("GET", "/requests?since=1")).body;
  expect(log).toMatchObject({ violations: 0 });
  expect(log.requests).toEqual([
    expect.objectContaining({
      method: "PUT",
      path: "/people/101",
      query: { mergeTags: "true" },
      body: { tags: ["New"] },
      system: "Aventora",
      systemKey: "sandbox-system-key",
      domain: "fub-test",
      userId: 2,
      status: 200,
    }),
  ]);
  expect((await control("POST", "/reset")).body).toEqual({ reset: true });
  expect((await control("GET", "/requests")).body.requests).toEqual([]);
  expect((await call(keys.fubTest.annKey, "GET", "/people/101")).body.tags).toEqual(["Buyer"]);
});

test("the log stays bounded", async () => {
  const { sandbox, call, keys } = await openSandbox();
  await call(keys.fubTest.annKey, "GET", "/identity");
  const [first] = sandbox.fub.requests;
  if (!first) throw new Error("nothing was logged");
  sandbox.fub.requests = Array.from({ length: 50_000 }, (_, index) => ({ ...first, seq: index + 1 }));
  await call(keys.fubTest.annKey, "GET", "/identity");
  expect(sandbox.fub.requests.length).toBeLessThanOrEqual(50_000);
  expect(sandbox.fub.requests.at(-1)?.seq).toBe(50_001);
});
