// Reads the journal of a data folder: filters, export as JSON lines, follow.
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import {
  fieldProblems,
  GatewayError,
  type Host,
  type OfflineJournal,
  openJournalOffline,
} from "../../server/index.ts";
import { type JournalEntry, journalQuerySchema } from "../../shared/journal.schema.ts";
import type { CliFlags } from "../cli-options.ts";
import { makeHost } from "../host-options.ts";

const FOLLOW_MS = 1_000;

/** As the console asks, but for any number: an export may be of all there is. */
const exportSchema = journalQuerySchema.extend({
  limit: z.coerce.number().int().min(1).max(10_000_000).default(100),
});

/** Options whose name is not the field's. */
const OPTIONS: Readonly<Record<string, string>> = {
  person_id: "person",
  engagement_id: "engagement",
  before_seq: "before",
};

export async function journalCommand(flags: CliFlags): Promise<void> {
  const host = makeHost(flags, process.env, (line) => void process.stderr.write(line));
  const { limit, ...filter } = readQuery(flags);
  let after = 0;
  await using(host, async (journal) => {
    for await (const entries of journal.newest(filter, limit)) after = await print(flags, entries, after);
  });
  while (flags.follow) {
    await delay(FOLLOW_MS);
    await using(host, async (journal) => {
      after = await print(flags, await journal.after(filter, after), after);
    });
  }
}

/** Opened for each look: a restore puts another file in its place. */
async function using(host: Host, look: (journal: OfflineJournal) => Promise<void>): Promise<void> {
  const journal = openJournalOffline(host);
  await look(journal).finally(journal.close);
}

function readQuery(flags: CliFlags): z.output<typeof exportSchema> {
  const { tenant, severity, event, channel, outcome, search, since, until, limit } = flags;
  const parsed = exportSchema.safeParse({
    ...{ tenant, severity, event, channel, outcome, search, since, until, limit },
    person_id: flags.person,
    engagement_id: flags.engagement,
    before_seq: flags.before,
  });
  if (parsed.success) return parsed.data;
  const problems = fieldProblems(parsed.error.issues).map(
    ({ path, message }) => `--${OPTIONS[path] ?? path} ${message}`,
  );
  throw new GatewayError("invalid_request", { sentence: `${problems.join("; ")}.` });
}

/** The number of the last one printed. Waits for a slow reader. */
async function print(flags: CliFlags, entries: readonly JournalEntry[], before: number): Promise<number> {
  const text = entries.map((entry) => (flags.json ? `${JSON.stringify(entry)}\n` : lineOf(entry))).join("");
  await new Promise<void>((done) => process.stdout.write(text, () => done()));
  return entries.at(-1)?.seq ?? before;
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
