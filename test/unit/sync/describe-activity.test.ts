import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type DescribedMessage,
  describeCall,
  describeNote,
  describeSummary,
  markerLine,
} from "../../../server/sync/describe-activity.ts";
import { mapOutcome } from "../../../server/sync/map-outcome.ts";
import { CHANNEL_LABELS, CHANNELS, FUB_CALL_OUTCOMES, OUTCOMES } from "../../../shared/values.ts";

describe("outcomes", () => {
  // Seed 000, "Call outcome mapping".
  test.each([
    ["no_answer", "No Answer"],
    ["voicemail", "Left Message"],
    ["busy", "Busy"],
    ["invalid_phone", "Bad Number"],
    ["bad_number", "Bad Number"],
    ["connected", "Interested"],
    ["delivered", "Interested"],
    ["completed", "Interested"],
    ["not_interested", "Not Interested"],
    ["failed", null],
    ["canceled", null],
    [null, null],
    ["", null],
    ["appointment_set", null],
    ["constructor", null],
    ["__proto__", null],
    ["left message", "Left Message"],
    ["Left_Message", "Left Message"],
    ["NO-ANSWER", "No Answer"],
    ["Interested", "Interested"],
  ])("%j is written as %j", (outcome, label) => {
    expect(mapOutcome(outcome, {})).toBe(label);
  });

  test("a brokerage's own entry goes first, and null writes none", () => {
    expect(mapOutcome("connected", { connected: "Not Interested" })).toBe("Not Interested");
    expect(mapOutcome("connected", { connected: null })).toBeNull();
    expect(mapOutcome("connected", { busy: null })).toBe("Interested");
    expect(mapOutcome("connected", { connected: undefined })).toBe("Interested");
    expect(mapOutcome("failed", { failed: "No Answer" })).toBe("No Answer");
  });

  test("whatever a provider says, only what Follow Up Boss accepts is written", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...OUTCOMES)), (outcome) => {
        const label = mapOutcome(outcome, {});
        if (label !== null) expect(FUB_CALL_OUTCOMES).toContain(label);
      }),
    );
  });
});

const engagement = (more: object = {}) => ({
  channel: "sms",
  type: "appointment_booking",
  contact: "+14165550111",
  from_number: "+14165550100",
  outcome: "connected",
  summary: "Dana chose Friday.",
  recording_url: null,
  duration: 41.7,
  ...more,
});
const at = Date.parse("2026-03-02T15:04:59Z");
const out: DescribedMessage = { at, direction: "outbound", text: "Hello" };
const back: DescribedMessage = { at: at + 60_000, direction: "inbound", text: "Hi <b>" };

describe("a note", () => {
  test.each(CHANNELS)("on %s is named by its channel", (channel) => {
    expect(describeNote(engagement({ channel }), [out], "act_1").subject).toBe(
      `${CHANNEL_LABELS[channel]} (outbound)`,
    );
  });

  test("names the directions it holds, each once, and every row with its time", () => {
    const note = describeNote(engagement(), [out, back, out], "act_1");
    expect(note.subject).toBe("SMS (outbound and inbound)");
    expect(describeNote(engagement(), [back], "act_1").subject).toBe("SMS (inbound)");
    expect(note.body.split("\n").slice(0, 3)).toEqual([
      "[Mar 2, 2026, 10:04 am EST] Outbound: Hello",
      "[Mar 2, 2026, 10:05 am EST] Inbound: Hi <b>",
      "[Mar 2, 2026, 10:04 am EST] Outbound: Hello",
    ]);
    expect(note.body).toMatch(/\n\nWith \+14165550111\. Ref act_1$/);
  });

  test("that is very long is cut, and keeps the line it is found by", () => {
    const long = Array.from({ length: 500 }, () => ({ ...out, text: "x".repeat(100) }));
    const { body } = describeNote(engagement(), long, "act_1");
    expect(body.length).toBeLessThan(20_200);
    expect(body).toContain("\n(shortened)\n\n");
    expect(body.endsWith(markerLine("act_1"))).toBe(true);
  });

  test("is never cut inside a character", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (shift) => {
        const text = `${"y".repeat(shift)}${"🏡".repeat(12_000)}`;
        expect(describeNote(engagement(), [{ ...out, text }], "act_1").body.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("a call", () => {
  const attribution = { crmUserId: "3", mapping: {} };
  test("carries numbers, mapped outcome, whole seconds and its marker", () => {
    const call = describeCall(engagement({ channel: "phone" }), "act_1", attribution);
    expect(call).toEqual({
      phone: "+14165550111",
      fromNumber: "+14165550100",
      toNumber: "+14165550111",
      isIncoming: false,
      outcome: "Interested",
      duration: 42,
      note: "Dana chose Friday.\n\nPhone, appointment booking. Ref act_1",
      userId: "3",
    });
  });

  test("without summary tells the outcome, and without either that it ended", () => {
    const noteOf = (more: object) => describeCall(engagement(more), "act_1", attribution).note;
    expect(noteOf({ summary: null })).toMatch(/^Outcome: connected\n/);
    expect(noteOf({ summary: null, outcome: null })).toMatch(/^The outreach ended\.\n/);
    expect(describeCall(engagement({ duration: null, outcome: null }), "act_1", attribution)).toMatchObject({
      duration: 0,
      outcome: null,
    });
    expect(describeCall(engagement({ duration: -3 }), "act_1", attribution).duration).toBe(0);
  });
});

describe("a summary", () => {
  test("says what came of a conversation, with whom, and by whom where the CRM cannot", () => {
    const over = engagement({ channel: "chat", outcome: "connected", summary: "Nivia wants a garden." });
    expect(describeSummary(over, "act_1", {})).toEqual({
      subject: "Chat (summary)",
      body: "Nivia wants a garden.\n\nOutcome: Interested. With +14165550111. Ref act_1",
    });
    expect(describeSummary(over, "act_1", { connected: null }, "Ann One").body).toBe(
      "Nivia wants a garden.\n\nOutcome: connected. With +14165550111. By Ann One. Ref act_1",
    );
    expect(
      describeSummary(engagement({ outcome: null, summary: null, contact: null }), "act_1", {}).body,
    ).toBe("The conversation is over.\n\nRef act_1");
  });

  test("is found again by its marker, however long it is", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30_000 }), (summary) => {
        const { body } = describeSummary(engagement({ summary }), "act_1", {});
        expect(body.endsWith(markerLine("act_1"))).toBe(true);
        expect(body.length).toBeLessThan(20_200);
      }),
      { numRuns: 30 },
    );
  });
});
