import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CarrierEvent } from "../../../server/channels/carrier-events.ts";
import { callEvent } from "../../../server/channels/twilio/call-events.ts";
import {
  bridge,
  type CallWay,
  type ContactWay,
  everything,
  fold,
  human,
  PLAN,
  RECORDING,
  SECOND,
  START,
  tellCall,
} from "./twilio-call-world.ts";

/** What has to be the same in whichever way it became known. */
const endOf = (events: readonly CarrierEvent[]) => {
  const { snapshot } = fold(events);
  const { status, outcome, duration, summary, history, recordingUrl } = snapshot;
  return {
    status,
    outcome,
    duration,
    summary,
    recordingUrl,
    lines: history.map(({ event, detail }) => `${event}: ${detail}`),
  };
};

describe("whatever is lost, doubled or disordered", () => {
  const contacts = fc.oneof(
    fc.constantFrom<ContactWay>({ status: "busy" }, { status: "no-answer" }, { status: "canceled" }),
    fc
      .record({
        sip: fc.constantFrom(null, 404, 480, 486, 503, 604),
        codes: fc.subarray([13214, 13223, 13224]),
      })
      .map(({ sip, codes }): ContactWay => ({ status: "failed", sip, codes })),
    fc
      .record({
        answeredBy: fc.constantFrom(null, "human", "unknown", "fax", "machine_start", "machine_end_beep"),
        seconds: fc.integer({ min: 1, max: 400 }),
        spoken: fc.constantFrom("to_the_end", "cut_off", undefined),
        leavesInNotice: fc.boolean(),
      })
      .map(
        ({ answeredBy, seconds, spoken, leavesInNotice }): ContactWay => ({
          ...{ status: "completed", answeredBy, seconds: leavesInNotice ? Math.min(seconds, 5) : seconds },
          leavesInNotice,
          ...(spoken && answeredBy?.startsWith("machine_end") ? { spoken } : {}),
        }),
      ),
  );
  const ways: fc.Arbitrary<CallWay> = fc.record({
    plan: fc.record({
      mode: fc.constantFrom("bridge" as const, "bridge" as const, "announcement" as const),
      voicemail: fc.constantFrom("", "Please call me back."),
      notice: fc.constantFrom(null, "This call may be recorded."),
    }),
    agent: fc.constantFrom(
      "presses",
      "presses",
      "presses",
      "lets_it_ring",
      "busy",
      "voicemail",
      "presses_wrong",
    ),
    contact: contacts,
    canceled: fc.boolean(),
  });

  test("any order of everything, any of it twice, is the same snapshot", () => {
    fc.assert(
      fc.property(ways, fc.infiniteStream(fc.nat()), (way, chance) => {
        const events = everything(way);
        const doubled = [...events, ...events.filter(() => ((chance.next().value as number) & 1) === 0)];
        const keyed = doubled.map((event) => ({ event, by: chance.next().value as number }));
        const shuffled = keyed.toSorted((a, b) => a.by - b.by).map(({ event }) => event);
        expect(fold(shuffled)).toEqual(fold(events));
      }),
      { numRuns: 150 },
    );
  });

  test("any of the callbacks, and then one look at Twilio's records, lead to the same end; what comes late changes nothing", () => {
    fc.assert(
      fc.property(ways, fc.infiniteStream(fc.boolean()), (way, chance) => {
        const { certain, callbacks, records } = tellCall(way);
        const whole = endOf([...certain, ...callbacks, ...records]);
        expect(["completed", "failed", "canceled"]).toContain(whole.status);
        const came = callbacks.filter(() => chance.next().value === true);
        const polled = [...certain, ...came, ...records];
        expect(endOf(polled)).toEqual(whole);
        const late = callbacks.filter((event) => !came.includes(event));
        for (let count = 1; count <= late.length; count++)
          expect(endOf([...polled, ...late.slice(0, count)])).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test("callbacks alone: once the call has ended it has ended so for good, as the records would say", () => {
    fc.assert(
      fc.property(ways, (way) => {
        const { certain, callbacks, records } = tellCall(way);
        const whole = endOf([...certain, ...callbacks, ...records]);
        for (let count = 0; count <= callbacks.length; count++) {
          const { verdict, snapshot } = fold([...certain, ...callbacks.slice(0, count)]);
          if (!verdict.over) continue;
          const { status, outcome, duration, summary } = snapshot;
          expect({ status, outcome, duration, summary }).toEqual({
            ...{ status: whole.status, outcome: whole.outcome },
            ...{ duration: whole.duration, summary: whole.summary },
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the end with the lower number was first, in whichever order the two came", () => {
    const { certain, callbacks } = tellCall(bridge({ status: "busy" }));
    const late = callEvent("call.leg", "late", START + 99_000, {
      ...{ attempt: 1, sid: SECOND, leg: "second", status: "completed", sequence: 9, duration: 5 },
      ...{ answeredBy: "human", sip: null, code: null, createTime: null, endTime: null, polled: false },
    });
    expect(fold([...certain, late, ...callbacks]).snapshot.outcome).toBe("busy");
    expect(fold([...certain, ...callbacks, late]).snapshot.outcome).toBe("busy");
  });

  test("what an earlier try still tells is not this one's", () => {
    const old = everything(bridge(human()));
    const again = callEvent("call.plan", "2", START + 600_000, { ...PLAN, attempt: 2 });
    expect(fold([...old, again]).snapshot).toMatchObject({ status: "queued", outcome: null, history: [{}] });
  });

  test("a recorded talk ends with its recording, or once Twilio was asked for it", () => {
    const { certain, callbacks, records } = tellCall(bridge(human(), { notice: "Recorded." }));
    const silent = callbacks.filter(({ kind }) => kind !== "call.recording");
    expect(fold([...certain, ...silent]).verdict).toEqual({ over: false, recordNeeded: true });
    const asked = records.filter(({ kind }) => kind === "call.recordings");
    expect(fold([...certain, ...silent, ...asked]).snapshot).not.toHaveProperty("recordingUrl");
    const { snapshot } = fold([...certain, ...callbacks]);
    expect(snapshot).toMatchObject({
      outcome: "connected",
      recordingUrl: `https://api.twilio.com/${RECORDING}`,
    });
  });
});
