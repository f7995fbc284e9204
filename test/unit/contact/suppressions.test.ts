import { describe, expect, test } from "vitest";
import { importDoNotCall } from "../../../server/contact/import-do-not-call.ts";
import { countSuppressions, listSuppressions } from "../../../server/contact/list-suppressions.ts";
import {
  addSuppression,
  endSuppression,
  findSuppression,
  linkPerson,
} from "../../../server/contact/suppression.store.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { ANN, NOON, plansOf, wishOf } from "./contact-world.ts";

const ann = { tenant: "acme", contact: ANN, personId: null, crmAccountId: null, channel: "sms" } as const;

describe("a wish not to be contacted", () => {
  test("blocks the number in every spelling, on every channel, in this brokerage alone", async () => {
    const db = await openTestDatabase();
    await addSuppression(db, wishOf({ contact: "(212) 555-0123" }));
    for (const channel of ["sms", "phone", "email"] as const)
      expect(await findSuppression(db, { ...ann, channel })).toMatchObject({ contact: ANN, said: "STOP" });
    expect(await findSuppression(db, { ...ann, contact: "+12125550124" })).toBeUndefined();
    expect(await findSuppression(db, { ...ann, tenant: "other" })).toBeUndefined();
    await addSuppression(db, wishOf({ contact: " Ann@Example.com " }));
    expect(await findSuppression(db, { ...ann, contact: "ANN@example.com" })).toBeDefined();
  });

  test("for one channel blocks that one only", async () => {
    const db = await openTestDatabase();
    await addSuppression(db, wishOf({ scope: "sms" }));
    expect(await findSuppression(db, ann)).toBeDefined();
    expect(await findSuppression(db, { ...ann, channel: "phone" })).toBeUndefined();
  });

  test("blocks the person's other numbers once it is known whose number it is, in the CRM account they are in", async () => {
    const db = await openTestDatabase();
    const other = { ...ann, contact: "+13055550199", personId: "107", crmAccountId: "1" };
    const { id } = await addSuppression(db, wishOf());
    expect(await findSuppression(db, other)).toBeUndefined();
    expect(await linkPerson(db, { ...ann, personId: "107", crmAccountId: "1" })).toBe(1);
    expect(await findSuppression(db, other)).toMatchObject({ id });
    expect(await findSuppression(db, { ...other, crmAccountId: "2" })).toBeUndefined();
    expect(await linkPerson(db, { ...ann, personId: "200", crmAccountId: "1" })).toBe(0);
  });

  test("said twice is one row while it holds, and learns the person", async () => {
    const db = await openTestDatabase();
    const first = await addSuppression(db, wishOf());
    expect(first.added).toBe(true);
    expect(await addSuppression(db, wishOf({ personId: "107", crmAccountId: "1", at: NOON + 1 }))).toEqual({
      id: first.id,
      added: false,
    });
    expect((await addSuppression(db, wishOf({ source: "free_text" }))).added).toBe(true);
    expect((await addSuppression(db, wishOf({ scope: "sms" }))).added).toBe(true);
    const byPerson = wishOf({ contact: null, personId: "9", crmAccountId: "1", source: "crm_tag" });
    expect((await addSuppression(db, byPerson)).added).toBe(true);
    expect((await addSuppression(db, byPerson)).added).toBe(false);
    const { rows } = await listSuppressions(db, { tenant: "acme", limit: 10 });
    expect(rows).toHaveLength(4);
    expect(rows.find(({ id }) => id === first.id)).toMatchObject({ person_id: "107", created_at: NOON });
  });

  test("about nobody is refused", async () => {
    const db = await openTestDatabase();
    await expect(addSuppression(db, wishOf({ contact: "  " }))).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  test("is ended by a person with a reason, once, in their own brokerage", async () => {
    const db = await openTestDatabase();
    const { id } = await addSuppression(db, wishOf());
    const end = { tenant: "acme", id, by: "console", reason: "asked by phone to be called again", at: NOON };
    expect(await endSuppression(db, { ...end, tenant: "other" })).toBe(false);
    expect(await endSuppression(db, end)).toBe(true);
    expect(await endSuppression(db, end)).toBe(false);
    expect(await findSuppression(db, ann)).toBeUndefined();
    expect(await countSuppressions(db, "acme")).toEqual({ opt_out: 0, do_not_call: 0, ended: 1 });
  });

  test("of several the brokerage's list is named first, then the newest", async () => {
    const db = await openTestDatabase();
    await addSuppression(db, wishOf({ said: "first" }));
    await addSuppression(db, wishOf({ source: "free_text", said: "second" }));
    expect(await findSuppression(db, ann)).toMatchObject({ said: "second" });
    await addSuppression(db, wishOf({ kind: "do_not_call", source: "import", said: null }));
    expect(await findSuppression(db, ann)).toMatchObject({ kind: "do_not_call" });
  });

  test("is found by index, however long the list is", async () => {
    const db = await openTestDatabase();
    const plans = await plansOf(db, (logged) =>
      findSuppression(logged, { ...ann, personId: "107", crmAccountId: "1" }),
    );
    expect(plans).toContain("suppressions_tenant_contact (tenant=? AND contact=?)");
    expect(plans).toContain(
      "suppressions_tenant_crm_account_id_person_id (tenant=? AND crm_account_id=? AND person_id=?)",
    );
  });
});

describe("the list in the console", () => {
  test("comes in pages, newest first, and is searched by number, note and person", async () => {
    const db = await openTestDatabase();
    for (let turn = 0; turn < 7; turn++)
      await addSuppression(
        db,
        wishOf({ contact: `+1212555010${turn}`, said: turn === 3 ? "100% Never_again" : "stop" }),
      );
    const first = await listSuppressions(db, { tenant: "acme", limit: 5 });
    expect(first.rows.map(({ contact }) => contact?.at(-1))).toEqual(["6", "5", "4", "3", "2"]);
    const second = await listSuppressions(db, { tenant: "acme", limit: 5, before: first.next ?? 0 });
    expect(second).toMatchObject({
      rows: [{ contact: "+12125550101" }, { contact: "+12125550100" }],
      next: null,
    });
    const found = async (search: string) =>
      (await listSuppressions(db, { tenant: "acme", search, limit: 9 })).rows.map(({ contact }) => contact);
    expect(await found("(212) 555-0105")).toEqual(["+12125550105"]);
    expect(await found("555-0104")).toEqual(["+12125550104"]);
    expect(await found("100% NEVER_")).toEqual(["+12125550103"]);
    expect(await found("100_ never")).toEqual([]);
    expect(await listSuppressions(db, { tenant: "acme", kind: "do_not_call", limit: 9 })).toEqual({
      rows: [],
      next: null,
    });
  });
});

describe("a do-not-call list from a file", () => {
  const file = { tenant: "acme", by: "console", at: NOON };

  test("is taken line by line: what is new, known twice over, and what is no number", async () => {
    const db = await openTestDatabase();
    await addSuppression(db, wishOf({ kind: "do_not_call", source: "import" }));
    const text = `\uFEFFPhone,Name,Note\r\n(212) 555-0123,Ann,old\r\n+1 305-555-0100,Bo,"asked
twice"\r\n3055550100,Bo,\r\n\r\nnobody,Cy,\r\nann@example.com,Ann,by mail\r\n12,,\r\n`;
    expect(await importDoNotCall(db, { ...file, text })).toEqual({
      added: 2,
      known: 2,
      invalid: [
        { line: 7, text: "nobody,Cy," },
        { line: 9, text: "12,," },
      ],
      invalidTotal: 2,
    });
    expect(await findSuppression(db, { ...ann, contact: "+13055550100" })).toMatchObject({
      kind: "do_not_call",
      said: "asked\ntwice",
      created_by: "console",
    });
    expect(await importDoNotCall(db, { ...file, text })).toMatchObject({ added: 0, known: 4 });
    expect(await countSuppressions(db, "acme")).toEqual({ opt_out: 0, do_not_call: 3, ended: 0 });
  });

  test("is read with and without a header, with commas and semicolons", async () => {
    const db = await openTestDatabase();
    const table = [
      ["2125550100\n2125550101;\n", 2],
      ["number;reason\n2125550102;moved\n2125550103;\n", 2],
      ["email,phone\nann@example.com,2125550104\n,2125550105\n", 3],
      ["phone\n", 0],
      ["2125550106", 1],
    ] as const;
    for (const [text, added] of table)
      expect(await importDoNotCall(db, { ...file, text }), text).toMatchObject({
        added,
        known: 0,
        invalid: [],
      });
  });

  test("that cannot be read, or is too long, changes nothing", async () => {
    const db = await openTestDatabase();
    const broken = importDoNotCall(db, { ...file, text: 'phone\n2125550100\n"2125550101\n' });
    await expect(broken).rejects.toMatchObject({
      code: "csv_invalid",
      sentence: expect.stringContaining("Nothing was imported"),
    });
    for (const text of ["", " \r\n\n", "4\x001\x006\x00"])
      await expect(importDoNotCall(db, { ...file, text }), text).rejects.toMatchObject({
        code: "csv_invalid",
      });
    const long = importDoNotCall(db, { ...file, text: "2125550100\n".repeat(200_002) });
    await expect(long).rejects.toMatchObject({
      code: "csv_invalid",
      sentence: expect.stringContaining("200000 rows"),
    });
    expect(await countSuppressions(db, "acme")).toEqual({ opt_out: 0, do_not_call: 0, ended: 0 });
  });

  test("of many lines is one list, in one go", async () => {
    const db = await openTestDatabase();
    const rows = Array.from({ length: 3_000 }, (_, index) => `212555${String(index).padStart(4, "0")}`);
    const result = await importDoNotCall(db, { ...file, text: `phone\n${rows.join("\n")}\n` });
    expect(result).toMatchObject({ added: 3_000, known: 0, invalidTotal: 0 });
  });
});
