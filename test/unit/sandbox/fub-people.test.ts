import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildPerson } from "../../../server/sandbox/build-account.ts";
import { openSandbox } from "./open-sandbox.ts";

const ids = (body: { people: { id: number }[] }): number[] => body.people.map(({ id }) => id);

test("a person has the keys a live one has, and fields picks from them", async () => {
  const { call, keys } = await openSandbox();
  const key = keys.fubTest.ownerKey;
  const live = JSON.parse(
    readFileSync(new URL("../../fixtures/sandbox-live-person-keys.json", import.meta.url), "utf8"),
  );
  const { body } = await call(key, "GET", "/people/107");
  expect(Object.keys(body)).toEqual(live.person);
  expect(Object.keys(body.phones[0])).toEqual(live.phone);
  expect(body).toMatchObject({
    contacted: 0,
    stageId: 2,
    phones: [{ isPrimary: 1, normalized: "6475550131" }],
  });
  const picked = await call(key, "GET", "/people/107?fields=tags,name,customNote");
  expect(picked.body).toEqual({ id: 107, name: "Nivia Guerra", tags: ["Open House"] });
  const everything = await call(key, "GET", "/people/107?fields=allFields");
  expect(everything.body).toHaveProperty("relationships");
});

test("filters: ids, ten digits, e-mail, name, tags, agent, time, list", async () => {
  const { call, keys, sandbox } = await openSandbox();
  const find = async (query: string) =>
    ids((await call(keys.fubTest.ownerKey, "GET", `/people?${query}`)).body).sort();
  expect(await find("id=103,101,9999")).toEqual([101, 103]);
  expect(await find("phone=6475550131")).toEqual([107]);
  expect(await find("phone=(647)%20555-0131")).toEqual([107]);
  expect(await find("phone=%2B16475550131")).toEqual([]);
  expect(await find("email=NIVIA@people.example")).toEqual([107]);
  expect(await find("name=guer")).toEqual([107]);
  expect(await find("tags=VIP,seller")).toEqual([104, 105, 106, 108, 115]);
  expect(await find("smartListId=23")).toEqual([101, 102, 103, 104, 105, 106, 107]);
  expect(await find("assignedUserId=3&tags=Buyer")).toEqual([102]);
  sandbox.fub.account("fub-test").people[2] = buildPerson({
    id: 103,
    firstName: "V",
    lastName: "V",
    updated: "2026-05-01T00:00:00Z",
  });
  expect(await find("updatedAfter=2026-04-30T23:59:59Z")).toEqual([103]);
  const badTime = await call(keys.fubTest.ownerKey, "GET", "/people?updatedAfter=yesterday");
  expect(badTime.status).toBe(400);
  // Ann's own list is hers alone.
  expect((await call(keys.fubTest.benKey, "GET", "/people?smartListId=25")).status).toBe(404);
});

test("pages of ten, newest first, by an opaque unpadded token that survives new and deleted people", async () => {
  const { call, keys, sandbox } = await openSandbox();
  const account = sandbox.fub.account("fub-test");
  const first = (await call(keys.fubTest.ownerKey, "GET", "/people")).body;
  expect(ids(first)).toEqual([116, 115, 114, 113, 112, 111, 110, 109, 108, 107]);
  expect(first._metadata).toMatchObject({ collection: "people", offset: 0, limit: 10, total: 16 });
  expect(Buffer.from(first._metadata.next, "base64").toString()).toBe('{"sinceId":107}');
  expect(first._metadata.next).not.toContain("=");
  expect(first._metadata.nextLink).toMatch(/\/v1\/people\?next=/);
  account.people = account.people.filter(({ id }) => id !== 107);
  account.people.push(buildPerson({ id: 117, firstName: "New", lastName: "One" }));
  const second = (await call(keys.fubTest.ownerKey, "GET", `/people?next=${first._metadata.next}`)).body;
  expect(ids(second)).toEqual([106, 105, 104, 103, 102, 101]);
  expect(second._metadata).toMatchObject({ next: null, nextLink: null });
  expect((await call(keys.fubTest.ownerKey, "GET", "/people?next=rubbish")).status).toBe(400);
});

