import fc from "fast-check";
import { expect, test } from "vitest";
import { estimateWaitMs } from "../../../server/crm/estimate-wait.ts";
import { FUB_ERRORS } from "../../../server/crm/followupboss/errors.ts";
import { FUB_LIMITS } from "../../../server/crm/followupboss/request-context.ts";
import { createRateLanes } from "../../../server/crm/rate-lanes.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

test("nothing waits for nothing, nor while there is room", () => {
  const notes = { limit: 10, windowMs: 10_000 };
  expect(estimateWaitMs({ ...notes, used: 10, waiting: 0 })).toBe(0);
  expect(estimateWaitMs({ ...notes, used: 4, waiting: 6 })).toBe(0);
  expect(estimateWaitMs({ ...notes, used: 0, waiting: 1_000 })).toBe(990_000);
  expect(estimateWaitMs({ ...notes, used: 17, waiting: 5 })).toBe(5_000);
});

test("it is never more than a window off what the lane then takes", async () => {
  const NOTHING = {
    context: null,
    limit: null,
    remaining: null,
    windowMs: null,
    accountId: null,
    pauseMs: null,
  };
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 9_000 }),
      fc.integer({ min: 1, max: 200 }),
      async (before, laterMs, waiting) => {
        const clock = createFakeClock();
        const lanes = createRateLanes({ clock, limits: FUB_LIMITS, errors: FUB_ERRORS });
        const send = async (): Promise<number> => {
          const slot = await lanes.take({
            accessId: "k",
            context: "notes",
            priority: "sync",
            deadline: Number.POSITIVE_INFINITY,
            signal: new AbortController().signal,
          });
          slot.sent(NOTHING);
          return clock.now();
        };
        for (let i = 0; i < before; i++) await send();
        await clock.advance(laterMs);
        const used = lanes.lanes()[0]?.used ?? 0;
        const foretold = estimateWaitMs({ limit: 10, windowMs: 10_000, used, waiting });
        const begun = clock.now();
        const sent = Promise.all(Array.from({ length: waiting }, send));
        await clock.advance(400_000);
        const took = Math.max(...(await sent)) - begun;
        expect(Math.abs(took - foretold)).toBeLessThanOrEqual(10_000);
      },
    ),
    { numRuns: 40 },
  );
});
