import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CarrierEvent } from "../../../server/channels/carrier-events.ts";
import { foldMessages } from "../../../server/channels/twilio/fold-messages.ts";
import {
  type MessagePlan,
  messageEvent,
  readMessageEvents,
  statusEvent,
} from "../../../server/channels/twilio/message-events.ts";
import { readMessages } from "../../../server/channels/twilio/read-messages.ts";
import { twilioCode } from "../../../server/channels/twilio/twilio-codes.ts";

const START = Date.parse("2026-03-02T15:00:00Z");
const OPENING = `SM${"1".repeat(32)}`;
const REPLY = `SM${"2".repeat(32)}`;
const PLAN: MessagePlan = {
  ...{ attempt: 1, channel: "sms", contact: "+14165550132", from: "+14165550100", service: null },
  ...{ text: "Hello Jane.", template: null },
};
const plan = (more: Partial<MessagePlan> = {}, at = START): CarrierEvent =>
  messageEvent("message.plan", String(more.attempt ?? 1), at, { ...PLAN, ...more });
const sent = (sid: string, ref: string, text: string, at = START + 500): CarrierEvent =>
  messageEvent("message.sent", sid, at, { sid, ref, text });
const status = (sid: string, word: string, code: number | null = null, at = START + 1_000): CarrierEvent =>
  statusEvent({ sid, ref: sid === OPENING ? "opening.1" : "msg_1.0", status: word, code }, at);
const assumed = messageEvent("message.assumed", OPENING, START + 600_000, { sid: OPENING });
const fold = (
  events: readonly CarrierEvent[],
  type: "informational" | "conversational" = "informational",
  inCampaign = false,
) => {
  const story = readMessages(readMessageEvents(events));
  if (!story) throw new Error("no plan");
  return foldMessages(story, { type, inCampaign });
};
const opened = [plan(), sent(OPENING, "opening.1", "Hello Jane.")];

