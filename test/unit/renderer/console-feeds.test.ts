import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJournalBuffer } from "../../../renderer/admin/journal/journal-buffer.ts";
import { createJournalFeed } from "../../../renderer/admin/journal/journal-feed.ts";
import { createEngagementFeed, mergeHead } from "../../../renderer/admin/outreach/engagement-feed.ts";
import { mergeList } from "../../../renderer/admin/outreach/merge-list.ts";
import type { EngagementList } from "../../../shared/admin-api.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { CAMPAIGN, entry, row } from "../../e2e/console-samples.ts";

const seqs = (buffer: ReturnType<typeof createJournalBuffer>): number[] =>
  Array.from({ length: buffer.size() }, (_, index) => buffer.rowAt(index)?.seq ?? -1);
const entries = (...numbers: number[]): JournalEntry[] => numbers.map((seq) => entry(seq));

describe("the Journal's buffer", () => {
  it("shows the newest first, keeps held entries apart and shows them when released", () => {
    const buffer = createJournalBuffer();
    buffer.reset(entries(5, 4, 3), 3);
    const before = buffer.version();
    buffer.addNewer(entries(6, 7), true);
    expect([seqs(buffer), buffer.waiting(), buffer.newest()]).toEqual([[5, 4, 3], 2, 7]);
    expect(buffer.version()).toBe(before);
    buffer.release();
    expect([seqs(buffer), buffer.waiting()]).toEqual([[7, 6, 5, 4, 3], 0]);
    buffer.addOlder(entries(2, 1), null);
    expect([seqs(buffer), buffer.next()]).toEqual([[7, 6, 5, 4, 3, 2, 1], null]);
  });

  it("never shows an entry twice or out of order, however answers and stream overlap", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9 }), fc.boolean())),
        (steps) => {
          const buffer = createJournalBuffer();
          buffer.reset(entries(30, 29), 29);
          for (const [from, more, hold] of steps) {
            const run = Array.from({ length: more + 1 }, (_, index) => entry(from + index));
            if (from < 20) buffer.addOlder(run.toReversed(), null);
            else buffer.addNewer(run, hold);
          }
          buffer.release();
          const shown = seqs(buffer);
          expect(shown).toEqual([...new Set(shown)].toSorted((left, right) => right - left));
        },
      ),
    );
  });

  it("lets go of the oldest when it is full, and can read them again", () => {
    const buffer = createJournalBuffer();
    const many = Array.from({ length: 100_001 }, (_, index) => entry(index + 1));
    buffer.reset([], null);
    buffer.addNewer(many, false);
    expect(buffer.size()).toBeLessThanOrEqual(100_000);
    expect(buffer.rowAt(0)?.seq).toBe(100_001);
    expect(buffer.next()).toBe(buffer.rowAt(buffer.size() - 1)?.seq);
  });
});

describe("the Journal's feed", () => {
  it("reads what was missed after a silence, and begins anew when that is too much", async () => {
    const asked: unknown[] = [];
    let missed = entries(4, 3);
    const feed = createJournalFeed({
      filter: { severity: "info" },
      onChange: () => {},
      fetchPage: async (query) => {
        asked.push(query);
        const list = "after_seq" in query ? missed : entries(2, 1);
        return { entries: list, next_before_seq: null };
      },
    });
    await feed.first();
    await feed.catchUp();
    expect(seqs(feed.buffer)).toEqual([4, 3, 2, 1]);
    missed = Array.from({ length: 1000 }, (_, index) => entry(2000 - index));
    await feed.catchUp();
    await expect.poll(() => asked.length).toBe(4);
    expect(asked.at(-1)).toEqual({ severity: "info", limit: 200 });
  });

  it("takes in nothing of an answer that comes after it was stopped", async () => {
    const feed = createJournalFeed({
      filter: {},
      onChange: () => {},
      fetchPage: async () => ({ entries: entries(1), next_before_seq: null }),
    });
    const going = feed.first();
    feed.stop();
    await going;
    expect(feed.buffer.size()).toBe(0);
  });
});

describe("the list of outreach", () => {
  const page = (ids: readonly string[], next: string | null): EngagementList => ({
    engagements: ids.map((id) => row(id, {})),
    next,
  });
  const ids = (rows: readonly { engagement_id: string }[] | null) =>
    rows?.map(({ engagement_id }) => engagement_id);

  it("lets the newest page decide for its range and keeps what is older", () => {
    const now = { rows: page(["e-5", "e-4", "e-3", "e-2"], "e-2").engagements, next: "e-2" };
    const merged = mergeHead(now, page(["e-6", "e-5", "e-3"], "e-3"));
    expect([ids(merged.rows), merged.next]).toEqual([["e-6", "e-5", "e-3", "e-2"], "e-2"]);
  });

  it("drops the older part when so much is new that a gap is between", () => {
    const now = { rows: page(["e-2", "e-1"], null).engagements, next: null };
    const merged = mergeHead(now, page(["e-9", "e-8"], "e-8"));
    expect([ids(merged.rows), merged.next]).toEqual([["e-9", "e-8"], "e-8"]);
  });

  it("stays on screen when the gateway does not answer, and says why only where there is nothing", async () => {
    let answer = async (): Promise<EngagementList> => Promise.reject(new Error("gone"));
    const feed = createEngagementFeed({ fetchPage: () => answer(), onChange: () => {} });
    await feed.head();
    expect([feed.rows(), feed.error()?.message]).toEqual([null, "gone"]);
    answer = async () => page(["e-1"], null);
    await feed.head();
    answer = async () => Promise.reject(new Error("gone"));
    await feed.head();
    expect([ids(feed.rows()), feed.error()]).toEqual([["e-1"], null]);
  });

  it("puts campaigns between by their time, but never below what is loaded", () => {
    const at = (minute: number): string => `2026-05-12T10:${String(minute).padStart(2, "0")}:00.000Z`;
    const singles = [row("e-3", { created_at: at(30) }), row("e-2", { created_at: at(20) })];
    const campaigns = [
      { ...CAMPAIGN, batch_id: "c-2", created_at: at(25) },
      { ...CAMPAIGN, batch_id: "c-1", created_at: at(5) },
    ];
    expect(mergeList(singles, campaigns, true).map(({ key }) => key)).toEqual(["e-3", "c-2", "e-2"]);
    expect(mergeList(singles, campaigns, false).map(({ key }) => key)).toEqual(["e-3", "c-2", "e-2", "c-1"]);
  });
});
