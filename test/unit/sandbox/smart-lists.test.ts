import { expect, test } from "vitest";
import { toE164 } from "../../../server/base/phone-numbers.ts";
import { demoWorld } from "../../../server/sandbox/demo/demo-world.ts";
import { memberTest } from "../../../server/sandbox/fub/find-people.ts";
import { growList } from "../../../server/sandbox/grow-list.ts";
import { type OpenSandbox, openSandbox } from "./open-sandbox.ts";

const LISTED = { count: 250, listName: "Spring" };
type Page = { people: { id: number }[]; _metadata: { next: string | null; total: unknown } };

/** Pages of a hundred as Ann reads them, to the end. */
async function readList({ call, keys }: OpenSandbox, listId: number): Promise<number[][]> {
  const pages: number[][] = [];
  let next: string | null = null;
  do {
    const token: string = next === null ? "" : `&next=${encodeURIComponent(next)}`;
    const { body } = await call(
      keys.fubTest.annKey,
      "GET",
      `/people?smartListId=${listId}&limit=100${token}`,
    );
    const page = body as Page;
    pages.push(page.people.map(({ id }) => id));
    next = page._metadata.next;
  } while (next !== null);
  return pages;
}

test("a grown list has exactly as many awkward people as asked for, scattered, the same every time", () => {
  const grow = () => {
    const [account] = demoWorld().accounts;
    if (!account) throw new Error("no demo account");
    const shares = { noPhone: 0.1, relationshipOnly: 0.02, landline: 0.05, duplicate: 0.04, telling: 0.06 };
    return growList(account, { count: 1000, listName: "Big", ...shares, noEmail: 0.2 });
  };
  const { people, counts } = grow();
  expect(counts).toEqual({
    ordinary: 730,
    noPhone: 100,
    relationshipOnly: 20,
    landline: 50,
    invalidPhone: 0,
    duplicate: 40,
    telling: 60,
    noEmail: 200,
  });
  expect(people.filter(({ phones }) => phones.length === 0)).toHaveLength(100);
  expect(people.filter(({ emails }) => emails.length === 0)).toHaveLength(200);
  expect(people.slice(0, 100).filter(({ phones }) => phones.length === 0).length).toBeGreaterThan(3);
  expect(grow().people).toEqual(people);
});

test("grown numbers are distinct, complete, and end in 01 to 06 only where asked for, in every account", () => {
  const numbers = demoWorld().accounts.flatMap((account) => {
    const { people } = growList(account, { count: 10_000, listName: "Big", telling: 0.01 });
    const own = people.map(({ phones }) => phones[0]?.value ?? "");
    expect(own.filter((value) => /0[1-6]$/.test(value))).toHaveLength(100);
    return account.people.flatMap(({ phones }) => phones.map(({ normalized }) => normalized));
  });
  for (const number of numbers) expect(toE164(number)).toMatch(/^\+1[2-9]\d\d[2-9]\d{6}$/);
  // The demo's own lists hold six duplicates on purpose.
  expect(numbers.length - new Set(numbers).size).toBeLessThanOrEqual(6);
});

test("one call in the demo shows every surprise: both agents see all sixty, and each has a list of their own", () => {
  const [account] = demoWorld().accounts;
  const list = account?.smartLists.find(({ id }) => id === 26);
  const isMember = list ? memberTest(list) : () => false;
  const people = account?.people.filter(isMember) ?? [];
  expect(people).toHaveLength(60);
  expect(people.every(({ collaborators }) => collaborators.includes(2) && collaborators.includes(3))).toBe(
    true,
  );
  const own = people.flatMap(({ phones }) => phones.slice(0, 1));
  const endings = new Set(own.map(({ normalized }) => normalized.slice(-2)));
  for (const ending of ["01", "02", "03", "04", "05", "06"]) expect(endings).toContain(ending);
  expect(own.some(({ isLandline }) => isLandline === true)).toBe(true);
  expect(own.some(({ relationshipId }) => relationshipId !== 0)).toBe(true);
  expect(own.some(({ status }) => status === "Invalid")).toBe(true);
  expect(new Set(own.map(({ normalized }) => normalized)).size).toBeLessThan(own.length);
  expect(people.filter(({ phones }) => phones.length === 0)).toHaveLength(3);
  expect(people.filter(({ emails }) => emails.length === 0)).toHaveLength(5);
  const owners = account?.smartLists.filter(({ shared }) => !shared).map(({ createdById }) => createdById);
  expect(owners).toEqual([2, 2, 3]);
});

test.each(["tag", "personIds"] as const)("a list held together by %s is paged by keyset", async (by) => {
  const open = await openSandbox();
  const { list, people } = growList(open.sandbox.fub.account("fub-test"), { ...LISTED, by });
  const pages = await readList(open, list.id);
  expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
  expect(pages.flat()).toEqual(people.map(({ id }) => id).toReversed());
});

