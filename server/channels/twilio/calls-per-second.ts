// How many calls per second each Twilio account is given: what is more Twilio would queue, perhaps past the hour at which
// the contact may be called. A bucket per account, in the provider's own memory.
import type { TwilioAccount } from "./twilio-account.ts";

export interface CallTurns {
  /** Takes a place: 0, or the ms until one is free (then none was taken). */
  take(account: Pick<TwilioAccount, "sid" | "callsPerSecond">): number;
}

/** `now`: ms that never jump. */
export function createCallTurns(now: () => number): CallTurns {
  const buckets = new Map<string, { places: number; at: number }>();
  return {
    take: ({ sid, callsPerSecond }) => {
      // Below one per second there is still room for one.
      const room = Math.max(1, Math.floor(callsPerSecond));
      const time = now();
      const bucket = buckets.get(sid) ?? { places: room, at: time };
      const places = Math.min(room, bucket.places + ((time - bucket.at) / 1000) * callsPerSecond);
      // The sum of many small steps may fall short of a whole place by a rounding error.
      const free = places >= 1 - 1e-9;
      buckets.set(sid, { places: free ? places - 1 : places, at: time });
      return free ? 0 : Math.ceil(((1 - places) / callsPerSecond) * 1000);
    },
  };
}
