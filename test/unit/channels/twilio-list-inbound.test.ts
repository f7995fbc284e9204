// However much came in since the last look, all of it is read: Twilio lists the newest first, and only so many at once.
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSlice } from "../../../server/channels/twilio/list-inbound.ts";
import { messageSchema, type TwilioMessage } from "../../../server/channels/twilio/twilio-answers.ts";
import { MOST_INBOUND } from "../../../server/channels/twilio/twilio-requests.ts";

const DAY = 86_400;
const NOW = 1_000_000_000;

/** Messages of each of these times (seconds from the first), as many as given. */
const messagesOf = (bursts: readonly { readonly at: number; readonly count: number }[]): TwilioMessage[] =>
  bursts
    .flatMap(({ at, count }, burst) =>
      Array.from({ length: count }, (_, index) =>
        messageSchema.parse({
          sid: `SM${burst}-${index}`,
          status: "received",
          errorCode: null,
          numMedia: null,
          dateSent: new Date(at * 1_000),
        }),
      ),
    )
    .toSorted((a, b) => (b.dateSent ?? 0) - (a.dateSent ?? 0));

test("nothing is passed over however much came in", async () => {
  const burst = fc.record({ at: fc.integer({ min: 0, max: DAY }), count: fc.integer({ min: 1, max: 400 }) });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(burst, { maxLength: 12, selector: ({ at }) => at }), async (bursts) => {
      const all = messagesOf(bursts.map(({ at, count }) => ({ at: NOW + at, count })));
      const now = (NOW + DAY + 1) * 1_000;
      const read = new Set<string>();
      let from = NOW * 1_000;
      for (let looks = 0; from < now && looks < 100; looks += 1) {
        const ask = async (until: Date | undefined) =>
          all
            .filter(({ dateSent }) => (dateSent ?? 0) >= from && (dateSent ?? 0) < (until?.getTime() ?? now))
            .slice(0, MOST_INBOUND);
        const { found, end } = await readSlice(ask, { from, end: null, now });
        for (const { sid } of found) read.add(sid);
        from = end ?? now;
      }
      expect(read.size).toBe(all.length);
    }),
    { numRuns: 25 },
  );
});