test("a keyset misses nobody when people leave between pages; offsets shift and miss as many as left", async () => {
  const missed = async (peopleTokens: "keyset" | "offset") => {
    const open = await openSandbox();
    const { fub } = open.sandbox;
    fub.options.peopleTokens = peopleTokens;
    const { list, people } = growList(fub.account("fub-test"), { ...LISTED, by: "personIds" });
    const newest = new Set(people.slice(-7).map(({ id }) => id));
    fub.onListPage = (page, _account, { members }) => {
      if (page === 1) members.personIds = members.personIds?.filter((id) => !newest.has(id)) ?? [];
    };
    const read = new Set((await readList(open, list.id)).flat());
    return people.filter(({ id }) => !read.has(id)).length;
  };
  expect(await missed("keyset")).toBe(0);
  expect(await missed("offset")).toBe(7);
});

test("somebody added in front comes twice with offsets, and a list sorted anew shows people again", async () => {
  const open = await openSandbox();
  const { fub } = open.sandbox;
  const account = fub.account("fub-test");
  const { list } = growList(account, LISTED);
  fub.options.peopleTokens = "offset";
  fub.onListPage = (page, changed) => {
    if (page === 1) growList(changed, { count: 5, listName: "Spring", list: { id: 999 } });
  };
  const pages = await readList(open, list.id);
  expect(pages.flat()).toHaveLength(255);
  expect(new Set(pages.flat()).size).toBe(250);
  const ids = pages[0] ?? [];
  list.order = ids.toReversed();
  fub.onListPage = null;
  expect((await readList(open, list.id))[0]).toEqual(ids.toReversed());
});

test("a list that is deleted, or somebody else's, is neither listed nor readable; it may look empty instead", async () => {
  const open = await openSandbox();
  const { call, keys, sandbox } = open;
  const account = sandbox.fub.account("fub-test");
  const { list } = growList(account, { ...LISTED, list: { shared: false, createdById: 2 } });
  const people = (key: string) => call(key, "GET", `/people?smartListId=${list.id}`);
  const listed = async (key: string) =>
    (await call(key, "GET", "/smartLists?all=true&limit=100")).body.smartlists.map(
      ({ id }: { id: number }) => id,
    );
  expect((await people(keys.fubTest.annKey)).body._metadata.total).toBe(250);
  expect((await people(keys.fubTest.benKey)).status).toBe(404);
  expect(await listed(keys.fubTest.benKey)).not.toContain(list.id);
  account.smartLists = account.smartLists.filter(({ id }) => id !== list.id);
  expect((await people(keys.fubTest.annKey)).status).toBe(404);
  expect(await listed(keys.fubTest.annKey)).not.toContain(list.id);
  sandbox.fub.options.missingList = "empty";
  expect((await people(keys.fubTest.annKey)).body).toMatchObject({ people: [], _metadata: { total: 0 } });
});

test("account and key can die between two pages: 403 for all but POST /events, then 401", async () => {
  const open = await openSandbox();
  const { call, keys, sandbox } = open;
  const account = sandbox.fub.account("fub-test");
  const { list } = growList(account, LISTED);
  const first = await call(keys.fubTest.annKey, "GET", `/people?smartListId=${list.id}&limit=100`);
  const page = () =>
    call(keys.fubTest.annKey, "GET", `/people?smartListId=${list.id}&next=${first.body._metadata.next}`);
  account.expired = true;
  expect((await page()).status).toBe(403);
  const event = {
    source: "Web",
    type: "Incoming Call",
    person: { firstName: "A", phones: [{ value: "1" }] },
  };
  expect((await call(keys.fubTest.annKey, "POST", "/events", event)).status).toBe(201);
  account.expired = false;
  expect((await page()).status).toBe(200);
  const ann = account.users.find(({ id }) => id === 2);
  if (ann) ann.apiKey = "fka_new";
  const dead = await page();
  expect([dead.status, dead.headers.get("www-authenticate")]).toEqual([
    401,
    'Basic realm="Follow Up Boss API"',
  ]);
});

test("totals may be texts, and every answer may take its time", async () => {
  const open = await openSandbox();
  const { fub } = open.sandbox;
  const { list } = growList(fub.account("fub-test"), LISTED);
  Object.assign(fub.options, { textTotals: ["people"], latencyMs: 60 });
  const before = performance.now();
  const { body } = await open.call(open.keys.fubTest.annKey, "GET", `/people?smartListId=${list.id}`);
  expect(performance.now() - before).toBeGreaterThan(55);
  expect(body._metadata.total).toBe("250");
});
