// Reads the journal of a data folder: filters, export as JSON lines, follow.
import { setTimeout as delay } from "node:timers/promises";
import { GatewayError, readJournalOffline } from "../../server/index.ts";
import { type JournalEntry, journalQuerySchema } from "../../shared/journal.schema.ts";
import type { CliFlags } from "../cli-options.ts";
import { makeHost } from "../host-options.ts";

const FOLLOW_MS = 1_000;

export async function journalCommand(flags: CliFlags): Promise<void> {
  const host = makeHost(flags, process.env, (line) => void process.stderr.write(line));
  const parsed = journalQuerySchema.safeParse({
    tenant: flags.tenant,
    person_id: flags.person,
    engagement_id: flags.engagement,
    severity: flags.severity,
    search: flags.search,
    since: flags.since,
    limit: flags.limit,
  });
  if (!parsed.success)
    throw new GatewayError("invalid_request", {
      details: parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    });
  const print = (entries: readonly JournalEntry[]): void => {
    for (const entry of entries)
      process.stdout.write(flags.json ? `${JSON.stringify(entry)}\n` : lineOf(entry));
  };
  const latest = (await readJournalOffline(host, parsed.data)).reverse();
  print(latest);
  let after = latest.at(-1)?.seq ?? 0;
  while (flags.follow) {
    await delay(FOLLOW_MS);
    const entries = await readJournalOffline(host, { ...parsed.data, after_seq: after, limit: 1000 });
    print(entries);
    after = entries.at(-1)?.seq ?? after;
  }
}

function lineOf(entry: JournalEntry): string {
  const about = [
    entry.tenant,
    entry.user_id,
    entry.person_id && `person ${entry.person_id}`,
    entry.engagement_id,
  ]
    .filter(Boolean)
    .join(" · ");
  return `${entry.at}  ${entry.severity.padEnd(5)}  ${entry.message}${about ? `  [${about}]` : ""}\n`;
}
