import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createDisplayBus } from "../../../server/base/display-events.ts";
import { GatewayError } from "../../../server/base/errors.ts";
import type { Db } from "../../../server/db/schema.ts";
import { createJournal, type JournalLine } from "../../../server/log/journal.ts";
import { createProcessLog } from "../../../server/log/process-log.ts";
import { type JournalQuery, journalQuerySchema } from "../../../shared/journal.schema.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const line = (message: string, more: Partial<JournalLine> = {}): JournalLine => ({
  event: "test.line",
  message,
  ...more,
});

async function openJournal() {
  const db: Db = await openTestDatabase();
  const clock = createFakeClock();
  const errors: unknown[] = [];
  const bus = createDisplayBus((error) => errors.push(error));
  const told: number[] = [];
  bus.on("journal:added", ({ seq }) => told.push(seq));
  const journal = createJournal({ db, clock, bus, onError: (error) => errors.push(error) });
  const query = (wanted: Partial<JournalQuery> = {}) => journal.query(journalQuerySchema.parse(wanted));
  const found = async (wanted: Partial<JournalQuery> = {}) =>
    (await query(wanted)).map(({ message }) => message);
  return { db, clock, journal, query, found, told, errors };
}

describe("writing", () => {
  test("an entry is written with its consequence or not at all", async () => {
    const { db, journal, found } = await openJournal();
    const attempt = db.transaction().execute(async (trx) => {
      await journal.add(trx, line("rolled back"));
      throw new Error("no");
    });
    await expect(attempt).rejects.toThrow("no");
    await db.transaction().execute((trx) => journal.add(trx, line("kept")));
    expect(await found()).toEqual(["kept"]);
  });

  test("what only tells is written together within a moment, each with its own time", async () => {
    const { clock, journal, query, told } = await openJournal();
    journal.tell(line("first"));
    await clock.advance(50);
    journal.tell(line("second"));
    expect(await query()).toEqual([]);
    const end = performance.now() + 5_000;
    while (told.length === 0 && performance.now() < end) await delay(10);
    expect(told).toHaveLength(1);
    expect((await query()).map(({ message, at }) => [message, at.slice(17, 23)])).toEqual([
      ["second", "00.050"],
      ["first", "00.000"],
    ]);
  });

  test("a flood is written as it comes, and closing waits for every line", async () => {
    const { db, journal } = await openJournal();
    for (let turn = 0; turn < 4_500; turn++) journal.tell(line(`line ${turn}`));
    await journal.close();
    const row = await db
      .selectFrom("journal")
      .select((select) => select.fn.countAll<number>().as("n"))
      .executeTakeFirst();
    expect(Number(row?.n)).toBe(4_500);
  });

  test("credentials and contacts are masked in message and detail, and cannot be searched for", async () => {
    const { db, journal, query, found } = await openJournal();
    const nested = { to: "+14165550111", list: ["jane@example.com"], header: "Bearer abcdefgh12345", n: 42 };
    await journal.add(db, line("Called 416-555-0111 with fka_SecretKey1", { detail: nested }));
    const [entry] = await query();
    expect(entry?.message).toBe("Called …11 with fka_…");
    expect(entry?.detail).toEqual({ to: "…11", list: ["j…@example.com"], header: "Bearer …", n: 42 });
    for (const search of ["5550111", "SecretKey1", "jane", "abcdefgh12345"])
      expect(await found({ search })).toEqual([]);
  });
});

