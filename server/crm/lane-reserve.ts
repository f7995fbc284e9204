// Which part of a window stays free for the more urgent, so that a page somebody opens never waits until a long list has
// left the window. Asked by the lane pump before it gives a slot away.
import type { CrmPriority } from "./crm.ts";

/** Listing keeps to 94 % of a limit: little slower for the list, fifteen requests of 250 for whoever comes meanwhile. */
const RESERVED: Readonly<Record<CrmPriority, number>> = {
  interactive: 0,
  launch: 0.02,
  sync: 0.02,
  listing: 0.06,
};

/** Slots of `limit` that this priority leaves alone. None where the limit is small: 10 notes are 10 notes. */
export const reservedSlots = (limit: number, priority: CrmPriority): number =>
  Math.floor(limit * RESERVED[priority]);