describe("what a message came to", () => {
  test.each<[string, CarrierEvent[], string, string | null]>([
    ["not handed over", [plan()], "queued", null],
    ["queued", [...opened, status(OPENING, "queued")], "in_progress", null],
    ["sent", [...opened, status(OPENING, "sent")], "in_progress", null],
    [
      "sent, and no other word for long",
      [...opened, status(OPENING, "sent"), assumed],
      "completed",
      "delivered",
    ],
    ["delivered", [...opened, status(OPENING, "delivered")], "completed", "delivered"],
    ["read", [...opened, status(OPENING, "read")], "completed", "delivered"],
    ["in a word nobody knows", [...opened, status(OPENING, "dreaming")], "in_progress", null],
    ["to a landline", [...opened, status(OPENING, "undelivered", 30006)], "completed", "invalid_phone"],
    [
      "to an unknown handset",
      [...opened, status(OPENING, "undelivered", 30005)],
      "completed",
      "invalid_phone",
    ],
    ["not on WhatsApp", [...opened, status(OPENING, "failed", 63003)], "completed", "invalid_phone"],
    ["to a phone that is off", [...opened, status(OPENING, "undelivered", 30003)], "failed", "failed"],
    ["taken for spam", [...opened, status(OPENING, "undelivered", 30007)], "failed", "failed"],
    ["lost without a reason", [...opened, status(OPENING, "undelivered", 30008)], "failed", "failed"],
    ["from an unregistered sender", [...opened, status(OPENING, "undelivered", 30034)], "failed", "failed"],
    ["outside WhatsApp's window", [...opened, status(OPENING, "failed", 63016)], "failed", "failed"],
    ["to somebody who wrote STOP", [...opened, status(OPENING, "failed", 21610)], "failed", "opted_out"],
    ["to somebody who blocked us", [...opened, status(OPENING, "failed", 63014)], "failed", "opted_out"],
    ["to a known litigator", [...opened, status(OPENING, "failed", 30640)], "failed", "do_not_call"],
    ["failed with a code nobody knows", [...opened, status(OPENING, "failed", 39999)], "failed", "failed"],
    ["taken back", [...opened, status(OPENING, "canceled")], "canceled", "canceled"],
  ])("%s", (_name, events, state, outcome) => {
    expect(fold(events)).toMatchObject({ status: state, outcome, duration: null });
  });

  test("a conversation may follow one that was delivered; in a campaign none is waited for", () => {
    const events = [...opened, status(OPENING, "delivered")];
    expect(fold(events, "conversational")).toMatchObject({ status: "in_progress", completedAt: null });
    expect(fold(events, "conversational", true)).toMatchObject({ status: "completed", outcome: "delivered" });
  });

  test("canceled while it was on its way, nothing more is said; a failure that was there first stays", () => {
    const stop = messageEvent("message.cancel", "", START + 2_000, {});
    const events = [...opened, status(OPENING, "delivered"), stop];
    expect(fold(events, "conversational")).toMatchObject({ status: "canceled", outcome: "canceled" });
    expect(fold([...opened, status(OPENING, "failed", 30007), stop]).status).toBe("failed");
  });

  test("every sentence says what happened and never a code alone", () => {
    const told = fold([...opened, status(OPENING, "undelivered", 30034)]);
    expect(told.summary).toContain("Register brand and campaign");
    expect(fold([...opened, status(OPENING, "failed", 39999)]).summary).toBe(
      "The message was not delivered (Twilio's error 39999).",
    );
    for (const code of [20003, 21210, 21215, 21219, 21408, 21606, 21608, 30002, 30032, 30034, 63016, 63020])
      expect(twilioCode(code)?.means).toBe("setup");
  });

  test("the transcript is the opening; of what followed it is told which did not arrive, and why", () => {
    const events = [
      ...opened,
      status(OPENING, "delivered"),
      sent(REPLY, "msg_1.0", "At ten?", START + 90_000),
    ];
    expect(fold(events, "conversational").undelivered).toBeUndefined();
    events.push(status(REPLY, "undelivered", 30003, START + 95_000));
    const { transcript, history, undelivered } = fold(events, "conversational");
    expect(transcript).toEqual([
      { at: START + 500, direction: "outbound", text: "Hello Jane.", key: OPENING },
    ]);
    expect(undelivered).toEqual([{ id: "msg_1", why: expect.stringContaining("off or out of range") }]);
    expect(history.map(({ event }) => event)).toEqual([
      "message_sent",
      "message_delivered",
      "reply_undelivered",
    ]);
    expect(fold(events, "conversational").status).toBe("in_progress");
  });

  test("whoever is refused because they wrote STOP has opted out, with the opening or later", () => {
    const refused = fold([...opened, status(OPENING, "failed", 21610)]);
    expect(refused).toMatchObject({ outcome: "opted_out", optOut: expect.stringContaining("wrote STOP") });
    const later = [...opened, status(OPENING, "delivered"), sent(REPLY, "msg_1.0", "At ten?")];
    expect(fold(later, "conversational").optOut).toBeUndefined();
    expect(fold([...later, status(REPLY, "undelivered", 21610)], "conversational")).toMatchObject({
      ...{ status: "completed", outcome: "not_interested" },
      optOut: expect.stringContaining("wrote STOP"),
    });
  });

  test("what Twilio tells of a message whose sending never got an answer is that message's", () => {
    expect(fold([plan(), status(OPENING, "delivered")])).toMatchObject({
      status: "completed",
      transcript: [{ text: "Hello Jane.", key: OPENING }],
    });
  });

  test("an earlier try's message is not this one's, but was said", () => {
    const again = plan({ attempt: 2 }, START + 60_000);
    const events = [...opened, status(OPENING, "failed", 30008), again];
    expect(fold(events)).toMatchObject({ status: "queued", outcome: null });
    expect(fold(events).transcript).toHaveLength(1);
  });
});

describe("whatever is lost, doubled or disordered", () => {
  const ends = fc.constantFrom<readonly [string, number | null]>(
    ["delivered", null],
    ["read", null],
    ["undelivered", 30003],
    ["undelivered", 30006],
    ["failed", 21610],
  );

  test("any order, any of it twice, any of it lost but the last word, is the same end", () => {
    fc.assert(
      fc.property(ends, fc.infiniteStream(fc.nat()), ([word, code], chance) => {
        const even = (): boolean => ((chance.next().value as number) & 1) === 0;
        const before = ["accepted", "queued", "sending", "sent"].map((each, index) =>
          status(OPENING, each, null, START + index),
        );
        const last = status(OPENING, word, code, START + 5_000);
        const whole = fold([...opened, ...before, last]);
        const some = [...opened, ...before.filter(even), last];
        const events = [...some, ...some.filter(even)]
          .map((event) => ({ event, by: chance.next().value as number }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ event }) => event);
        const told = fold(events);
        expect({ ...told, seenAt: 0 }).toEqual({ ...whole, seenAt: 0 });
      }),
      { numRuns: 200 },
    );
  });
});
