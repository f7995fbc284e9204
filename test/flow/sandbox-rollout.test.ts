import { expect, test } from "vitest";
import { buildRolloutCredential } from "../../server/sandbox/rollout/build-rollout.ts";
import { rolloutWorld } from "../../server/sandbox/rollout/demo-rollout.ts";
import { mintToken, openRolloutSandbox } from "../helpers/open-rollout-sandbox.ts";

const NOT_READY = { errorMessage: "Data for this credential is not ready yet. Please try again." };
const SECRET = "rollout-secret-0123456789abcdef";

const names = (body: { people: { firstName: string }[] }): string[] =>
  body.people.map(({ firstName }) => firstName);

test("only a fresh HS512 token with all four claims is let in", async () => {
  const { call, demo, time } = await openRolloutSandbox();
  const good = { sub: demo.consumerKey };
  const now = Math.floor(time.now / 1000);
  const status = async (token: string): Promise<number> =>
    (await call("GET", "/users", undefined, { authorization: token })).status;
  expect(await status(`Bearer ${mintToken(good, time.now)}`)).toBe(200);
  for (const bad of [
    { ...good, alg: "HS256" },
    { ...good, alg: "HS384" },
    { ...good, secret: `${SECRET}!` },
    { ...good, iss: "somebody else" },
    {},
    { sub: "" },
    { ...good, iat: null },
    { ...good, exp: null },
    { ...good, exp: now - 1 },
  ])
    expect(await status(`Bearer ${mintToken(bad, time.now)}`), JSON.stringify(bad)).toBe(401);
  const token = mintToken(good, time.now);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token.split(".")[1]}.`;
  for (const header of [
    "",
    token,
    `Basic ${token}`,
    `Bearer ${unsigned}`,
    `Bearer ${token.slice(0, -4)}AAAA`,
  ])
    expect(await status(header), header).toBe(401);
  time.now += 900_000;
  expect(await status(`Bearer ${token}`)).toBe(401);
  const { body } = await call("GET", "/users", undefined, { authorization: "" });
  expect(body).toEqual({ errorMessage: expect.any(String) });
});

test("an account is there only for the tenant that connected it", async () => {
  const other = buildRolloutCredential({ id: "other", consumerKey: "somebody" });
  const { call, demo } = await openRolloutSandbox();
  const second = await openRolloutSandbox({ credentials: [other] });
  const status = async (id: string): Promise<number> =>
    (await call("GET", "/users", undefined, { "X-Rollout-Credential-Id": id })).status;
  expect([await status(demo.credentialId), await status(""), await status("unknown")]).toEqual([
    200, 403, 403,
  ]);
  const foreign = { "X-Rollout-Credential-Id": "other" };
  expect((await second.call("GET", "/people", undefined, foreign)).status).toBe(403);
  const theirs = { ...foreign, authorization: `Bearer ${mintToken({ sub: "somebody" }, second.time.now)}` };
  expect((await second.call("GET", "/people", undefined, theirs)).body.people).toEqual([]);
});

test("nothing answers before the first sync is over", async () => {
  const { call, demo, rollout } = await openRolloutSandbox({ notReady: [rolloutWorld().credentialId] });
  const person = demo.people.nivia;
  for (const [method, path, body] of [
    ["GET", "/people"],
    ["GET", "/notes"],
    ["POST", "/people", {}],
    ["PUT", `/people/${person}`, {}],
    ["DELETE", `/people/${person}`],
    ["POST", "/webhooks", { url: "https://a.example/", event: "peopleUpdated" }],
  ] as const) {
    const answer = await call(method, path, body);
    expect([method, path, answer.status, answer.body]).toEqual([method, path, 409, NOT_READY]);
  }
  rollout.completeSync(demo.credentialId, "http://127.0.0.1:9/nobody");
  expect((await call("GET", "/people")).status).toBe(200);
  rollout.reset();
  expect((await call("GET", "/people")).status).toBe(409);
});

test("a list goes on by cursor to its end, and a cursor belongs to its question", async () => {
  const { call, api, rollout, demo } = await openRolloutSandbox();
  const { credentialId } = demo;
  for (let i = 0; i < 115; i++)
    rollout.addPerson(credentialId, { firstName: `P${i}`, lastName: "X", tags: ["Many"] });
  const first = await call("GET", "/people");
  expect(first.body._metadata).toEqual({
    collection: "people",
    offset: 0,
    limit: 10,
    total: 125,
    next: expect.any(String),
    nextLink: expect.stringContaining(`${api}/people?`),
  });
  const whole = await call("GET", "/people?limit=1000");
  expect([whole.body._metadata.limit, whole.body.people.length]).toEqual([100, 100]);
  const seen: string[] = [];
  let path: string | null = "/people?tags=Many&limit=50";
  while (path) {
    const { body } = await call("GET", path);
    seen.push(...names(body));
    path = body._metadata.nextLink?.slice(api.length) ?? null;
  }
  expect(seen).toEqual(Array.from({ length: 115 }, (_, i) => `P${i}`));
  expect(names((await call("GET", "/people?offset=124")).body)).toEqual(["P114"]);
  const { next } = first.body._metadata;
  expect(names((await call("GET", `/people?next=${next}&limit=1`)).body)).toEqual(["P0"]);
  for (const query of ["limit=0", "limit=x", "offset=-1", "offset=", "next=x", `next=${next}&tags=Many`])
    expect((await call("GET", `/people?${query}`)).status, query).toBe(400);
  expect((await call("GET", `/users?next=${next}`)).status).toBe(400);
});

test("people are found by exact e-mail, bare digits and exact tag; what is not documented filters nothing", async () => {
  const { call, demo } = await openRolloutSandbox();
  const find = async (query: Record<string, string>): Promise<string[]> =>
    names((await call("GET", `/people?limit=100&${new URLSearchParams(query)}`)).body);
  expect(await find({ email: "nivia@clients.example" })).toEqual(["Nivia"]);
  expect(await find({ email: "Nivia@clients.example" })).toEqual([]);
  expect(await find({ phone: "6475550131" })).toEqual(["Nivia"]);
  expect(await find({ phone: "4165550104" })).toEqual(["Ivan"]);
  for (const phone of ["+16475550131", "16475550131", "(647) 555-0131", "647555"])
    expect(await find({ phone }), phone).toEqual([]);
  expect(await find({ tags: "Open House" })).toEqual(["Vera", "Nivia", "Sam"]);
  expect(await find({ tags: "open house" })).toEqual([]);
  expect(await find({ tags: "Open House", phone: "4165550132" })).toEqual(["Sam"]);
  expect(await find({ ids: demo.people.sam })).toHaveLength(10);
});

test("a person needs two names, and only known fields of the right kind are taken", async () => {
  const { call, demo } = await openRolloutSandbox();
  const name = { firstName: "Lena", lastName: "Lind" };
  for (const [body, wrong] of [
    [{ firstName: "Lena" }, "lastName"],
    [{ lastName: "Lind" }, "firstName"],
    [{ ...name, fullName: "x" }, "fullName"],
    [{ ...name, phones: [{ value: "1", normalized: "1" }] }, "normalized"],
    [{ ...name, phones: [{ type: "mobile" }] }, "phones.0.value"],
    [{ ...name, emails: [{ value: "a@b.example", isPrimary: null }] }, "isPrimary"],
    [{ ...name, tags: "VIP" }, "tags"],
    [{ ...name, averagePrice: "1" }, "averagePrice"],
    [{ ...name, assignedUserId: 3 }, "assignedUserId"],
    [{ ...name, assignedUserId: "nobody" }, "assignedUserId"],
    [[], "JSON object"],
    ["{", "JSON object"],
  ] as const) {
    const { status, body: answer } = await call("POST", "/people", body);
    expect([status, answer.errorMessage]).toEqual([400, expect.stringContaining(wrong)]);
  }
  const plain = await call("POST", "/people", name, { "content-type": "text/plain" });
  expect(plain.status).toBe(400);
  const phones = [{ value: "647 555 0199", isPrimary: null }];
  const made = await call("POST", "/people", {
    ...name,
    phones,
    tags: ["A"],
    assignedUserId: demo.users.ann,
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: "Lena Lind", tags: ["A"], created: "2026-05-04T12:00:00.000Z" });
  expect(made.body.phones).toEqual([{ value: "647 555 0199", type: "", status: "", isPrimary: null }]);
  const at = `/people/${made.body.id}`;
  expect((await call("GET", at)).body).toEqual(made.body);
  expect((await call("PUT", `${at}?mergeTags=true`, { tags: ["B"] })).body.tags).toEqual(["A", "B"]);
  expect((await call("PUT", at, { tags: ["C"], lastName: "Lund" })).body).toMatchObject({
    tags: ["C"],
    name: "Lena Lund",
  });
  expect((await call("PUT", `${at}?mergeTags=1`, { tags: ["D"] })).status).toBe(400);
  expect((await call("PUT", at, { id: "1" })).status).toBe(400);
  expect(await call("POST", `${at}/tags/apply`, { tags: ["C", "D"] })).toMatchObject({
    status: 200,
    body: [],
  });
  expect((await call("POST", `${at}/tags/delete`, { tags: ["C", "x"] })).status).toBe(200);
  expect((await call("POST", `${at}/tags/apply`, {})).status).toBe(400);
  expect((await call("GET", at)).body.tags).toEqual(["D"]);
  expect(await call("DELETE", at)).toMatchObject({ status: 200, body: [] });
  for (const method of ["GET", "PUT", "DELETE"]) expect((await call(method, at)).status).toBe(404);
});

test("notes and calls belong to somebody who is there; users and lists are read", async () => {
  const { call, demo, rollout } = await openRolloutSandbox();
  const personId = demo.people.nivia;
  const log = { personId, phone: "+16475550131", isIncoming: false };
  for (const [path, body] of [
    ["/notes", { body: "x" }],
    ["/notes", { personId: "nobody", body: "x" }],
    ["/notes", { personId, body: "x", userId: demo.users.ann }],
    ["/calls", { ...log, phone: undefined }],
    ["/calls", { ...log, isIncoming: undefined }],
    ["/calls", { ...log, isIncoming: 0 }],
    ["/calls", { ...log, personId: "nobody" }],
    ["/calls", { ...log, userId: "nobody" }],
    ["/calls", { ...log, duration: "12" }],
  ] as const)
    expect((await call("POST", path, body)).status, JSON.stringify(body)).toBe(400);
  const note = await call("POST", "/notes", { personId, subject: "s", body: "<b>x</b>", isHtml: true });
  const logged = await call("POST", "/calls", {
    ...log,
    userId: demo.users.ann,
    outcome: "Whatever",
    duration: 3,
  });
  expect([note.status, logged.status, logged.body.outcome]).toEqual([201, 201, "Whatever"]);
  const [noteAt, callAt] = [`/notes/${note.body.id}`, `/calls/${logged.body.id}`];
  expect((await call("PUT", noteAt, { body: "y" })).body).toMatchObject({
    body: "y",
    subject: "s",
    isHtml: true,
  });
  expect((await call("PUT", callAt, { note: "n", outcome: "Left" })).body).toMatchObject({
    note: "n",
    duration: 3,
  });
  expect((await call("GET", "/calls")).body.calls).toEqual([(await call("GET", callAt)).body]);
  expect((await call("GET", "/notes")).body._metadata.total).toBe(1);
  rollout.credential(demo.credentialId).entities.notes = false;
  expect((await call("POST", "/notes", { personId, body: "z" })).status).toBe(201);
  expect((await call("GET", "/notes")).body.notes).toEqual([]);
  expect((await call("GET", noteAt)).status).toBe(404);
  expect((await call("DELETE", callAt)).body).toEqual([]);
  expect((await call("GET", callAt)).status).toBe(404);
  const users = (await call("GET", "/users")).body.users;
  expect((await call("GET", `/users/${demo.users.ben}`)).body).toEqual(users[2]);
  expect((await call("GET", "/smart-lists")).body["smart-lists"]).toHaveLength(1);
  expect((await call("GET", "/pipelines")).status).toBe(404);
});

test("fifty requests of a tenant pass in a second, then one waits its turn", async () => {
  const { call, demo, time, rollout } = await openRolloutSandbox({ requestsPerSecond: 50 });
  const statuses = await Promise.all(
    Array.from({ length: 52 }, async () => (await call("GET", "/users")).status),
  );
  expect(statuses.toSorted()).toEqual([...Array(50).fill(200), 429, 429]);
  expect((await call("GET", "/users")).headers.get("retry-after")).toBeNull();
  const other = { authorization: `Bearer ${mintToken({ sub: "somebody" }, time.now)}` };
  expect((await call("GET", "/users", undefined, other)).status).toBe(403);
  time.now += 1000;
  expect((await call("GET", "/users")).status).toBe(200);
  expect(rollout.hits.get(demo.consumerKey)).toHaveLength(1);
});

test("requests fail on demand, before or after what they were to do", async () => {
  const { call, demo, rollout } = await openRolloutSandbox();
  const personId = demo.people.nivia;
  const post = () => call("POST", "/notes", { personId, body: "x" });
  rollout.fail(2, 503);
  expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([503, 503, 201]);
  rollout.faults.add({ times: 1, kind: "reset" });
  await expect(post()).rejects.toThrow();
  const { notes } = rollout.credential(demo.credentialId);
  expect(notes).toHaveLength(1);
  rollout.faults.add({ times: 1, kind: "timeout-after-storing", method: "POST", path: "/notes" });
  const lost = post().catch(() => "no answer");
  await expect.poll(() => notes.length).toBe(2);
  expect(rollout.requests.at(-1)).toMatchObject({
    status: 201,
    answered: false,
    fault: "timeout-after-storing",
  });
  expect(await Promise.race([lost, new Promise((done) => setTimeout(done, 30, "silence"))])).toBe("silence");
});
