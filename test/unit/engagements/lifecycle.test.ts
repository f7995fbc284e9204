import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canBecome, type Standing, statusAfter } from "../../../server/engagements/lifecycle.ts";
import {
  ENGAGEMENT_STATUSES,
  type EngagementStatus,
  isTerminal,
  TERMINAL_STATUSES,
} from "../../../shared/values.ts";

const MAY: Readonly<Record<EngagementStatus, string>> = {
  accepted: "queued in_progress paused completed failed canceled",
  queued: "in_progress paused completed failed canceled",
  in_progress: "paused completed failed canceled",
  paused: "queued in_progress completed failed canceled",
  completed: "",
  failed: "",
  canceled: "",
};

test("every pair of states: which may follow which", () => {
  for (const from of ENGAGEMENT_STATUSES)
    for (const to of ENGAGEMENT_STATUSES)
      expect(canBecome(from, to), `${from} → ${to}`).toBe(MAY[from].split(" ").includes(to));
});

interface Word {
  readonly said: EngagementStatus | null;
  readonly at: number;
}
const hear = (words: readonly Word[], from: EngagementStatus = "accepted"): Standing =>
  words.reduce<Standing>(
    (standing, { said, at }) => ({
      status: statusAfter(standing, said, at),
      seenAt: Math.max(standing.seenAt ?? 0, at),
    }),
    { status: from, seenAt: null },
  );
const anyWord = fc.record({
  said: fc.option(fc.constantFrom(...ENGAGEMENT_STATUSES)),
  at: fc.integer({ min: 0, max: 50 }),
});

describe("a provider's words", () => {
  test("an unknown word, the same word and an impossible step change nothing", () => {
    expect(statusAfter({ status: "in_progress", seenAt: 5 }, null, 9)).toBe("in_progress");
    expect(statusAfter({ status: "in_progress", seenAt: 5 }, "in_progress", 9)).toBe("in_progress");
    expect(statusAfter({ status: "in_progress", seenAt: 5 }, "accepted", 9)).toBe("in_progress");
  });

  test("an older word turns nothing back, but an end is an end however late it comes", () => {
    expect(statusAfter({ status: "paused", seenAt: 9 }, "in_progress", 5)).toBe("paused");
    expect(statusAfter({ status: "paused", seenAt: 9 }, "completed", 5)).toBe("completed");
    expect(statusAfter({ status: "paused", seenAt: 9 }, "in_progress", 9)).toBe("in_progress");
  });

  test("an ended outreach stays as it ended, whatever is heard in whatever order", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TERMINAL_STATUSES), fc.array(anyWord), (end, words) => {
        expect(hear(words, end).status).toBe(end);
      }),
    );
  });

  test("from anywhere, a word is only followed where a step is allowed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENGAGEMENT_STATUSES),
        fc.array(anyWord, { minLength: 1 }),
        (from, words) => {
          for (let count = 1; count <= words.length; count++) {
            const [before, after] = [
              hear(words.slice(0, count - 1), from),
              hear(words.slice(0, count), from),
            ];
            if (before.status !== after.status) expect(canBecome(before.status, after.status)).toBe(true);
          }
        },
      ),
    );
  });

  // A provider's own course: waiting, running, paused and resumed any number of times, perhaps ended.
  const course = fc.record({
    pauses: fc.integer({ min: 0, max: 4 }),
    endsPaused: fc.boolean(),
    end: fc.option(fc.constantFrom(...TERMINAL_STATUSES)),
  });
  const wordsOf = ({
    pauses,
    endsPaused,
    end,
  }: {
    pauses: number;
    endsPaused: boolean;
    end: EngagementStatus | null;
  }): Word[] => {
    const turns = Array.from({ length: pauses }, () => ["paused", "in_progress"] as const).flat();
    const states: EngagementStatus[] = [
      "queued",
      "in_progress",
      ...turns,
      ...(endsPaused ? (["paused"] as const) : []),
    ];
    return [...states, ...(end ? [end] : [])].map((said, at) => ({ said, at }));
  };

  test("of one course end in the same state in any order, doubled or not", () => {
    const heard = course.chain((wanted) => {
      const words = wordsOf(wanted);
      const extra = fc.array(fc.constantFrom(...words), { maxLength: 5 });
      return fc.tuple(
        fc.constant(words),
        extra.chain((more) =>
          fc.shuffledSubarray([...words, ...more], { minLength: words.length + more.length }),
        ),
      );
    });
    fc.assert(
      fc.property(heard, ([words, shuffled]) => {
        expect(hear(shuffled).status).toBe(words.at(-1)?.said);
        const last = words.at(-1)?.said;
        if (last && isTerminal(last)) expect(hear([...shuffled, ...words]).status).toBe(last);
      }),
      { numRuns: 500 },
    );
  });
});
