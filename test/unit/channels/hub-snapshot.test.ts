import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hubPayloadSchema,
  hubReference,
  parseHubSnapshot,
} from "../../../server/channels/hub/parse-hub-snapshot.ts";
import { ENGAGEMENT_STATUSES } from "../../../shared/values.ts";

const NOW = Date.parse("2026-03-02T15:00:00Z");
const read = (body: Record<string, unknown>) => parseHubSnapshot(hubPayloadSchema.parse(body), NOW);

describe("the Hub's words", () => {
  test.each([
    ["accepted", "queued"],
    ["QUEUED", "queued"],
    ["In Progress", "in_progress"],
    ["in-progress", "in_progress"],
    [" in_progress ", "in_progress"],
    ["ringing", "in_progress"],
    ["resumed", "in_progress"],
    ["paused", "paused"],
    ["Completed", "completed"],
    ["done", "completed"],
    ["cancelled", "canceled"],
    ["canceled", "canceled"],
    ["error", "failed"],
    ["daydreaming", null],
    ["constructor", null],
    ["", null],
  ])("%j is %j", (status, ours) => {
    expect(read({ status }).status).toBe(ours);
  });

  test("an outcome is read as one word; an end without one is its own", () => {
    expect(read({ status: "completed", outcome: "No Answer" }).outcome).toBe("no_answer");
    expect(read({ status: "completed" }).outcome).toBe("completed");
    expect(read({ status: "in_progress" }).outcome).toBeNull();
  });
});

test.each(["opted_out", "Opt-Out", "UNSUBSCRIBED", "do not call"])(
  "an outcome that says “%s” is an opt-out, others are not",
  (outcome) => {
    expect(read({ status: "completed", outcome }).optOut).toContain("asked not to be contacted");
    expect(read({ status: "completed", outcome: "not_interested" })).not.toHaveProperty("optOut");
  },
);

describe("times", () => {
  test.each([
    ["2026-03-02T14:00:00Z", "2026-03-02T14:00:00.000Z"],
    ["2026-03-02T14:00:00", "2026-03-02T14:00:00.000Z"],
    ["2026-03-02 14:00:00", "2026-03-02T14:00:00.000Z"],
    ["2026-03-02T09:00:00-05:00", "2026-03-02T14:00:00.000Z"],
    ["2026-03-02T14:00:00.123456+00:00", "2026-03-02T14:00:00.123Z"],
    [1772460000, "2026-03-02T14:00:00.000Z"],
    [1772460000000, "2026-03-02T14:00:00.000Z"],
    ["1772460000.5", "2026-03-02T14:00:00.500Z"],
  ])("%j is %s", (started_at, iso) => {
    expect(new Date(read({ started_at }).startedAt ?? 0).toISOString()).toBe(iso);
  });

  test("one that cannot be read is left out; a duration that is missing is the span", () => {
    expect(read({ started_at: "yesterday" }).startedAt).toBeNull();
    const span = { started_at: "2026-03-02T14:00:00Z", completed_at: "2026-03-02T14:01:30Z" };
    expect(read(span).duration).toBe(90);
    expect(read({ ...span, duration: "12" }).duration).toBe(12);
    expect(read({ ...span, duration: "long" }).duration).toBe(90);
    expect(read({ duration: 41.6 }).duration).toBe(42);
    expect(read({ duration: -3 }).duration).toBeNull();
    expect(read({ sent_at: "2031-01-01T00:00:00Z" }).seenAt).toBe(NOW);
    expect(read({ sent_at: "2026-03-02T14:59:00Z" }).seenAt).toBe(NOW - 60_000);
    expect(read({}).seenAt).toBe(NOW);
  });
});

describe("rows", () => {
  test("of a conversation are understood in many spellings; what says nothing is left out", () => {
    const transcript = [
      { role: "agent", content: "Hello", timestamp: "2026-03-02T14:00:01Z" },
      { speaker: "Customer", text: "Hi" },
      { direction: "inbound", message: "Yes" },
      { from: "user", body: "Ok", at: 1772460003 },
      "a bare line",
      { role: "agent" },
      null,
      7,
      [],
    ];
    const rows = read({ transcript, started_at: "2026-03-02T14:00:00Z" }).transcript;
    expect(rows.map(({ direction, text }) => [direction, text])).toEqual([
      ["outbound", "Hello"],
      ["inbound", "Hi"],
      ["inbound", "Yes"],
      ["inbound", "Ok"],
      ["outbound", "a bare line"],
    ]);
    expect(rows[0]?.at).toBe(Date.parse("2026-03-02T14:00:01Z"));
    expect(rows[1]?.at).toBe(Date.parse("2026-03-02T14:00:00Z"));
  });

  test("of the history likewise", () => {
    const history = [
      { event_type: "Call Started", description: "ringing" },
      { status: "done" },
      "said so",
      { note: "x" },
    ];
    expect(read({ history }).history.map(({ event, detail }) => [event, detail])).toEqual([
      ["call_started", "ringing"],
      ["done", ""],
      ["hub", "said so"],
    ]);
  });

  test("that are no rows at all do not spoil the rest", () => {
    expect(read({ status: "completed", transcript: "none", history: { a: 1 }, summary: 7 })).toMatchObject({
      status: "completed",
      transcript: [],
      history: [],
      summary: null,
    });
  });
});

test("the engagement is named by either of its ids", () => {
  expect(hubReference(hubPayloadSchema.parse({ engagement_id: 12, call_sid: "CA1" }))).toBe("12");
  expect(hubReference(hubPayloadSchema.parse({ call_sid: "CA1" }))).toBe("CA1");
  expect(hubReference(hubPayloadSchema.parse({ engagement_id: null }))).toBeUndefined();
});

test("no JSON object makes it throw, and what it tells is always whole", () => {
  const members = [
    "status",
    "outcome",
    "summary",
    "started_at",
    "completed_at",
    "duration",
    "history",
    "transcript",
    "sent_at",
  ];
  const row = fc.dictionary(
    fc.constantFrom("text", "role", "at", "event", "detail", "content"),
    fc.jsonValue(),
  );
  const body = fc.dictionary(fc.constantFrom(...members), fc.oneof(fc.jsonValue(), fc.array(row)));
  fc.assert(
    fc.property(body, (value) => {
      const payload = hubPayloadSchema.safeParse(value);
      if (!payload.success) return;
      const snapshot = parseHubSnapshot(payload.data, NOW);
      if (snapshot.status !== null) expect(ENGAGEMENT_STATUSES).toContain(snapshot.status);
      const times = [
        snapshot.startedAt,
        snapshot.completedAt,
        snapshot.seenAt,
        ...snapshot.transcript.map(({ at }) => at),
        ...snapshot.history.map(({ at }) => at),
      ];
      // Stored in integer columns and told as ISO texts.
      for (const at of times) if (at !== null) expect(() => new Date(at).toISOString()).not.toThrow();
      for (const at of times) if (at !== null) expect(Number.isSafeInteger(at)).toBe(true);
      expect(snapshot.duration === null || Number.isSafeInteger(snapshot.duration)).toBe(true);
      expect(snapshot.duration ?? 0).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});
