import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClicks } from "../../../renderer/campaign/choose-clicks.ts";
import { fileName } from "../../../renderer/campaign/download-list.ts";
import { createSizeLoader, SIZES_AT_ONCE } from "../../../renderer/campaign/load-sizes.ts";
import { matchLists } from "../../../renderer/campaign/match-lists.ts";
import {
  readCampaign,
  readPeoplePage,
  readRecent,
  readSizes,
} from "../../../renderer/campaign/read-campaign.ts";
import { type ReviewDeps, reviewList } from "../../../renderer/campaign/review-list.ts";
import { REASON_LOOKS, sayStack, stackSegments } from "../../../renderer/campaign/stack-segments.ts";
import { UNREACHABLE } from "../../../renderer/ui/read-answer.ts";
import type { Campaign, CampaignBody } from "../../../shared/campaign.schema.ts";
import { CHECKED, CHECKING, MANY_LISTS, RUNNING, result } from "../../e2e/campaign-samples.ts";

describe("the bar of the whole list", () => {
  it("has every person in exactly one part, the largest reason first, and never the look of the reached", () => {
    const counts = fc.dictionary(fc.string({ minLength: 1 }), fc.nat(20_000), { maxKeys: 14 });
    fc.assert(
      fc.property(fc.nat(20_000), counts, (will_queue, skipped) => {
        const [reached, ...reasons] = stackSegments({ will_queue, skipped });
        expect(reached).toMatchObject({ reason: null, count: will_queue, look: 0 });
        const people = reasons.map(({ count }) => count);
        expect(people).toEqual(people.toSorted((left, right) => right - left));
        expect(people.reduce((sum, count) => sum + count, 0)).toBe(
          Object.values(skipped).reduce((sum, count) => sum + count, 0),
        );
        for (const { look, count } of reasons) {
          expect(look).toBeGreaterThanOrEqual(1);
          expect(look).toBeLessThanOrEqual(REASON_LOOKS);
          expect(count).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("says itself in words", () => {
    expect(sayStack(stackSegments({ will_queue: 3, skipped: { no_phone: 1, trashed: 0 } }))).toBe(
      "Will be reached: 3 (75%), No phone number: 1 (25%)",
    );
  });
});

describe("finding a list", () => {
  it("takes every word, in any order, case and accents aside", () => {
    expect(matchLists(MANY_LISTS, "LIST equipe 29").map(({ id }) => id)).toContain("29");
    expect(matchLists(MANY_LISTS, "تورونتو")).toHaveLength(1);
    expect(matchLists(MANY_LISTS, "  ")).toBe(MANY_LISTS);
    expect(matchLists(MANY_LISTS, "list nobody")).toEqual([]);
  });
});

describe("sizes of lists in view", () => {
  const loader = (answer: (ids: readonly string[]) => Promise<ReadonlyMap<string, number> | null>) => {
    const asked: (readonly string[])[] = [];
    const acts: (() => void)[] = [];
    const sizes = createSizeLoader({
      ask: async (ids) => {
        asked.push(ids);
        const value = await answer(ids);
        return value === null ? { failure: UNREACHABLE } : { value };
      },
      onSize: () => undefined,
      later: (act) => void acts.push(act),
    });
    const settle = async (): Promise<void> => {
      for (const act of acts.splice(0)) act();
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    return { asked, sizes, settle };
  };
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `${from + index}`);
  const all = async (wanted: readonly string[]) => new Map(wanted.map((id) => [id, Number(id)]));

  it("are asked for at most twenty at a time, each once, and not for lists that were only scrolled past", async () => {
    const { asked, sizes, settle } = loader(all);
    sizes.seen(ids(0, 50), true);
    sizes.seen(ids(0, 10), false);
    await settle();
    sizes.seen(ids(10, 45), true);
    await settle();
    expect(asked.map((each) => each.length)).toEqual([SIZES_AT_ONCE, SIZES_AT_ONCE, 5]);
    expect(asked.flat()).toEqual(ids(10, 45));
    expect(sizes.known("12")).toBe(12);
    expect(sizes.known("2")).toBeUndefined();
  });

  it("are given up where they cannot be told", async () => {
    const { asked, sizes, settle } = loader(async () => null);
    sizes.seen(ids(0, 200), true);
    await settle();
    expect(asked).toHaveLength(2);
  });
});

describe("the click of a review", () => {
  it("stays with the same choices until it is spent", () => {
    let made = 0;
    const clicks = createClicks(() => `click-${++made}`);
    expect([clicks.idFor({ a: 1 }), clicks.idFor({ a: 1 }), clicks.idFor({ a: 2 })]).toEqual([
      "click-1",
      "click-1",
      "click-2",
    ]);
    clicks.spend();
    expect(clicks.idFor({ a: 2 })).toBe("click-3");
  });
});

describe("the check of a list", () => {
  const body: CampaignBody = {
    smart_list_id: "1",
    channel: "sms",
    call_type: "informational",
    click_id: "click-0001",
  };
  const check = (reads: readonly (Campaign | "lost" | "gone")[], signal = new AbortController().signal) => {
    const rest = [...reads];
    const progress: number[] = [];
    const deps: ReviewDeps = {
      api: {
        preflight: async () => ({ value: CHECKING }),
        read: async () => {
          const next = rest.shift() ?? CHECKED;
          if (next === "lost") return { failure: UNREACHABLE };
          if (next === "gone")
            return { failure: { code: "campaign_not_found", message: "Gone.", status: 404 } };
          return { value: next };
        },
      },
      onProgress: ({ checked }) => progress.push(checked),
      sleep: async () => undefined,
    };
    return reviewList(body, deps, signal).then((answer) => ({ answer, progress, left: rest.length }));
  };

  it("goes on until every person was looked at, also over lost answers", async () => {
    const { answer, progress } = await check([{ ...CHECKING, checked: 5000 }, "lost", "lost", CHECKED]);
    expect(answer).toEqual({ value: CHECKED });
    expect(progress).toEqual([2300, 5000]);
  });

  it("ends with the sentence why it stopped, or a refusal, or when nobody answers any more", async () => {
    const failed = { ...CHECKING, status: "failed" as const, message: "Follow Up Boss refused the key." };
    expect((await check([failed])).answer).toMatchObject({
      failure: { message: "Follow Up Boss refused the key." },
    });
    expect((await check(["gone"])).answer).toMatchObject({ failure: { code: "campaign_not_found" } });
    expect((await check(Array(30).fill("lost"))).answer).toEqual({ failure: UNREACHABLE });
  });

  it("is dropped without an answer when the agent leaves", async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await check([CHECKED], stop.signal)).answer).toBeNull();
  });
});

describe("what came from the server", () => {
  it("is a campaign only with the fields the page relies on", () => {
    expect(readCampaign(RUNNING)).toBe(RUNNING);
    for (const broken of [
      null,
      [],
      {},
      { ...RUNNING, done: "3" },
      { ...RUNNING, waiting_hours: null },
      { ...RUNNING, outcomes: { x: "1" } },
    ])
      expect(readCampaign(broken)).toBeNull();
    expect(readRecent({ campaigns: [RUNNING, {}] })).toEqual([RUNNING]);
    expect(readRecent({})).toBeNull();
  });

  it("is a page of people without the rows that cannot be shown", () => {
    const person = result(1);
    expect(readPeoplePage({ people: [person, { name: 3 }], next: 7 })).toEqual({ people: [person], next: 7 });
    expect(readPeoplePage({ people: [], next: null })).toEqual({ people: [], next: null });
    expect(readPeoplePage({})).toBeNull();
    expect(readSizes({ sizes: { "1": 5, "2": null } })).toEqual(new Map([["1", 5]]));
  });
});

describe("the name of the saved list", () => {
  it("is one every file system takes", () => {
    expect(fileName("Équipe: 1/2 <hot>")).toBe("Équipe-1-2-hot.csv");
    expect(fileName("محتملون جدد")).toBe("محتملون-جدد.csv");
    expect(fileName("///")).toBe("list.csv");
    expect(fileName("x".repeat(200))).toHaveLength(64);
  });
});