test("whatever the page size and order, following next brings everybody once", async () => {
  const { call, keys, sandbox } = await openSandbox();
  sandbox.fub.options.limits.global = null;
  const sorts = fc.constantFrom("", "&sort=name", "&sort=-created", "&sort=id", "&sort=-id");
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), sorts, async (limit, sort) => {
      const seen: number[] = [];
      for (let next = ""; next !== "end"; ) {
        const token = next && `&next=${next}`;
        const { body } = await call(keys.fubTest.ownerKey, "GET", `/people?limit=${limit}${sort}${token}`);
        seen.push(...ids(body));
        next = body._metadata.next ?? "end";
      }
      expect(seen.toSorted()).toEqual(Array.from({ length: 16 }, (_, index) => 101 + index));
    }),
    { numRuns: 15 },
  );
});

test("limit is clamped at 100; a deep offset is refused where a token is not", async () => {
  const { call, keys, sandbox } = await openSandbox();
  sandbox.fub.account("fub-test").people = Array.from({ length: 2150 }, (_, index) =>
    buildPerson({ id: index + 1, firstName: "P", lastName: String(index) }),
  );
  const key = keys.fubTest.ownerKey;
  const big = await call(key, "GET", "/people?limit=500");
  expect([big.body._metadata.limit, big.body.people.length]).toEqual([100, 100]);
  expect((await call(key, "GET", "/people?offset=1999")).status).toBe(200);
  const deep = await call(key, "GET", "/people?offset=2000");
  expect([deep.status, deep.body.errorMessage]).toEqual([
    400,
    "Deep pagination disabled, use 'nextLink' url",
  ]);
  const token = Buffer.from('{"sinceId":101}').toString("base64url");
  expect((await call(key, "GET", `/people?limit=100&next=${token}`)).body.people).toHaveLength(100);
  expect((await call(key, "GET", "/people?limit=0")).status).toBe(400);
});

test("writing a list replaces it, mergeTags adds to it; the bin hides without forgetting", async () => {
  const { call, keys } = await openSandbox();
  const key = keys.fubTest.ownerKey;
  expect(
    (await call(key, "PUT", "/people/103?mergeTags=true", { tags: ["Hot", "Buyer"] })).body.tags,
  ).toEqual(["Buyer", "Open House", "Hot"]);
  const put = await call(key, "PUT", "/people/103", {
    tags: ["Only"],
    phones: [{ value: "416-555-0177" }],
    customX: 1,
  });
  expect(put.body).toMatchObject({ tags: ["Only"], phones: [{ normalized: "4165550177", isPrimary: 1 }] });
  expect(put.body.phones).toHaveLength(1);
  expect((await call(key, "GET", "/people/103?fields=customX")).body).toEqual({ id: 103, customX: 1 });
  expect((await call(key, "DELETE", "/people/103")).status).toBe(200);
  expect(ids((await call(key, "GET", "/people?id=103")).body)).toEqual([]);
  expect(ids((await call(key, "GET", "/people?id=103&includeTrash=true")).body)).toEqual([103]);
  expect((await call(key, "POST", "/notes", { personId: 103 })).status).toBe(404);
});

test("POST /people makes a bare contact, plain strings as e-mails are taken but not kept", async () => {
  const { call, keys } = await openSandbox();
  const made = await call(keys.fubTest.annKey, "POST", "/people", {
    name: "Lee Ng Park",
    emails: ["lee@people.example"],
    tags: ["A"],
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    id: 117,
    firstName: "Lee",
    lastName: "Ng Park",
    emails: [],
    tags: ["A"],
    assignedTo: "Ann One",
  });
  const duplicate = { firstName: "Z", phones: [{ value: "+1 (647) 555-0131" }] };
  const known = await call(keys.fubTest.annKey, "POST", "/people?deduplicate=true", duplicate);
  expect([known.status, known.body.id, known.body.firstName]).toEqual([200, 107, "Nivia"]);
  const check = async (query: string) =>
    (await call(keys.fubTest.annKey, "GET", `/people/checkDuplicate?${query}`)).body;
  expect(await check("phone=647-555-0131")).toEqual({
    found: true,
    matchedBy: "phone",
    assignedTo: "Ann One",
  });
  expect(await check("email=boris@nowhere.example")).toEqual({ found: false });
});

