// Whether a contact may still be rung once the agent is on the line, and how long a text to them may wait at its carrier.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChannelOrder } from "../../../server/channels/channel.ts";
import { addSuppression } from "../../../server/contact/suppression.store.ts";
import { createRulesNow } from "../../../server/engagements/rules-now.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { ORDER } from "../channels/twilio-call-world.ts";
import { ANN, contactDeps, contacted, wishOf } from "../contact/contact-world.ts";

/** 9 pm in New York, when calls and texts end. */
const CLOSING = Date.parse("2026-11-24T02:00Z");
const MOST = 3_600_000;

async function asked(at: number, changes: Parameters<typeof contacted>[1] = {}) {
  const db = await openTestDatabase();
  const clock = { ...createFakeClock(), now: () => at };
  const engagementId = await contacted(db, { started_at: at - 60_000, ...changes });
  const order: ChannelOrder = { ...ORDER, engagementId, contact: ANN };
  const rules = contactDeps({ contact_caps: { calls: { per_day: 1 } } });
  return { db, order, rulesNow: createRulesNow({ db, clock, rules }) };
}

describe("a contact", () => {
  test("may be rung within their hours, however often they were called, and not a second later", async () => {
    const early = await asked(CLOSING - 20_000);
    await contacted(early.db, { started_at: CLOSING - MOST });
    expect(await early.rulesNow.withheld(early.order)).toBeUndefined();
    const late = await asked(CLOSING + 30_000);
    expect(await late.rulesNow.withheld(late.order)).toBe("closed");
    // As late as it is where they live.
    const east = await asked(CLOSING - 20_000, { person_regions: "CA-NL" });
    expect(await east.rulesNow.withheld(east.order)).toBe("closed");
  });

  test("who asked not to be contacted while the agent's phone rang is not rung", async () => {
    const { db, order, rulesNow } = await asked(CLOSING - MOST);
    expect(await rulesNow.withheld(order)).toBeUndefined();
    await addSuppression(db, wishOf());
    expect(await rulesNow.withheld(order)).toBe("opted_out");
  });
});

test("a text may wait until their hours end and no longer", async () => {
  const second = fc.integer({ min: -7_200, max: 7_200 });
  const { db, order } = await asked(CLOSING);
  await fc.assert(
    fc.asyncProperty(second, async (before) => {
      const clock = { ...createFakeClock(), now: () => CLOSING - before * 1_000 };
      const rulesNow = createRulesNow({ db, clock, rules: contactDeps() });
      const open = await rulesNow.openFor({ ...order, channel: "sms" }, MOST);
      if (before <= 0) expect(open).toBe(0);
      else if (before > 3_600) expect(open).toBe(MOST);
      else expect(open).toBe((before - 1) * 1_000);
    }),
    { numRuns: 40 },
  );
});
