import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { exportLedger } from "../../../server/contact/export-ledger.ts";
import { addLedger, type NewLedgerRow, readLedger } from "../../../server/contact/ledger.store.ts";
import { pruneLedger } from "../../../server/contact/prune-ledger.ts";
import type { Db } from "../../../server/db/schema.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { ANN, DAY, NOON } from "./contact-world.ts";

const rowOf = (more: Partial<NewLedgerRow> = {}): NewLedgerRow => ({
  at: NOON,
  tenant: "acme",
  engagementId: "eng_1",
  campaignId: null,
  channel: "phone",
  contact: ANN,
  personId: "107",
  userId: "u1",
  stage: "launch",
  decision: "allowed",
  rule: null,
  detail: null,
  ...more,
});

async function readAll(db: Db, tenant = "acme"): Promise<string[][]> {
  let text = "";
  for await (const piece of exportLedger(db, { tenant })) text += piece;
  return parse(text, { bom: true });
}

test("is read in pages, newest first, by every filter", async () => {
  const db = await openTestDatabase();
  await db.transaction().execute(async (trx) => {
    for (let turn = 0; turn < 5; turn++) await addLedger(trx, rowOf({ at: NOON + turn }));
    await addLedger(
      trx,
      rowOf({ at: NOON + 5, decision: "refused", rule: "opted_out", detail: { suppression: 3 } }),
    );
    await addLedger(
      trx,
      rowOf({ at: NOON + 6, decision: "held", rule: "outside_hours", engagementId: "eng_2" }),
    );
    await addLedger(trx, rowOf({ at: NOON + 7, contact: "Ann@Example.com", channel: "email" }));
    await addLedger(trx, rowOf({ tenant: "other" }));
  });
  const first = await readLedger(db, { tenant: "acme" }, { limit: 6 });
  expect(first.rows.map(({ at }) => at - NOON)).toEqual([7, 6, 5, 4, 3, 2]);
  const second = await readLedger(db, { tenant: "acme" }, { limit: 6, after: first.next ?? 0 });
  expect(second).toMatchObject({ rows: [{ at: NOON + 1 }, { at: NOON }], next: null });
  const times = async (filters: object) =>
    (await readLedger(db, { tenant: "acme", ...filters }, { limit: 20 })).rows.map(({ at }) => at - NOON);
  expect(await times({ decision: "refused" })).toEqual([5]);
  expect(await times({ rule: "outside_hours" })).toEqual([6]);
  expect(await times({ engagementId: "eng_2" })).toEqual([6]);
  expect(await times({ contact: "(212) 555-0123", from: NOON + 2, to: NOON + 5 })).toEqual([4, 3, 2]);
  for (const spelling of ["Ann@Example.com", "ann@example.com", " ANN@EXAMPLE.COM "])
    expect(await times({ contact: spelling }), spelling).toEqual([7]);
  expect(await times({ contact: "bo@example.com" })).toEqual([]);
});

test("is exported oldest first, all of it, with nothing a spreadsheet would run", async () => {
  const db = await openTestDatabase();
  const rows = Array.from({ length: 1_203 }, (_, index) =>
    rowOf({ at: NOON + index, engagementId: `eng_${index}` }),
  );
  await db.transaction().execute(async (trx) => {
    for (const row of rows) await addLedger(trx, row);
    await addLedger(trx, rowOf({ contact: "=HYPERLINK(1)", personId: "-1+1", detail: { hours: 'a, "b"' } }));
    await addLedger(trx, rowOf({ tenant: "other" }));
  });
  const [titles, ...found] = await readAll(db);
  expect(titles).toEqual([
    "Time (UTC)",
    "Brokerage",
    "Stage",
    "Decision",
    "Rule",
    "Channel",
    "Number or address",
    "Person id",
    "Agent id",
    "Engagement id",
    "Campaign id",
    "Detail",
  ]);
  expect(found).toHaveLength(1_204);
  expect(found.slice(0, 1_203).map((row) => row[9])).toEqual(rows.map(({ engagementId }) => engagementId));
  expect(found[0]?.slice(0, 8)).toEqual([
    "2026-11-23T15:00:00.000Z",
    "acme",
    "launch",
    "allowed",
    "",
    "phone",
    ANN,
    "107",
  ]);
  expect(found.at(-1)?.slice(6, 8)).toEqual(["'=HYPERLINK(1)", "'-1+1"]);
  expect(found.at(-1)?.[11]).toBe('{"hours":"a, \\"b\\""}');
});

test("is kept for five years, and then goes", async () => {
  const db = await openTestDatabase();
  const years = 5 * 366 * DAY;
  await db.transaction().execute(async (trx) => {
    for (let turn = 0; turn < 5_001; turn++) await addLedger(trx, rowOf({ at: NOON - years - 1 }));
    await addLedger(trx, rowOf({ at: NOON - years }));
    await addLedger(trx, rowOf());
  });
  expect(await pruneLedger(db, NOON)).toBe(5_001);
  expect(await pruneLedger(db, NOON)).toBe(0);
  expect((await readLedger(db, { tenant: "acme" }, { limit: 10 })).rows).toHaveLength(2);
});
