// What is asked of the journal, as a query of its full-text index (SQLite FTS5; the index is made by the migration
// 0007-console). Used by query-journal.ts.
import { sql } from "kysely";
import type { JournalQuery } from "../../shared/journal.schema.ts";
import type { Db } from "../db/schema.ts";

/** The letters of the index's facets. */
const FACETS = {
  severity: "s",
  event: "e",
  tenant: "t",
  user_id: "u",
  person_id: "p",
  channel: "c",
  outcome: "o",
} as const;

/** Prefixes up to this length are words of the index themselves. */
const INDEXED_PREFIX = 3;
/** Words that a longer prefix may stand for one by one; of more, each is rare. */
const MOST_WORDS = 12;

/** null: nothing of it is a question to the index. */
export async function matchJournal(db: Db, query: JournalQuery): Promise<string | null> {
  const parts = facetsOf(query).map(({ letter, value }) => `facets:"ʘ${letter}${hexOf(value)}"`);
  for (const word of wordsOf(query)) parts.push(`words:${await beginsWith(db, word)}`);
  return parts.length === 0 ? null : parts.join(" AND ");
}

function facetsOf(query: JournalQuery): { letter: string; value: string }[] {
  return Object.entries(FACETS).flatMap(([column, letter]) => {
    const value = query[column as keyof typeof FACETS];
    return value === undefined || value === "" ? [] : [{ letter, value }];
  });
}

const hexOf = (value: string): string => Buffer.from(value, "utf8").toString("hex");

type Asked = Pick<JournalQuery, "q" | "search">;

/** What is asked for in `q`, or by its older name, between its blanks. */
export const askedFor = ({ q, search }: Asked): string[] =>
  `${q ?? ""} ${search ?? ""}`
    .toLowerCase()
    .split(/\s+/)
    .filter((text) => text !== "");

/** The words of it, cut and folded as the index does it. */
export const wordsOf = (query: Asked): string[] =>
  askedFor(query)
    .flatMap((text) => text.normalize("NFD").replace(/\p{M}/gu, "").split(NO_WORD))
    .filter((word) => word !== "");

/** What has signs in it, which the index does not know: "100%", "activity.written". */
export const signsOf = (query: Asked): string[] => askedFor(query).filter((text) => NO_WORD.test(text));

const NO_WORD = /[^\p{L}\p{N}\p{M}\p{Co}]+/u;

/**
 * A long prefix is said as the words it stands for: the index then walks their lists from the newest entry on, where it
 * would first gather all that a prefix finds, and a whole common word finds most of the journal.
 */
async function beginsWith(db: Db, word: string): Promise<string> {
  if ([...word].length === 1) return `"${word}"`;
  if ([...word].length <= INDEXED_PREFIX) return `"${word}" *`;
  const words: string[] = [];
  let from = word;
  while (words.length <= MOST_WORDS) {
    const found = await nextWord(db, from, word);
    if (found === undefined)
      return words.length === 0 ? `"${word}" *` : `(${words.map(quoted).join(" OR ")})`;
    words.push(found);
    from = `${found}\u0001`;
  }
  return `"${word}" *`;
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

async function nextWord(db: Db, from: string, prefix: string): Promise<string | undefined> {
  const { rows } = await sql<{ term: string }>`
    select term from journal_terms where term >= ${from} and term <= ${`${prefix}\u{10ffff}`} limit 1`.execute(
    db,
  );
  return rows[0]?.term;
}
