// The list changes while it is read: nobody twice, nobody missed who stood on it all the time, and it says what it saw.
// A list that does not change costs exactly its pages.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { growList } from "../../server/sandbox/grow-list.ts";
import type { SandboxSmartList } from "../../server/sandbox/sandbox-types.ts";
import type { Preflight } from "../../shared/campaign.schema.ts";
import "../helpers/fix-seed.ts";
import { type CampaignClient, campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
let ann: CampaignClient;
beforeAll(async () => {
  world = await startTestWorld();
  world.sandbox.fub.options.limits.global = { registered: 100_000, unregistered: 100_000 };
  const account = world.sandbox.fub.account("fub-test");
  const grown = growList(account, { count: 700, listName: "Moving", assignedTo: [2], by: "personIds" });
  people = grown.people.map(({ id }) => id).toSorted((a, b) => b - a);
  ann = await campaignClient(world.url, campaignQuery({ account, userId: 2 }));
  // The first answer tells the gateway what the account allows.
  await ann.get("/lists");
});
afterAll(() => world.close());
beforeEach(() => {
  world.sandbox.fub.onListPage = null;
  world.sandbox.fub.options.peopleTokens = "keyset";
});

const account = () => world.sandbox.fub.account("fub-test");
/** Ids of the people there are for it, newest first. */
let people: readonly number[] = [];
const everybody = (): readonly number[] => people;

/** Who stands on the list from now on, in this order where one is given. */
function setList(ids: readonly number[], sorted = false): SandboxSmartList {
  const list = account().smartLists.find(({ name }) => name === "Moving");
  if (!list) throw new Error("no list");
  list.members = { personIds: [...ids] };
  if (sorted) list.order = [...ids];
  else delete list.order;
  return list;
}

interface Reading {
  readonly review: Preflight;
  readonly ids: readonly number[];
  readonly requests: number;
}

async function read(): Promise<Reading> {
  const { fub } = world.sandbox;
  const list = account().smartLists.find(({ name }) => name === "Moving");
  const before = fub.requests.length;
  const { status, body } = await ann.preflight({ smart_list_id: String(list?.id) });
  expect(status).toBe(200);
  const requests = fub.requests.slice(before).filter(({ path }) => path === "/people").length;
  const ids: number[] = [];
  for (let after: number | null = -1; after !== null; ) {
    const page = await ann.people(body.batch_id, `?limit=500&after=${after}`);
    ids.push(...page.people.map(({ person_id }) => Number(person_id)));
    after = page.next;
  }
  expect(new Set(ids).size, "nobody twice").toBe(ids.length);
  expect(body.total).toBe(ids.length);
  return { review: body, ids, requests };
}

/** What happens once, after this page of the first reading. */
function afterPage(page: number, change: () => void): void {
  let done = false;
  world.sandbox.fub.onListPage = (now) => {
    if (done || now !== page) return;
    done = true;
    change();
  };
}

describe("a list that does not change", () => {
  it.each([
    [1, 1],
    [99, 1],
    [100, 1],
    [101, 2],
    [300, 3],
    [437, 5],
  ])("of %i people costs %i requests", async (count, pages) => {
    for (const [tokens, sorted] of [
      ["keyset", false],
      ["offset", false],
      ["keyset", true],
    ] as const) {
      world.sandbox.fub.options.peopleTokens = tokens;
      setList(everybody().slice(0, count), sorted);
      const { review, requests } = await read();
      expect({ requests, total: review.total, changes: review.list_changes }).toEqual({
        ...{ requests: pages, total: count, changes: null },
      });
    }
  });

  it("costs as much when the campaign is started without a review", async () => {
    const list = setList(everybody().slice(0, 250));
    const before = world.sandbox.fub.requests.length;
    const { body } = await ann.start({ smart_list_id: String(list.id), channel: "sms" });
    await ann.until(body.batch_id, ({ total, queued_calls }) => queued_calls === total);
    const requests = world.sandbox.fub.requests.slice(before).filter(({ path }) => path === "/people");
    expect(requests).toHaveLength(3);
    await ann.control(body.batch_id, "cancel");
  });
});

describe.each(["keyset", "offset"] as const)("between two pages (%s tokens)", (tokens) => {
  beforeEach(() => {
    world.sandbox.fub.options.peopleTokens = tokens;
  });
  const start = () => everybody().slice(50, 350);

  it("people are taken off: the others are all there", async () => {
    setList(start());
    const gone = start().slice(0, 20);
    afterPage(1, () => setList(start().slice(20)));
    const { review, ids } = await read();
    for (const id of start()) if (!gone.includes(id)) expect(ids).toContain(id);
    expect(review.list_changes).toContain("The list changed while it was read");
    if (tokens === "offset")
      expect(review.list_changes).toContain("20 people would have been missed and were found");
  });

  it("people join at the top: nobody comes up twice, and who joined is on it too", async () => {
    setList(start());
    afterPage(1, () => setList(everybody().slice(0, 350)));
    const { review, ids } = await read();
    for (const id of everybody().slice(0, 350)) expect(ids).toContain(id);
    expect(review.list_changes).toContain(
      tokens === "offset" ? "50 people came up twice and counted once" : "found by reading it again",
    );
  });

  it("it is sorted another way: everybody is on it once", async () => {
    setList(start(), true);
    afterPage(1, () => setList(start().toReversed(), true));
    const { review, ids } = await read();
    expect(new Set(ids)).toEqual(new Set(start()));
    expect(review.list_changes).toContain("100 people");
  });

  it("it never comes to rest: it is read three times and says so", async () => {
    setList(start());
    let size = 300;
    world.sandbox.fub.onListPage = () => {
      size -= 1;
      setList(start().slice(300 - size));
    };
    const { review, ids, requests } = await read();
    for (const id of start().slice(300 - size)) expect(ids).toContain(id);
    expect(requests).toBeLessThanOrEqual(9);
    expect(review.list_changes).toContain("it was still changing at the end");
  });

  it("whatever changes, nobody is missed who stood on it all the time", async () => {
    const change = fc.record({
      page: fc.integer({ min: 1, max: 3 }),
      // Where pages are places, one who leaves above for one who comes below moves somebody over a page's edge, and
      // nothing that is answered tells of it.
      kind: fc.constantFrom("leave", "join", "sort"),
      from: fc.integer({ min: 0, max: 349 }),
      many: fc.integer({ min: 1, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (changes, sorted) => {
          const kinds = new Set(changes.map(({ kind }) => kind));
          const byPlace = tokens === "offset" || sorted || kinds.has("sort");
          fc.pre(!(byPlace && kinds.has("leave") && kinds.has("join")));
          let now = everybody()
            .slice(0, 350)
            .filter((_, index) => index % 7 !== 3);
          const always = new Set(now);
          setList(now, sorted);
          const left = [...changes];
          world.sandbox.fub.onListPage = (page) => {
            const index = left.findIndex((one) => one.page === page);
            const [one] = index < 0 ? [] : left.splice(index, 1);
            if (!one) return;
            now = changed(now, one);
            for (const id of always) if (!now.includes(id)) always.delete(id);
            setList(now, sorted || one.kind === "sort");
          };
          const { ids } = await read();
          world.sandbox.fub.onListPage = null;
          expect([...always].filter((id) => !ids.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

function changed(
  now: readonly number[],
  { kind, from, many }: { readonly kind: string; readonly from: number; readonly many: number },
): number[] {
  if (kind === "leave") return now.filter((_, index) => index < from || index >= from + many);
  if (kind === "sort") return [...now.slice(from), ...now.slice(0, from)];
  const joining = everybody()
    .filter((id) => !now.includes(id))
    .slice(0, many);
  return [...now.slice(0, from), ...joining, ...now.slice(from)];
}
