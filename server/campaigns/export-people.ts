// A campaign as a CSV file, piece by piece: nothing of 100,000 people is held in memory at once.
import type { CampaignPerson } from "../../shared/campaign.schema.ts";
import { BYTE_ORDER_MARK, csvCell } from "../base/csv-cell.ts";
import type { Db } from "../db/schema.ts";
import { readPeople } from "./read-people.ts";
import { saySkipped } from "./say-skipped.ts";

const COLUMNS = [
  ["Place", (person: CampaignPerson) => String(person.position + 1)],
  ["Person id", (person: CampaignPerson) => person.person_id],
  ["Name", (person: CampaignPerson) => person.name],
  ["Number or address", (person: CampaignPerson) => person.contact],
  ["State", (person: CampaignPerson) => person.state],
  ["Reason skipped", (person: CampaignPerson) => person.reason],
  ["Why skipped", (person: CampaignPerson) => saySkipped(person.reason)],
  ["Outcome", (person: CampaignPerson) => person.outcome],
  ["Tries", (person: CampaignPerson) => String(person.attempts)],
  ["Time (UTC)", (person: CampaignPerson) => person.at],
] as const;

const ROWS_PER_PIECE = 500;

/** RFC 4180, with a byte-order mark so that spreadsheets read it as UTF-8. */
export async function* exportPeople(db: Db, campaignId: string): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${COLUMNS.map(([title]) => title).join(",")}\r\n`;
  for (let after: number | null = -1; after !== null; ) {
    const page = await readPeople(db, campaignId, { after, limit: ROWS_PER_PIECE, order: "list" });
    const lines = page.people.map((person) => COLUMNS.map(([, read]) => csvCell(read(person))).join(","));
    if (lines.length > 0) yield `${lines.join("\r\n")}\r\n`;
    after = page.next;
  }
}
