// Searching the journal: by its index and, where there is none, through the text; both find what is asked for.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDisplayBus } from "../../../server/base/display-events.ts";
import { createJournal, type JournalLine } from "../../../server/log/journal.ts";
import { queryJournal } from "../../../server/log/query-journal.ts";
import { type JournalQuery, journalQuerySchema } from "../../../shared/journal.schema.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

async function openJournal(lines: readonly Partial<JournalLine>[] = []) {
  const db = await openTestDatabase();
  const clock = createFakeClock();
  const onError = (error: unknown): void => {
    throw error;
  };
  const journal = createJournal({ db, clock, bus: createDisplayBus(onError), onError });
  for (const line of lines) {
    await journal.add(db, { event: "test.line", message: "", ...line });
    await clock.advance(1_000);
  }
  const search = async (wanted: Partial<JournalQuery>, indexed?: boolean) =>
    (await queryJournal(db, journalQuerySchema.parse(wanted), indexed)).map(({ message }) => message);
  return { db, clock, journal, search };
}

describe("words", () => {
  test("are found by their beginnings, whatever their accents and case, all of them", async () => {
    const { search } = await openJournal([
      { message: "José Álvarez opened the app" },
      { message: "Josephine was called" },
      { message: "outreach outreaches outreached outranks" },
    ]);
    expect(await search({ q: "jose" })).toEqual(["Josephine was called", "José Álvarez opened the app"]);
    expect(await search({ q: "JOSÉ alv" })).toEqual(["José Álvarez opened the app"]);
    expect(await search({ q: "outreach" })).toHaveLength(1);
    expect(await search({ q: "outreache outr" })).toHaveLength(1);
    expect(await search({ q: "utreach" })).toEqual([]);
    expect(await search({ q: "app", search: "jos" })).toHaveLength(1);
  });

  test("that stand for many others are found as well", async () => {
    const many = Array.from({ length: 40 }, (_, nth) => ({ message: `prefix${nth}` }));
    const { search } = await openJournal(many);
    expect(await search({ q: "prefix" })).toHaveLength(40);
    expect(await search({ q: "prefix3" })).toEqual(
      [39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 3].map((nth) => `prefix${nth}`),
    );
  });

  test("are not the index's own filters, nor its language", async () => {
    const { search } = await openJournal([
      { message: 'say "hi" OR NEAR(words: facets:"x" *', tenant: "acme" },
    ]);
    for (const q of [
      '"',
      "OR",
      'facets:"ʘt61636d65"',
      "words:say",
      "NEAR(say",
      "*",
      "say*",
      "-say",
      "^say",
      "{say}",
    ])
      await expect(search({ q }), q).resolves.toBeDefined();
    expect(await search({ q: "say OR" })).toHaveLength(1);
    expect(await search({ q: "ʘt61636d65" })).toEqual([]);
  });
});

describe("filters", () => {
  const lines: Partial<JournalLine>[] = [
    {
      message: "a",
      tenant: "acme",
      userId: "u1",
      personId: "7",
      channel: "phone",
      outcome: "busy",
      severity: "warn",
    },
    { message: "b", tenant: "acme", userId: "u2", personId: "77", channel: "sms", outcome: "connected" },
    { message: "c", tenant: "acme-two", userId: "u1", personId: "7", channel: "phone" },
    {
      message: "d",
      tenant: null,
      userId: "Ü 1",
      personId: "7'",
      channel: "email",
      outcome: "no_answer",
      event: "x.y",
    },
  ];

  test("fit exactly, each and together with words and times", async () => {
    const { search } = await openJournal(lines);
    expect(await search({ tenant: "acme" })).toEqual(["b", "a"]);
    expect(await search({ person_id: "7" })).toEqual(["c", "a"]);
    expect(await search({ user_id: "Ü 1" })).toEqual(["d"]);
    expect(await search({ channel: "phone", tenant: "acme" })).toEqual(["a"]);
    expect(await search({ outcome: "connected" })).toEqual(["b"]);
    expect(await search({ outcome: "no_answer", event: "x.y", person_id: "7'" })).toEqual(["d"]);
    expect(await search({ severity: "warn", q: "a" })).toEqual(["a"]);
    expect(await search({ channel: "phone", after_seq: 1 })).toEqual(["c"]);
    expect(await search({ channel: "phone", before_seq: 3 })).toEqual(["a"]);
    const [second] = await queryFirst(search, lines);
    expect(second).toBe("b");
    expect(await search({ channel: "phone", since: "2100-01-01T00:00:00.000Z" })).toEqual([]);
    expect(await search({ channel: "phone", until: "2000-01-01T00:00:00.000Z" })).toEqual([]);
  });

  test("find the same with the index and without", async () => {
    const { db, journal } = await openJournal();
    const word = fc.constantFrom("call", "calls", "note", "José", "812", "8123", "a_b", "x");
    const value = fc.option(fc.constantFrom("a", "b", "a b", "É"), { nil: null });
    const line = fc.record({
      message: fc.array(word, { maxLength: 4 }).map((words) => words.join(" ")),
      tenant: value,
      userId: value,
      channel: value,
      outcome: value,
    });
    const question = fc.record(
      {
        tenant: fc.constantFrom("a", "b", "a b", "É"),
        user_id: fc.constantFrom("a", "É"),
        channel: fc.constantFrom("a", "b"),
        outcome: fc.constantFrom("a", "a b"),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(line, question, fc.option(word, { nil: undefined }), async (one, filters, q) => {
        await journal.add(db, { event: "e", ...one });
        const query = journalQuerySchema.parse({ limit: 1000, ...filters });
        const seqs = async (indexed: boolean, more = {}) =>
          (await queryJournal(db, { ...query, ...more }, indexed)).map(({ seq }) => seq);
        expect(await seqs(true)).toEqual(await seqs(false));
        if (q === undefined) return;
        // The text is searched in the middle of words too.
        const through = new Set(await seqs(false, { q }));
        for (const seq of await seqs(true, { q })) if (q !== "José") expect(through.has(seq)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

const queryFirst = (
  search: (wanted: Partial<JournalQuery>) => Promise<string[]>,
  lines: readonly Partial<JournalLine>[],
): Promise<string[]> => search({ tenant: lines[1]?.tenant ?? "", outcome: lines[1]?.outcome ?? "" });

test("what is dropped is found no more, and what is written in a transaction that fails never", async () => {
  const { db, clock, journal, search } = await openJournal([{ message: "old words" }]);
  await clock.advance(10 * 86_400_000);
  await journal.add(db, { event: "e", message: "new words" });
  expect(await journal.prune({ days: 5, rows: 1000 })).toBe(1);
  expect(await search({ q: "words" })).toEqual(["new words"]);
  const attempt = db.transaction().execute(async (trx) => {
    await journal.add(trx, { event: "e", message: "lost words" });
    throw new Error("no");
  });
  await expect(attempt).rejects.toThrow("no");
  expect(await search({ q: "words" })).toEqual(["new words"]);
});
