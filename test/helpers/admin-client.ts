// The console's JSON from outside, with the token a program uses.
import { type EngagementList, engagementListSchema, journalPageSchema } from "../../shared/admin-api.ts";
import type { JournalEntry } from "../../shared/journal.schema.ts";
import { waitFor } from "./embed-client.ts";

export interface AdminAddress {
  readonly adminUrl: string;
  readonly adminToken: string;
}

export const askAdmin = (at: AdminAddress, path: string, method = "GET"): Promise<Response> =>
  fetch(`${at.adminUrl}${path}`, { method, headers: { authorization: `Bearer ${at.adminToken}` } });

/** The console's list, newest first. */
export async function listEngagements(
  at: AdminAddress,
  query: Readonly<Record<string, string>> = {},
): Promise<EngagementList["engagements"]> {
  const response = await askAdmin(at, `/api/engagements?${new URLSearchParams({ limit: "500", ...query })}`);
  return engagementListSchema.parse(await response.json()).engagements;
}

/** Journal entries that fit, newest first. */
export async function readJournal(
  at: AdminAddress,
  query: Readonly<Record<string, string>>,
): Promise<JournalEntry[]> {
  const response = await askAdmin(at, `/api/journal?${new URLSearchParams(query)}`);
  return journalPageSchema.parse(await response.json()).entries;
}

/** What is only told is written a moment later. */
export const untilJournalled = (
  at: AdminAddress,
  query: Readonly<Record<string, string>>,
  fits: (entry: JournalEntry) => boolean = () => true,
): Promise<JournalEntry> =>
  waitFor(`a journal entry for ${JSON.stringify(query)}`, async () =>
    (await readJournal(at, query)).find(fits),
  );