test("events: 201 for a new person, 200 for a known one, 204 for an archived source, 404 for an unknown id", async () => {
  const { call, keys, sandbox } = await openSandbox();
  const account = sandbox.fub.account("fub-test");
  const event = (person: object, source = "Aventora") =>
    call(keys.fubTest.ownerKey, "POST", "/events", { source, type: "Incoming Call", person });
  const made = await event({ firstName: "Nu", phones: [{ value: "4165550188" }] });
  expect([made.status, made.body.id, made.body.phones.length]).toEqual([201, 117, 1]);
  const again = await event({ phones: [{ value: "+1 416 555 0188" }], tags: ["Second"] });
  expect([again.status, again.body.id, again.body.tags]).toEqual([200, 117, ["Second"]]);
  account.archivedSources.push("Old Site");
  const dropped = await event({ firstName: "Lost" }, "Old Site");
  expect([dropped.status, dropped.body]).toEqual([204, ""]);
  expect((await event({ id: 4242 })).status).toBe(404);
  expect((await event({})).status).toBe(400);
  expect(account.people).toHaveLength(17);
  const list = await call(keys.fubTest.ownerKey, "GET", "/events?limit=1");
  expect(list.body).toMatchObject({
    _metadata: { collection: "events", total: 2 },
    events: [{ type: "Incoming Call", personId: 117 }],
  });
});

test("a person just made is unknown to notes and calls, and comes without lists, until the delay is over", async () => {
  const { call, keys, sandbox, time } = await openSandbox();
  sandbox.fub.options.newPersonDelayMs = 3000;
  const person = { firstName: "Nu", phones: [{ value: "4165550188" }] };
  const { body } = await call(keys.fubTest.ownerKey, "POST", "/events", { person });
  expect(body.phones).toHaveLength(1);
  const key = keys.fubTest.ownerKey;
  const statuses = async () => [
    (await call(key, "POST", "/notes", { personId: body.id })).status,
    (await call(key, "POST", "/calls", { personId: body.id, phone: "1", isIncoming: false })).status,
    (await call(key, "GET", `/notes?personId=${body.id}`)).status,
    (await call(key, "GET", `/calls?personId=${body.id}`)).status,
  ];
  expect(await statuses()).toEqual([404, 404, 404, 404]);
  expect((await call(key, "GET", `/people/${body.id}`)).body).toMatchObject({ phones: [], delayed: null });
  time.now += 3000;
  expect(await statuses()).toEqual([201, 201, 200, 200]);
  expect((await call(key, "GET", `/people/${body.id}`)).body.phones).toHaveLength(1);
});

test("Smart Lists: classic ones alone unless fub2 or all is asked for, and only visible ones", async () => {
  const { call, keys } = await openSandbox();
  const lists = async (key: string, query: string) => {
    const { body } = await call(key, "GET", `/smartLists${query}`);
    expect(body._metadata.collection).toBe("smartlists");
    return body.smartlists.map(({ id }: { id: number }) => id);
  };
  expect(await lists(keys.fubTest.annKey, "")).toEqual([12, 11]);
  expect(await lists(keys.fubTest.annKey, "?fub2=true")).toEqual([25, 24, 23, 22, 21]);
  expect(await lists(keys.fubTest.benKey, "?all=true&limit=100")).toEqual([24, 23, 22, 21, 12, 11]);
  const one = await call(keys.fubTest.annKey, "GET", "/smartLists/22");
  expect(one.body).toMatchObject({
    id: 22,
    isFub2: true,
    shared: true,
    conditions: [{ fld: "tags", val: "Open House" }],
  });
  expect((await call(keys.fubTest.benKey, "GET", "/smartLists/25")).status).toBe(404);
});
