// The newest notes or calls on a person, read back: /notes and /calls by person, newest first.
import type { CrmRecord, RecordQuery } from "../crm-record.ts";
import { pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { bodyId } from "./fub-id.ts";
import { callSchema, noteSchema } from "./schemas.ts";

/** 300 records of one person since a backup; nobody has more. */
const NEWEST_PAGES = 3;

export async function fetchRecords(
  client: FubClient,
  personId: string,
  { kind, since }: RecordQuery,
  call: CrmCall,
): Promise<CrmRecord[]> {
  const query = { personId: String(bodyId(personId)) };
  const list = { path: `/${kind}`, collection: kind, query, call, newestPages: NEWEST_PAGES };
  const pages =
    kind === "notes"
      ? pageThrough(client, { ...list, item: noteSchema })
      : pageThrough(client, { ...list, item: callSchema });
  const found: CrmRecord[] = [];
  for await (const page of pages) {
    for (const entry of page) {
      const text = "note" in entry ? (entry.note ?? "") : `${entry.subject ?? ""}\n${entry.body ?? ""}`;
      found.push({ id: entry.id, text, at: entry.created });
    }
    if ((found.at(-1)?.at ?? since) < since) break;
  }
  return found;
}
