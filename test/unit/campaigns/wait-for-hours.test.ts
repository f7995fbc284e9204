// Two places ask for somebody's hours: a campaign's line, and the rules of every start and launch. Neither lets anybody go whom
// the hours refuse, and they never disagree.
import fc from "fast-check";
import { expect, test } from "vitest";
import { closedUntil } from "../../../server/campaigns/wait-for-hours.ts";
import { hoursAt } from "../../../server/contact/hours/hours-at.ts";
import { createWallClocks } from "../../../server/contact/hours/wall-clocks.ts";
import { checkRules } from "../../../server/engagements/check-rules.ts";
import { writeRegions } from "../../../server/engagements/contact-facts.ts";
import { tenantSchema } from "../../../shared/settings.schema.ts";
import { CHANNELS, isVoice } from "../../../shared/values.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { openTestHours } from "../../helpers/open-test-hours.ts";

const hours = openTestHours();
const clocks = createWallClocks();

/** Cities, states with their own hours, codes in two zones, no place at all, abroad. */
const contact = fc.constantFrom(
  ...["+14165550131", "+17095550131", "+12125550131", "+13055550131", "+18505550131", "+12085550131"],
  ...["+16025550131", "+18085550131", "+12055550131", "+18005550131", "+442079460131", "+61255501234"],
);
const regions = fc.constantFrom<readonly string[]>(
  [],
  [],
  ["US-CA"],
  ["CA-ON", "US-FL"],
  ["US-HI"],
  ["US-ME"],
);
const question = fc.record({
  contact,
  regions,
  channel: fc.constantFrom(...CHANNELS),
  provider: fc.constantFrom("twilio", "simulator"),
  contact_hours: fc.constantFrom("real_channels", "always", "never"),
  // Two years: both changes of the clocks twice, every day of the week.
  at: fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2028-01-01") }),
});

test("whoever is let go may be reached where they are, by every number and address; whoever waits may not", async () => {
  const db = await openTestDatabase();
  await fc.assert(
    fc.asyncProperty(question, async ({ contact, regions, channel, provider, contact_hours, at }) => {
      const tenant = tenantSchema.parse({ domain_name: "acme", contact_hours });
      const deps = {
        clock: { now: () => at },
        settings: { tenant: () => tenant },
        providers: { get: (name: string) => ({ reachesPeople: name === "twilio" }) },
        rules: { tenant: () => tenant, hours },
      } as unknown as Parameters<typeof closedUntil>[0];
      const row = { provider, contact, person_regions: writeRegions(regions) };
      const waits = closedUntil(deps, "acme", channel)(row);
      const decision = await checkRules(deps, db, {
        ...{ tenant, channel, provider, contact, personId: null, crmAccountId: null, at },
        known: { regions },
      });

      const holds =
        contact_hours === "always" || (contact_hours === "real_channels" && provider === "twilio");
      const asked = holds && channel !== "email";
      const kind = isVoice(channel) ? "calls" : "texts";
      const verdict = hoursAt({ rules: hours.rules(), clocks, contact, kind, at, regions });
      if (!asked || verdict.open) {
        expect(waits).toBeNull();
        expect(decision.decision).toBe("allowed");
        return;
      }
      expect(waits).toBe(verdict.until);
      expect(waits).toBeGreaterThan(at);
      expect(decision).toMatchObject({ decision: "held", rule: "outside_hours", until: verdict.until });
    }),
    { numRuns: 300 },
  );
});
