// How long it takes at the CRM's limits until a number of requests is through. Pure; asked by the console's lanes and by
// whoever plans a campaign.

export interface LaneLoad {
  /** Requests per window. */
  readonly limit: number;
  readonly windowMs: number;
  /** Slots taken now. */
  readonly used: number;
  /** Requests still to be sent, or planned. */
  readonly waiting: number;
}

/** Milliseconds until the last of them is sent: those that find room go at once, the others at the limit's pace. */
export function estimateWaitMs({ limit, windowMs, used, waiting }: LaneLoad): number {
  const room = Math.max(0, limit - used);
  return Math.round((Math.max(0, waiting - room) * windowMs) / Math.max(1, limit));
}
