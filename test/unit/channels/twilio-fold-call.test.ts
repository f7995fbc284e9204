import { describe, expect, test } from "vitest";
import type { CarrierEvent } from "../../../server/channels/carrier-events.ts";
import { callEvent } from "../../../server/channels/twilio/call-events.ts";
import {
  bridge,
  type CallWay,
  type ContactWay,
  everything,
  FIRST,
  fold,
  human,
  type ORDER,
  SECOND,
  START,
  tellCall,
} from "./twilio-call-world.ts";

const machine = (spoken?: "to_the_end" | "cut_off"): ContactWay => ({
  ...{ status: "completed", answeredBy: "machine_end_beep", seconds: 31, ...(spoken && { spoken }) },
});
const failed = (sip: number | null, codes: number[] = []): ContactWay => ({ status: "failed", sip, codes });
const LEFT_AT_ONCE: ContactWay = {
  status: "completed",
  answeredBy: "human",
  seconds: 2,
  leavesInNotice: true,
};
const VOICEMAIL = { voicemail: "Hello, this is Sam of Acme. Please call me back." };

describe("what a call with the agent first came to, by the contact's leg", () => {
  test.each<[string, ContactWay, string, string, number | null]>([
    ["busy", { status: "busy" }, "completed", "busy", null],
    ["no answer", { status: "no-answer" }, "completed", "no_answer", null],
    ["the agent hung up while it rang", { status: "canceled" }, "canceled", "canceled", null],
    ["a person", human(65), "completed", "connected", 65],
    [
      "nobody could tell",
      { status: "completed", answeredBy: "unknown", seconds: 40 },
      "completed",
      "connected",
      40,
    ],
    ["no detection", { status: "completed", answeredBy: null, seconds: 12 }, "completed", "connected", 12],
    ["a machine, nothing left", machine(), "completed", "no_answer", 31],
    ["a machine, message played", machine("to_the_end"), "completed", "voicemail", 31],
    ["a machine that hung up", machine("cut_off"), "completed", "no_answer", 31],
    ["a fax", { status: "completed", answeredBy: "fax", seconds: 9 }, "completed", "no_answer", 9],
    [
      "a long talk with what was taken for a machine",
      { status: "completed", answeredBy: "machine_start", seconds: 600 },
      ...(["completed", "connected", 600] as const),
    ],
    ["SIP 404", failed(404), "completed", "invalid_phone", null],
    ["SIP 484", failed(484), "completed", "invalid_phone", null],
    ["SIP 604", failed(604), "completed", "invalid_phone", null],
    ["SIP 480", failed(480), "completed", "no_answer", null],
    ["SIP 408", failed(408), "completed", "no_answer", null],
    ["SIP 487", failed(487), "completed", "no_answer", null],
    ["SIP 486", failed(486), "completed", "busy", null],
    ["SIP 600", failed(600), "completed", "busy", null],
    ["error 13223", failed(null, [13223]), "completed", "invalid_phone", null],
    ["error 13225", failed(null, [13225]), "completed", "invalid_phone", null],
    ["error 13224 alone, of a number that looks right", failed(null, [13224]), "failed", "failed", null],
    ["error 13227, no permission for the country", failed(null, [13227]), "failed", "failed", null],
    ["error 13214, caller ID", failed(null, [13214]), "failed", "failed", null],
    ["SIP 503", failed(503), "failed", "failed", null],
    ["no reason", failed(null), "failed", "failed", null],
  ])("%s", (_name, contact, status, outcome, duration) => {
    const events = everything(bridge(contact, VOICEMAIL));
    expect(fold(events).snapshot).toMatchObject({ status, outcome, duration });
  });

  test.each<[CallWay["agent"], string]>([
    ["lets_it_ring", "The agent did not answer."],
    ["busy", "The agent's line was busy."],
    ["voicemail", "The agent did not press 1."],
    ["presses_wrong", "The agent did not press 1."],
    ["failed", "The agent's phone could not be called."],
  ])("an agent who %s is no attempt to reach the contact", (agent, why) => {
    const { snapshot } = fold(everything({ plan: {}, agent, contact: human() }));
    expect(snapshot).toMatchObject({ status: "failed", outcome: "failed", duration: null, transcript: [] });
    expect(snapshot.summary).toBe(`${why} Nobody was called.`);
    expect(snapshot.history.map(({ event }) => event)).not.toContain("contact_called");
  });

  test("whoever hangs up while they are told of the recording talked to nobody, whether or not Twilio's word came", () => {
    const plan = { notice: "This call may be recorded." };
    const { certain, callbacks, records } = tellCall(bridge(LEFT_AT_ONCE, plan));
    const lost = callbacks.filter(({ kind }) => kind !== "call.dialled");
    for (const told of [callbacks, lost]) {
      const { status, outcome, summary } = fold([...certain, ...told, ...records]).snapshot;
      expect([status, outcome]).toEqual(["completed", "no_answer"]);
      expect(summary).toContain("before the agent was on the line");
    }
    const talked = tellCall(bridge(human(40), plan));
    const unheard = talked.records.filter(({ kind }) => kind !== "call.recording");
    const certainly = [...talked.certain, ...talked.callbacks.filter(({ kind }) => kind === "call.leg")];
    expect(fold([...certainly, ...unheard]).snapshot.outcome).toBe("connected");
  });

  test("a second error 13224, or one of a number that cannot be, is a bad number", () => {
    const events = everything(bridge(failed(null, [13224])));
    expect(fold(events, { attempt: 2 as 1 }).snapshot.outcome).toBe("invalid_phone");
    expect(fold(events, { contact: "+15555551234" as typeof ORDER.contact }).snapshot.outcome).toBe(
      "invalid_phone",
    );
  });

  test("a dialling that came to no leg is told by Twilio's notes on the agent's leg", () => {
    const { certain } = tellCall(bridge(human()));
    const { records } = tellCall({ plan: {}, agent: "voicemail", contact: human() });
    const data = { attempt: 1, sid: FIRST, sip: null, codes: [13227] };
    const events = [...certain, ...records];
    expect(fold(events).verdict).toEqual({ over: false, recordNeeded: true });
    const told = fold([...events, callEvent("call.failure", FIRST, START + 9_000, data)]).snapshot;
    expect(told).toMatchObject({ status: "failed", outcome: "failed" });
    expect(told.summary).toContain("Geographic permissions");
  });

  test("canceled before anybody answered is canceled; who was reached was reached", () => {
    const before = everything(bridge({ status: "no-answer" }, {}, { canceled: true }));
    expect(fold(before).snapshot).toMatchObject({ status: "canceled", outcome: "canceled", duration: null });
    const during = everything(bridge(human(8), {}, { canceled: true }));
    expect(fold(during).snapshot).toMatchObject({ status: "completed", outcome: "connected", duration: 8 });
  });

  test("the history is told in words, once each, in the order it happened", () => {
    const plan = { ...VOICEMAIL, remarks: ["The contact sees the number at Twilio"] };
    expect(fold(everything(bridge(machine("to_the_end"), plan))).snapshot.history).toMatchObject([
      { event: "agent_called", detail: "Called the agent first" },
      { event: "remark", detail: "The contact sees the number at Twilio" },
      { event: "agent_answered" },
      { event: "agent_pressed_1" },
      { event: "contact_called" },
      { event: "contact_answered" },
      { event: "voicemail_started" },
      { event: "voicemail_left", detail: "A message was left on the voicemail." },
    ]);
    expect(fold(everything(bridge(human(125)))).snapshot.summary).toBe(
      "Sam talked to Jane Doe for 2 min 5 s.",
    );
  });

  test("without callbacks, a message counts as played when the machine stayed on the line for it", () => {
    const plan = { ...VOICEMAIL, callbacks: false };
    const { certain, records } = tellCall(bridge({ ...machine("cut_off"), seconds: 30 } as ContactWay, plan));
    const end = fold([...certain, ...records]).snapshot.completedAt ?? 0;
    const begun = (ms: number) =>
      callEvent("call.done", "x", end - ms, { attempt: 1, sid: SECOND, act: "voicemail", turn: 0 });
    expect(fold([...certain, ...records, begun(1_500)]).snapshot.outcome).toBe("no_answer");
    expect(fold([...certain, ...records, begun(4_000)]).snapshot.outcome).toBe("voicemail");
  });
});

