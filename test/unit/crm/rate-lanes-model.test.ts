// The lanes against a server that counts arrivals in a sliding window, as Follow Up Boss does.
import fc from "fast-check";
import { expect, it } from "vitest";
import { FUB_ERRORS } from "../../../server/crm/followupboss/errors.ts";
import { FUB_LIMITS } from "../../../server/crm/followupboss/request-context.ts";
import { createRateLanes } from "../../../server/crm/rate-lanes.ts";
import { createFakeClock, type FakeClock } from "../../helpers/fake-clock.ts";

const WINDOW_MS = 10_000;
const PRIORITIES = ["interactive", "launch", "sync", "listing"] as const;

function countingServer(clock: FakeClock, limit: number) {
  const arrivals: number[] = [];
  const recent = (): number => arrivals.filter((at) => clock.now() - at < WINDOW_MS).length;
  return {
    over: 0,
    arrive(): { remaining: number } {
      if (recent() >= limit) this.over += 1;
      arrivals.push(clock.now());
      return { remaining: Math.max(0, limit - recent()) };
    },
    served: () => arrivals.length,
  };
}

it("used alone, the server's own count is never exceeded and every request gets its turn", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10 }),
      fc.array(
        fc.record({
          startMs: fc.integer({ min: 0, max: 8_000 }),
          outMs: fc.integer({ min: 0, max: 2_000 }),
          backMs: fc.integer({ min: 0, max: 2_000 }),
          priority: fc.constantFrom(...PRIORITIES),
        }),
        { minLength: 1, maxLength: 30 },
      ),
      async (limit, requests) => {
        const clock = createFakeClock();
        const lanes = createRateLanes({ clock, limits: FUB_LIMITS, errors: FUB_ERRORS });
        const server = countingServer(clock, limit);
        const told = (remaining: number) => ({
          context: "notes" as const,
          limit,
          remaining,
          windowMs: WINDOW_MS,
          accountId: "1",
          pauseMs: null,
        });
        const run = async ({ startMs, outMs, backMs, priority }: (typeof requests)[number]) => {
          await clock.sleep(startMs);
          const slot = await lanes.take({
            accessId: "k",
            context: "notes",
            priority,
            deadline: Number.POSITIVE_INFINITY,
            signal: new AbortController().signal,
          });
          await clock.sleep(outMs);
          const { remaining } = server.arrive();
          await clock.sleep(backMs);
          slot.sent(told(remaining));
        };
        // The first answer teaches the limit.
        await run({ startMs: 0, outMs: 0, backMs: 0, priority: "sync" });
        const all = Promise.all(requests.map(run));
        await clock.advance(500_000);
        await all;
        expect(server.over).toBe(0);
        expect(server.served()).toBe(requests.length + 1);
      },
    ),
    { numRuns: 40 },
  );
});
