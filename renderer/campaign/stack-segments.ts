// Cuts a reviewed list into the parts of one bar: who is reached, then each reason why not, the largest first.
import { sayNumber, sayPercent } from "../ui/say-count.ts";
import { sayOutcome } from "../ui/wording.ts";

export interface Segment {
  /** null: will be reached. */
  readonly reason: string | null;
  readonly word: string;
  readonly count: number;
  readonly percent: string;
  /** Which colour and pattern: 0 is kept for who is reached. */
  readonly look: number;
}

/** As many looks as the style sheet has for reasons; further ones repeat. */
export const REASON_LOOKS = 8;

/** Parts nobody is in are left out, but for who is reached. The whole is what the parts add up to. */
export function stackSegments(review: {
  readonly will_queue: number;
  readonly skipped: Readonly<Record<string, number>>;
}): readonly Segment[] {
  const reasons = Object.entries(review.skipped)
    .filter(([, count]) => count > 0)
    .toSorted(([nameA, left], [nameB, right]) => right - left || nameA.localeCompare(nameB));
  const whole = reasons.reduce((sum, [, count]) => sum + count, review.will_queue);
  return [
    {
      reason: null,
      word: "Will be reached",
      count: review.will_queue,
      percent: sayPercent(review.will_queue, whole),
      look: 0,
    },
    ...reasons.map(([reason, count], index) => ({
      reason,
      word: sayOutcome(reason).word,
      count,
      percent: sayPercent(count, whole),
      look: 1 + (index % REASON_LOOKS),
    })),
  ];
}

/** The bar in one sentence, for whoever cannot see it. */
export const sayStack = (segments: readonly Segment[]): string =>
  segments.map(({ word, count, percent }) => `${word}: ${sayNumber(count)} (${percent})`).join(", ");