describe("a call to the contact alone", () => {
  const announcement = {
    mode: "announcement",
    announcement: "Your viewing is at ten.",
    ...VOICEMAIL,
  } as const;
  const digit = (digits: string) =>
    callEvent("call.digit", "9", START + 8_000, { attempt: 1, sid: FIRST, digits });

  test.each<[string, ContactWay, CarrierEvent[], string]>([
    ["heard to its end", { ...human(20), spoken: "to_the_end" } as ContactWay, [], "delivered"],
    ["cut off", { ...human(2), spoken: "cut_off" } as ContactWay, [], "no_answer"],
    ["ended with a key", { ...human(9), spoken: "cut_off" } as ContactWay, [digit("1")], "delivered"],
    ["ended with 9", { ...human(9), spoken: "cut_off" } as ContactWay, [digit("9")], "not_interested"],
    ["left on a voicemail", machine("to_the_end"), [], "voicemail"],
    ["not answered", { status: "no-answer" }, [], "no_answer"],
    ["to a number that is none", failed(404), [], "invalid_phone"],
  ])("an announcement %s", (_name, contact, more, outcome) => {
    const way = { plan: announcement, agent: "presses", contact } as const;
    expect(fold([...everything(way), ...more]).snapshot.outcome).toBe(outcome);
  });

  test("goes on until the agent's own leg is over: only then their phone can ring for the next call", () => {
    const events = everything(bridge({ status: "busy" }));
    const ofAgent = ({ data }: CarrierEvent): boolean => (data as { sid?: string }).sid === FIRST;
    const over = ({ data }: CarrierEvent): boolean => (data as { status?: string }).status === "completed";
    const talking = events.filter((event) => !(ofAgent(event) && over(event)));
    expect(fold(talking).snapshot).toMatchObject({ status: "in_progress", outcome: null });
    expect(fold(events).snapshot).toMatchObject({ status: "completed", outcome: "busy" });
  });

  test("a conversation that had a word is connected, with its turns in order whatever the order they came in", () => {
    const way = { plan: { mode: "conversation" }, agent: "presses", contact: human(30) } as const;
    const turns = [
      callEvent("call.speech", "0", START + 5_000, { attempt: 1, sid: FIRST, turn: 0, text: "", digits: "" }),
      callEvent("call.said", "0", START + 5_100, {
        attempt: 1,
        sid: FIRST,
        turn: 0,
        text: "Hello.",
        ...{ last: false, outcome: null, summary: null },
      }),
      callEvent("call.speech", "1", START + 9_000, {
        attempt: 1,
        sid: FIRST,
        turn: 1,
        text: "Who is it?",
        digits: "",
      }),
      callEvent("call.said", "1", START + 9_100, {
        attempt: 1,
        sid: FIRST,
        turn: 1,
        text: "An assistant.",
        ...{ last: false, outcome: null, summary: null },
      }),
    ];
    const { snapshot } = fold([...turns.toReversed(), ...everything(way)]);
    expect(snapshot).toMatchObject({ outcome: "connected", duration: 30 });
    expect(snapshot.transcript.map(({ direction, text, key }) => [direction, text, key])).toEqual([
      ["outbound", "Hello.", `${FIRST}:0:said`],
      ["inbound", "Who is it?", `${FIRST}:1:heard`],
      ["outbound", "An assistant.", `${FIRST}:1:said`],
    ]);
    expect(fold(everything(way)).snapshot.outcome).toBe("no_answer");
  });

  test("a conversation comes to what it was said to come to, in the words it was given", () => {
    const way = { plan: { mode: "conversation" }, agent: "presses", contact: human(30) } as const;
    const at = { attempt: 1, sid: FIRST, turn: 1 };
    const ended = (outcome: "connected" | "not_interested" | null, summary: string | null) =>
      fold([
        callEvent("call.speech", "1", START + 9_000, { ...at, text: "Not for me.", digits: "" }),
        callEvent("call.said", "1", START + 9_100, { ...at, text: "Bye.", last: true, outcome, summary }),
        ...everything(way),
      ]).snapshot;
    expect(ended("connected", "Friday.")).toMatchObject({ outcome: "connected", summary: "Friday." });
    expect(ended("not_interested", "No.")).toMatchObject({ outcome: "not_interested", summary: "No." });
    expect(ended("not_interested", null)).toMatchObject({ summary: "The contact is not interested." });
    expect(ended(null, null)).toMatchObject({ outcome: "connected" });
  });
});
