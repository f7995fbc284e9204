import { describe, expect, test } from "vitest";
import type { CarrierEvent } from "../../../server/channels/carrier-events.ts";
import {
  callEvent,
  type LegWord,
  legEvent,
  readCallEvents,
} from "../../../server/channels/twilio/call-events.ts";
import type { CallPlan } from "../../../server/channels/twilio/call-plan.ts";
import { nextAct } from "../../../server/channels/twilio/next-act.ts";
import { readCall } from "../../../server/channels/twilio/read-call.ts";
import { FIRST, ORDER, PLAN, SECOND, START } from "./twilio-call-world.ts";

const NOW = START + 60_000;
const leg = (which: LegWord["leg"], status: string, answeredBy: string | null = null): CarrierEvent =>
  legEvent(
    {
      ...{ attempt: 1, sid: which === "first" ? FIRST : SECOND, leg: which, status, answeredBy },
      ...{
        sequence: null,
        duration: null,
        sip: null,
        code: null,
        createTime: null,
        endTime: null,
        polled: true,
      },
    },
    START,
  );
const act = (name: "dial" | "voicemail" | "announce" | "hang_up", turn: number, agoMs: number) =>
  callEvent("call.act", `1:${name}:${turn}`, NOW - agoMs, { attempt: 1, sid: FIRST, act: name, turn });
const came = (kind: "call.done" | "call.undone", name: "dial" | "voicemail", turn: number) =>
  callEvent(kind, `1:${name}:${turn}`, NOW, { attempt: 1, sid: FIRST, act: name, turn });

/** "dial first", "hang_up second 2" (with the number of the try), or nothing. */
function next(plan: Partial<CallPlan>, ...events: readonly CarrierEvent[]): string | undefined {
  const planned = callEvent("call.plan", "1", START, { ...PLAN, ...plan });
  const story = readCall(readCallEvents([planned, ...events]));
  const found = story && nextAct(story, ORDER, () => undefined, NOW);
  if (!found) return undefined;
  const { act: name, sid, turn } = found;
  return [name, sid === FIRST ? "first" : "second", ...(turn > 0 ? [turn] : [])].join(" ");
}

const POLLED = { callbacks: false };
const LEAVES = { voicemail: "Call me." };
const SPEAKS = { mode: "announcement", announcement: "At ten." } as const;

describe("what the gateway does in a running call", () => {
  test.each<[string, Partial<CallPlan>, CarrierEvent[], string | undefined]>([
    ["where Twilio asks, pressing 1 is waited for", {}, [leg("first", "in-progress", "human")], undefined],
    [
      "a person who answered for the agent has the contact called",
      POLLED,
      [leg("first", "in-progress", "human")],
      "dial first",
    ],
    ["nothing before it is known who answered", POLLED, [leg("first", "in-progress")], undefined],
    [
      "the agent's voicemail is hung up on",
      POLLED,
      [leg("first", "in-progress", "machine_start")],
      "hang_up first",
    ],
    ["so is who could not be told", POLLED, [leg("first", "in-progress", "unknown")], "hang_up first"],
    [
      "once, while Twilio may have heard",
      POLLED,
      [leg("first", "in-progress", "unknown"), act("hang_up", 0, 2_000)],
      undefined,
    ],
    [
      "again when nothing came of it",
      POLLED,
      [leg("first", "in-progress", "unknown"), act("hang_up", 0, 9_000)],
      "hang_up first 1",
    ],
    [
      "the contact is never dialled twice at once",
      POLLED,
      [leg("first", "in-progress", "human"), act("dial", 0, 2_000)],
      undefined,
    ],
    [
      "nor when Twilio said that it dials",
      POLLED,
      [leg("first", "in-progress", "human"), act("dial", 0, 40_000), came("call.done", "dial", 0)],
      undefined,
    ],
    [
      "but when Twilio certainly did not",
      POLLED,
      [leg("first", "in-progress", "human"), act("dial", 0, 500), came("call.undone", "dial", 0)],
      "dial first 1",
    ],
    [
      "or may never have heard",
      POLLED,
      [leg("first", "in-progress", "human"), act("dial", 0, 9_000)],
      "dial first 1",
    ],
    [
      "after three tries the agent is let go",
      POLLED,
      [leg("first", "in-progress", "human"), ...[0, 1, 2].map((turn) => act("dial", turn, 9_000))],
      "hang_up first",
    ],
    [
      "with the contact's leg there, nothing more",
      POLLED,
      [leg("first", "in-progress", "human"), leg("second", "ringing")],
      undefined,
    ],
    [
      "a machine is left a message",
      LEAVES,
      [leg("second", "in-progress", "machine_end_beep")],
      "voicemail second",
    ],
    [
      "once",
      LEAVES,
      [
        leg("second", "in-progress", "machine_end_beep"),
        act("voicemail", 0, 90_000),
        came("call.done", "voicemail", 0),
      ],
      undefined,
    ],
    ["not before its greeting is over", LEAVES, [leg("second", "in-progress", "machine_start")], undefined],
    [
      "not where there is nothing to leave: the agent decides",
      {},
      [leg("second", "in-progress", "machine_end_beep")],
      undefined,
    ],
    ["not to a person", LEAVES, [leg("second", "in-progress", "human")], undefined],
    ["not to a leg that is over", LEAVES, [leg("second", "completed", "machine_end_beep")], undefined],
    [
      "an announcement is spoken to a person",
      { ...POLLED, ...SPEAKS },
      [leg("first", "in-progress", "human")],
      "announce first",
    ],
    [
      "and to who could not be told",
      { ...POLLED, ...SPEAKS },
      [leg("first", "in-progress", "unknown")],
      "announce first",
    ],
    [
      "left on a machine",
      { ...POLLED, ...SPEAKS, ...LEAVES },
      [leg("first", "in-progress", "machine_end_other")],
      "voicemail first",
    ],
    [
      "or the machine is hung up on",
      { ...POLLED, ...SPEAKS },
      [leg("first", "in-progress", "machine_end_other")],
      "hang_up first",
    ],
    [
      "where Twilio asks, it is told when it asks",
      { ...SPEAKS, ...LEAVES },
      [leg("first", "in-progress", "machine_end_beep")],
      undefined,
    ],
    [
      "a conversation is not held with a machine",
      { mode: "conversation" },
      [leg("first", "in-progress", "machine_start")],
      "hang_up first",
    ],
    [
      "nothing in a call that was canceled",
      POLLED,
      [leg("first", "in-progress", "human"), callEvent("call.cancel", "1", NOW, { attempt: 1 })],
      undefined,
    ],
  ])("%s", (_name, plan, events, expected) => {
    expect(next(plan, ...events)).toBe(expected);
  });
});
