// The cells of a campaign's CSV: names are what strangers typed into a form, and a spreadsheet opens them.
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { exportPeople } from "../../../server/campaigns/export-people.ts";
import { openCampaignRow } from "../../../server/campaigns/open-campaign-row.ts";
import { saySkipped } from "../../../server/campaigns/say-skipped.ts";
import type { Db } from "../../../server/db/schema.ts";
import { SKIP_REASONS } from "../../../shared/campaign.schema.ts";
import { FAKE_START } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

async function campaignOf(db: Db, names: readonly string[], contact = "+14165550131"): Promise<string> {
  const row = openCampaignRow(
    {
      tenant: "fub-test",
      crmAccountId: "7001",
      key: "k",
      requestHash: "h",
      source: "smart_list",
      smartListId: "1",
      name: "List",
      channel: "phone",
      type: "informational",
      instruction: "",
      actor: { userId: null, name: null, crmUserId: "2", actsWith: "tenant", fromNumber: null },
      provider: "simulator",
      status: "checking",
      stage: "reading",
      pace: undefined,
      retry: undefined,
    },
    FAKE_START,
  );
  await db.insertInto("campaigns").values(row).execute();
  const members = names.map((name, position) => ({
    campaign_id: row.id,
    position,
    person_key: String(position),
    person_id: String(position),
    person_name: name,
    contact,
    contact_key: contact,
    reason: null,
    order_details: null,
    state: "done",
    outcome: "connected",
    attempts: 1,
    retry_at: null,
    engagement_id: null,
    done_at: FAKE_START,
  }));
  for (let from = 0; from < members.length; from += 400)
    await db
      .insertInto("campaign_members")
      .values(members.slice(from, from + 400))
      .execute();
  return row.id;
}

async function textOf(db: Db, id: string): Promise<string> {
  let text = "";
  for await (const piece of exportPeople(db, id)) text += piece;
  return text;
}

test("no cell can be run by a spreadsheet, and every name is read back as it was", async () => {
  const names = [
    '=HYPERLINK("http://evil.example";"Click")',
    "+1+1|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "\n=1+1",
    'Ann "the closer" One',
    "two\nlines",
    "a, b; c",
    "ליאורה בן־דוד",
    "",
    "O'Neil",
  ];
  const db = await openTestDatabase();
  const text = await textOf(db, await campaignOf(db, names));
  expect(text.startsWith("\uFEFFPlace,Person id,Name,")).toBe(true);
  const rows = parse(text, { bom: true, columns: true, record_delimiter: "\r\n" }) as Record<
    string,
    string
  >[];
  expect(rows).toHaveLength(names.length);
  for (const [index, row] of rows.entries()) {
    expect(row.Name?.replace(/^'/, "")).toBe(names[index]);
    for (const value of Object.values(row)) expect(value).not.toMatch(/^\s*[=＝@-]|^[\t\r\n]|^\s*\+(?!\d+$)/);
    expect(row).toMatchObject({ Place: String(index + 1), "Number or address": "+14165550131" });
  }
});

test("who is skipped is told why in a sentence", () => {
  expect(saySkipped(null)).toBeNull();
  for (const reason of SKIP_REASONS) expect(saySkipped(reason)).toMatch(/^[A-Z].*\.$/);
  expect(saySkipped("landline")).toBe("This number is a landline and cannot receive messages.");
});

test("several pieces make one file, each person once", async () => {
  const db = await openTestDatabase();
  const names = Array.from({ length: 1_203 }, (_, n) => `Person ${n}`);
  const rows = parse(await textOf(db, await campaignOf(db, names)), { bom: true, columns: true }) as {
    Name: string;
  }[];
  expect(rows.map(({ Name }) => Name)).toEqual(names);
});

test("nobody on it is a header", async () => {
  const db = await openTestDatabase();
  const text = await textOf(db, await campaignOf(db, []));
  expect(text.trimEnd().split("\r\n")).toHaveLength(1);
});
