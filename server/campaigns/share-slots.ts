// Who gets the free places of a channel: whoever has the fewest going on, so that a short campaign is not kept waiting
// behind a long one. Pure.

export interface Claimant {
  /** Going on now. */
  readonly active: number;
  /** Waiting in line. */
  readonly waiting: number;
  /** May get at most so many now. */
  readonly most: number;
}

/** How many each gets of `free`; equals are served in their order. */
export function shareSlots(free: number, claimants: readonly Claimant[]): number[] {
  const given = claimants.map(() => 0);
  for (let left = free; left > 0; left--) {
    let best = -1;
    for (const [index, claimant] of claimants.entries()) {
      const got = given[index] ?? 0;
      if (got >= Math.min(claimant.waiting, claimant.most)) continue;
      const load = claimant.active + got;
      if (best === -1 || load < (claimants[best]?.active ?? 0) + (given[best] ?? 0)) best = index;
    }
    if (best === -1) break;
    given[best] = (given[best] ?? 0) + 1;
  }
  return given;
}
