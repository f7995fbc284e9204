import { expect, test } from "vitest";
import { openSandbox, REGISTERED } from "./open-sandbox.ts";

test("ordinary requests say limit, what is left, window and context; registered systems get more", async () => {
  const { call, keys } = await openSandbox();
  const known = await call(keys.fubTest.annKey, "GET", "/identity");
  expect(Object.fromEntries([...known.headers].filter(([name]) => name.startsWith("x-ratelimit")))).toEqual({
    "x-ratelimit-limit": "250",
    "x-ratelimit-remaining": "249",
    "x-ratelimit-window": "10",
    "x-ratelimit-context": "global",
  });
  const wrongKey = { ...REGISTERED, "X-System-Key": "guess" };
  for (const headers of [{}, wrongKey]) {
    const answer = await call(keys.fubTest.annKey, "GET", "/identity", undefined, headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-ratelimit-limit")).toBe("125");
  }
});

test("each endpoint counts in its own context, for the account as a whole", async () => {
  const { call, keys } = await openSandbox();
  const context = async (key: string, method: string, path: string, body?: unknown) => {
    const { headers } = await call(key, method, path, body);
    return [headers.get("x-ratelimit-context"), headers.get("x-ratelimit-remaining")].join(" ");
  };
  expect(await context(keys.fubTest.annKey, "GET", "/events")).toBe("events 19");
  expect(await context(keys.fubTest.annKey, "GET", "/notes?personId=101")).toBe("notes 9");
  expect(await context(keys.fubTest.benKey, "POST", "/notes", { personId: 101 })).toBe("notes 8");
  expect(await context(keys.fubTest.ownerKey, "PUT", "/people/101", { tags: [] })).toBe("PUT.people 24");
  expect(await context(keys.fubTest.benKey, "GET", "/calls")).toBe("global 249");
  expect(await context(keys.cara.ownerKey, "GET", "/notes")).toBe("notes 9");
});

test("the eleventh note in ten seconds is refused and not stored; the window slides", async () => {
  const { sandbox, call, keys, time } = await openSandbox();
  const note = (at: number) => {
    time.now += at;
    return call(keys.fubTest.annKey, "POST", "/notes", { personId: 101, subject: "x" });
  };
  for (let index = 0; index < 10; index += 1) expect((await note(index === 0 ? 0 : 500)).status).toBe(201);
  const refused = await note(1200);
  expect(refused.status).toBe(429);
  // The first one leaves the window 10,000 ms after it came: 5,700 ms are gone, 4,300 are left.
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(sandbox.fub.account("fub-test").notes).toHaveLength(10);
  expect((await note(5000)).status).toBe(201);
  expect(sandbox.fub.violations).toBe(0);
});

test("whoever does not wait for Retry-After is refused everywhere in the account, and counted", async () => {
  const { sandbox, call, keys, time } = await openSandbox();
  sandbox.fub.options.limits.notes = { registered: 1, unregistered: 1 };
  await call(keys.fubTest.annKey, "GET", "/notes");
  const first = await call(keys.fubTest.annKey, "GET", "/notes");
  expect(first.headers.get("retry-after")).toBe("10");
  expect(sandbox.fub.violations).toBe(0);
  time.now += 4000;
  const early = await call(keys.fubTest.benKey, "POST", "/calls", {
    personId: 101,
    phone: "1",
    isIncoming: false,
  });
  expect([early.status, early.headers.get("retry-after")]).toEqual([429, "6"]);
  expect(sandbox.fub.account("fub-test").calls).toEqual([]);
  expect((await call(keys.fubTest.annKey, "POST", "/events", { person: { firstName: "X" } })).status).toBe(
    429,
  );
  expect((await call(keys.cara.ownerKey, "GET", "/identity")).status).toBe(200);
  expect(sandbox.fub.violations).toBe(2);
  expect(sandbox.fub.violationLog[0]).toMatchObject({ domain: "fub-test", path: "/calls", earlyByMs: 6000 });
  time.now += 6000;
  expect((await call(keys.fubTest.annKey, "GET", "/notes")).status).toBe(200);
  expect(sandbox.fub.violations).toBe(2);
});

test("posting events is not limited", async () => {
  const { call, keys } = await openSandbox();
  const events = Array.from({ length: 300 }, (_, index) =>
    call(keys.fubTest.ownerKey, "POST", "/events", { person: { firstName: `P${index}` } }),
  );
  const statuses = new Set((await Promise.all(events)).map(({ status }) => status));
  expect([...statuses]).toEqual([201]);
});
