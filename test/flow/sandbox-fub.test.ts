import { expect, test } from "vitest";
import { basic, openSandbox, send } from "../unit/sandbox/open-sandbox.ts";

const NOT_FOUND = { errorMessage: "Requested resource was not found." };

test("without a key, with a wrong one or with a key as bearer: the recorded 401 and no rate headers", async () => {
  const { url, keys, sandbox } = await openSandbox();
  const attempts = [
    {},
    { authorization: basic("fka_wrong") },
    { authorization: `Bearer ${keys.fubTest.annKey}` },
  ];
  for (const headers of attempts) {
    const answer = await send(`${url}/v1/identity`, "GET", undefined, headers as Record<string, string>);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Basic realm="Follow Up Boss API"');
    expect(answer.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expect(answer.body).toEqual({
      errorMessage:
        "Authentication is required. Use Basic HTTP Authentication with API Key as username and blank password, or use Bearer token authentication.",
    });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
  }
  expect(sandbox.fub.requests.map(({ domain, status }) => [domain, status])).toEqual(
    Array(3).fill([null, 401]),
  );
});

test("identity tells account and user, and the headers do as well; any password will do", async () => {
  const { url, keys } = await openSandbox();
  const authorization = `Basic ${Buffer.from(`${keys.fubTest.annKey}:whatever`).toString("base64")}`;
  const { status, headers, body } = await send(`${url}/v1/identity`, "GET", undefined, { authorization });
  expect(status).toBe(200);
  expect(body.account).toEqual({
    id: 7001,
    domain: "fub-test",
    name: "Maple Street Realty",
    owner: { name: "Olive Owner", email: "olive@fub-test.example" },
  });
  expect(body.user).toMatchObject({ id: 2, name: "Ann One", role: "Agent", isOwner: false, isLender: false });
  expect([headers.get("fub-account-id"), headers.get("fub-user-id")]).toEqual(["7001", "2"]);
});

test("unknown paths, and /me, are not there", async () => {
  const { call, keys } = await openSandbox();
  for (const path of ["/me", "/teams", "/people/101/notes", "/"]) {
    const answer = await call(keys.fubTest.ownerKey, "GET", path);
    expect([answer.status, answer.body]).toEqual([404, NOT_FOUND]);
  }
  expect((await call(keys.fubTest.ownerKey, "DELETE", "/calls/1")).status).toBe(404);
});

test("users come with their phones as typed and never with their keys", async () => {
  const { call, keys } = await openSandbox();
  const { body } = await call(keys.fubTest.annKey, "GET", "/users?sort=name");
  expect(body._metadata).toEqual({
    collection: "users",
    offset: 0,
    limit: 10,
    total: 3,
    next: null,
    nextLink: null,
  });
  expect(body.users.map((user: { name: string }) => user.name)).toEqual([
    "Ann One",
    "Ben Two",
    "Olive Owner",
  ]);
  expect(JSON.stringify(body)).not.toContain("fka_");
  const ann = await call(keys.fubTest.ownerKey, "GET", "/users/2");
  expect(ann.body).toMatchObject({ phone: "(416) 555-0111", role: "Agent", status: "Active" });
  expect((await call(keys.fubTest.ownerKey, "GET", "/users/99")).body).toEqual(NOT_FOUND);
});

test("an agent sees people assigned to or shared with them; other people do not exist", async () => {
  const { call, keys, sandbox } = await openSandbox();
  const ids = async (key: string) =>
    (await call(key, "GET", "/people?limit=100")).body.people.map((person: { id: number }) => person.id);
  expect(await ids(keys.fubTest.ownerKey)).toHaveLength(16);
  const ann = await ids(keys.fubTest.annKey);
  expect(ann).toContain(107);
  expect(ann).toContain(102);
  expect(ann).not.toContain(110);
  const hidden = { personId: 110, phone: "4165550141", isIncoming: false };
  for (const [method, path, body] of [
    ["GET", "/people/110"],
    ["PUT", "/people/110", { tags: [] }],
    ["GET", "/notes?personId=110"],
    ["POST", "/notes", { personId: 110 }],
    ["POST", "/calls", hidden],
    ["POST", "/events", { person: { id: 110 } }],
  ] as const) {
    const answer = await call(keys.fubTest.annKey, method, path, body);
    expect([answer.status, answer.body], `${method} ${path}`).toEqual([404, NOT_FOUND]);
  }
  const other = await call(keys.fubTest.benKey, "POST", "/calls", hidden);
  expect(other.status).toBe(201);
  expect((await call(keys.fubTest.annKey, "GET", `/calls/${other.body.id}`)).status).toBe(404);
  expect((await call(keys.fubTest.annKey, "GET", "/calls")).body.calls).toEqual([]);
  expect(sandbox.fub.account("solo-cara").people[0]?.id).toBe(sandbox.fub.account("solo-dev").people[0]?.id);
});

test("an expired account answers 403 to everything but new events", async () => {
  const { call, keys, sandbox } = await openSandbox();
  sandbox.fub.account("fub-test").expired = true;
  expect((await call(keys.fubTest.ownerKey, "GET", "/identity")).status).toBe(403);
  expect((await call(keys.fubTest.ownerKey, "GET", "/events")).status).toBe(403);
  expect(
    (await call(keys.fubTest.ownerKey, "POST", "/events", { person: { name: "New Lead" } })).status,
  ).toBe(201);
  expect((await call(keys.cara.ownerKey, "GET", "/identity")).status).toBe(200);
});

test("bodies are strict: unknown fields are named, missing and wrong ones too, and nothing is stored", async () => {
  const { call, keys, sandbox } = await openSandbox();
  const refused = async (path: string, body: unknown, method = "POST") => {
    const answer = await call(keys.fubTest.ownerKey, method, path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(400);
    return answer.body.errorMessage;
  };
  const call101 = { personId: 101, phone: "1", isIncoming: 0 };
  expect(await refused("/notes", { personId: 101, colour: 1, size: 2 })).toBe(
    "Invalid fields in the request body: colour, size.",
  );
  expect(await refused("/calls", { ...call101, externalId: "e" })).toBe(
    "Invalid fields in the request body: externalId.",
  );
  expect(await refused("/events", { person: { firstName: "A" }, tags: [] })).toBe(
    "Invalid fields in the request body: tags.",
  );
  expect(await refused("/events", { person: { nick: "A" } })).toBe(
    "Invalid fields in the request body: nick.",
  );
  expect(await refused("/people/101", { source: "x" }, "PUT")).toBe(
    "Invalid fields in the request body: source.",
  );
  expect(await refused("/calls", { personId: 101, phone: "1" })).toBe("Missing required field: isIncoming.");
  expect(await refused("/notes", { subject: "x" })).toBe("Missing required field: personId.");
  expect(await refused("/notes", { personId: "101" })).toBe("Invalid value for field: personId.");
  expect(await refused("/calls", { ...call101, isIncoming: "no" })).toBe(
    "Invalid value for field: isIncoming.",
  );
  expect(await refused("/calls", { ...call101, duration: 1.5 })).toBe("Invalid value for field: duration.");
  expect(await refused("/events", { type: "Phone Call", person: { name: "A" } })).toBe(
    "Invalid value for field: type.",
  );
  await refused("/notes", "{broken");
  await refused("/notes", "[1]");
  await refused("/notes", '"text"');
  await refused("/notes", undefined);
  const account = sandbox.fub.account("fub-test");
  expect([account.notes, account.calls, account.events, account.people.length]).toEqual([[], [], [], 16]);
});

test("notes: made, read, changed and removed, each in the shape its endpoint has", async () => {
  const { call, keys } = await openSandbox();
  const made = await call(keys.fubTest.annKey, "POST", "/notes", {
    personId: 101,
    subject: "SMS sent",
    body: "Hi",
    isHtml: 0,
  });
  expect([made.status, made.body]).toEqual([
    201,
    {
      id: 1,
      created: "2026-05-04T12:00:00Z",
      updated: "2026-05-04T12:00:00Z",
      createdBy: "Ann One",
      updatedBy: "Ann One",
      personId: 101,
      subject: "SMS sent",
      body: "Hi",
      type: "",
      isHtml: 0,
    },
  ]);
  const changed = await call(keys.fubTest.benKey, "PUT", "/notes/1", { body: "Hello", isHtml: true });
  expect(changed.body).toMatchObject({ subject: "SMS sent", body: "Hello", isHtml: 1, updatedBy: "Ben Two" });
  const list = await call(keys.fubTest.ownerKey, "GET", "/notes?personId=101");
  expect(list.body.notes).toEqual([
    expect.objectContaining({ isHtml: true, systemName: "Aventora", createdById: 2 }),
  ]);
  expect((await call(keys.fubTest.ownerKey, "DELETE", "/notes/1")).status).toBe(200);
  expect((await call(keys.fubTest.ownerKey, "GET", "/notes/1")).body).toEqual(NOT_FOUND);
});

test("calls: outcomes are a closed set, recordings come back masked, only the same system may change them", async () => {
  const { call, keys } = await openSandbox();
  const body = {
    personId: 101,
    phone: "(416) 555-0101",
    isIncoming: false,
    duration: 63,
    recordingUrl: "https://x.example/r",
  };
  const wrong = await call(keys.fubTest.annKey, "POST", "/calls", { ...body, outcome: "no_answer" });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errorMessage).toContain(
    "Interested, Not Interested, Left Message, No Answer, Busy, Bad Number",
  );
  const made = await call(keys.fubTest.annKey, "POST", "/calls", { ...body, outcome: "No Answer" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    userId: 2,
    userName: "Ann One",
    name: "Nadia No-Answer",
    outcome: "No Answer",
    isIncoming: false,
    recordingUrl: "Content is hidden for privacy reasons.",
  });
  const put = { outcome: "Interested", note: "Called back" };
  const foreign = await call(keys.fubTest.annKey, "PUT", "/calls/1", put, { "X-System": "Another" });
  expect(foreign.status).toBe(403);
  expect((await call(keys.fubTest.annKey, "PUT", "/calls/1", put)).body).toMatchObject({
    ...put,
    duration: 63,
  });
  expect((await call(keys.fubTest.annKey, "GET", "/calls?phone=4165550101")).body.calls).toHaveLength(1);
  expect((await call(keys.fubTest.annKey, "GET", "/calls?personId=103")).body.calls).toEqual([]);
});

test("only keys with rights over everybody log a call as another user; person 0 is an unknown caller", async () => {
  const { call, keys } = await openSandbox();
  const body = { personId: 101, phone: "1", isIncoming: true, userId: 3 };
  expect((await call(keys.fubTest.annKey, "POST", "/calls", body)).body.userName).toBe("Ann One");
  expect((await call(keys.fubTest.ownerKey, "POST", "/calls", body)).body.userName).toBe("Ben Two");
  expect((await call(keys.fubTest.ownerKey, "POST", "/calls", { ...body, userId: 77 })).status).toBe(400);
  const unknown = await call(keys.fubTest.ownerKey, "POST", "/calls", { ...body, personId: 0 });
  expect([unknown.status, unknown.body.personId, unknown.body.name]).toEqual([201, 0, null]);
});
