// Full-text search over a million journal entries, and what the index costs whoever writes them: a journal of its own in a
// folder of its own, filled through the same tables and triggers as the gateway's.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JournalBench, openJournalBench } from "../../server/index.ts";
import { type Measure, quantile, round } from "./measure.ts";

const ENTRIES = 1_000_000;
const TIMES = 9;

/** The questions people ask: common and rare words, beginnings, ids, filters that fit much and little, nothing at all. */
const QUESTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "a common word": { q: "outreach" },
  "the beginning of a common word": { q: "outre" },
  "two letters": { q: "fo" },
  "two words that seldom meet": { q: "nivia voicemail" },
  "words that never meet": { q: "nivia bruno" },
  "a number in the text": { q: "call 999421" },
  "an event": { q: "activity.written" },
  "a word in a small brokerage": { q: "outreach", tenant: "rare" },
  "errors of one agent": { severity: "error", user_id: "u7" },
  "one person": { person_id: "4711" },
  "an outcome on a channel": { outcome: "busy", channel: "sms" },
  "a word last month": { q: "outreach", until: "2026-02-01T00:00:00.000Z" },
  "a word that is nowhere": { q: "nowhere" },
};

export async function measureJournalSearch(): Promise<Measure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "aventora-bench-"));
  const journal = await openJournalBench(dataDir);
  try {
    const began = performance.now();
    await journal.fill(ENTRIES);
    const perSecond = ENTRIES / ((performance.now() - began) / 1000);
    const measures = [figure("journal entries written and indexed", perSecond, "/s", 0)];
    let slowest = 0;
    for (const [question, query] of Object.entries(QUESTIONS)) {
      const median = await timed(journal, query);
      slowest = Math.max(slowest, median);
      measures.push(figure(`search of a million: ${question}`, median, "ms"));
    }
    measures.push(figure("search of a million: the slowest", slowest, "ms"));
    return [...measures, ...(await writing(journal))];
  } finally {
    await journal.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const figure = (name: string, value: number, unit: string, digits = 2): Measure => ({
  name,
  value: round(value, digits),
  unit,
  ratio: null,
  of: null,
});

async function timed(journal: JournalBench, query: Readonly<Record<string, unknown>>): Promise<number> {
  const samples: number[] = [];
  for (let turn = 0; turn < TIMES; turn++) {
    const began = performance.now();
    await journal.search(query);
    samples.push(performance.now() - began);
  }
  return quantile(samples, 0.5);
}

/** One entry in a transaction of its own, as a consequence is written: with the index and without it, by turns. */
async function writing(journal: JournalBench): Promise<Measure[]> {
  const [withIndex, without]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 6; turn++) {
    await journal.index(turn % 2 === 0);
    (turn % 2 === 0 ? withIndex : without).push(...(await journal.write(300)));
  }
  await journal.index(true);
  const plain = quantile(without, 0.5);
  const indexed = quantile(withIndex, 0.5);
  return [
    figure("journal entry without the index", plain, "ms", 3),
    {
      ...figure("journal entry with the index", indexed, "ms", 3),
      ratio: round(indexed / plain),
      of: "without the index",
    },
    figure("500 entries told at once, until on disk", await journal.tell(500), "ms"),
  ];
}