describe("reading", () => {
  test("every word must be found, in any case, in message, event, ids or detail", async () => {
    const { db, journal, found } = await openJournal();
    await journal.add(
      db,
      line("The Outreach ÉTAIT refused", { event: "engagement.refused", personId: "p77" }),
    );
    await journal.add(db, line("Another", { detail: { reason: "Landline" }, tenant: "acme" }));
    expect(await found({ search: "REFUSED était" })).toHaveLength(1);
    expect(await found({ search: "refused landline" })).toEqual([]);
    expect(await found({ search: "p77" })).toHaveLength(1);
    expect(await found({ search: "landLINE acme" })).toEqual(["Another"]);
    expect(await found({ search: "engagement.ref" })).toHaveLength(1);
    expect(await found({ search: "   " })).toHaveLength(2);
  });

  test("percent, underscore, backslash and quote are themselves", async () => {
    const { db, journal, found } = await openJournal();
    for (const message of ["100% done", "100 done", "a_b", "axb", "c\\d", "it's"])
      await journal.add(db, line(message));
    expect(await found({ search: "100%" })).toEqual(["100% done"]);
    expect(await found({ search: "%" })).toEqual(["100% done"]);
    expect(await found({ search: "a_b" })).toEqual(["a_b"]);
    expect(await found({ search: "c\\d" })).toEqual(["c\\d"]);
    expect(await found({ search: "it's" })).toEqual(["it's"]);
  });

  test("newest first by pages, oldest first for whoever follows", async () => {
    const { db, journal, query } = await openJournal();
    for (let turn = 1; turn <= 5; turn++) await journal.add(db, line(`line ${turn}`));
    const seqs = async (wanted: Partial<JournalQuery>) => (await query(wanted)).map(({ seq }) => seq);
    const [newest = 0] = await seqs({ limit: 1 });
    expect(await seqs({ limit: 2 })).toEqual([newest, newest - 1]);
    expect(await seqs({ limit: 2, before_seq: newest - 1 })).toEqual([newest - 2, newest - 3]);
    expect(await seqs({ limit: 2, after_seq: newest - 3 })).toEqual([newest - 2, newest - 1]);
    expect(await seqs({ after_seq: newest })).toEqual([]);
  });

  test("filters are exact and work together; times include their ends", async () => {
    const { db, clock, journal, found } = await openJournal();
    await journal.add(db, line("a", { tenant: "acme", severity: "warn", userId: "u1" }));
    await clock.advance(60_000);
    await journal.add(db, line("b", { tenant: "acme", engagementId: "eng_1" }));
    await journal.add(db, line("c", { tenant: "other", severity: "warn" }));
    expect(await found({ tenant: "acme", severity: "warn" })).toEqual(["a"]);
    expect(await found({ tenant: "acm" })).toEqual([]);
    expect(await found({ engagement_id: "eng_1" })).toEqual(["b"]);
    expect(await found({ user_id: "u1", tenant: "" })).toEqual(["a"]);
    expect(await found({ since: "2026-03-02T15:01:00.000Z" })).toEqual(["c", "b"]);
    expect(await found({ until: "2026-03-02T15:00:00.000Z" })).toEqual(["a"]);
  });
});

describe("keeping", () => {
  test("what is too old goes, then what is too much; the numbers go on counting", async () => {
    const { db, clock, journal, found, query } = await openJournal();
    await journal.add(db, line("old"));
    await clock.advance(3 * 86_400_000);
    for (let turn = 1; turn <= 4; turn++) await journal.add(db, line(`new ${turn}`));
    expect(await journal.prune({ days: 3, rows: 100 })).toBe(0);
    expect(await journal.prune({ days: 2, rows: 100 })).toBe(1);
    expect(await journal.prune({ days: 2, rows: 2 })).toBe(2);
    expect(await found()).toEqual(["new 4", "new 3"]);
    expect(await journal.prune({ days: 2, rows: 2 })).toBe(0);
    await clock.advance(9 * 86_400_000);
    expect(await journal.prune({ days: 2, rows: 1 })).toBe(2);
    await journal.add(db, line("next"));
    expect((await query())[0]?.seq).toBe(6);
  });
});

test("the process log masks texts, causes and stacks, and says less at a higher level", () => {
  const lines: string[] = [];
  const log = createProcessLog("warn", (text) => lines.push(text));
  log.info("db", "not said");
  const cause = new Error("connect https://fka_SecretKey1:@api.example.com for 416-555-0111");
  log.error("crm", "failed for jane@example.com", new GatewayError("crm_unreachable", { cause }));
  log.error("crm", "thrown text", "Bearer abcdefgh12345");
  expect(lines).toHaveLength(2);
  expect(lines.join("")).not.toMatch(/SecretKey1|jane@|5550111|555-0111|abcdefgh/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ room: "crm", code: "crm_unreachable", cause: {} });
});
