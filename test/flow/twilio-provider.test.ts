// Calls over the pretend Twilio, with its callbacks and without: whoever answers, and whatever is lost, doubled or disordered
// on the way, an outreach ends as the contact's leg did.
import { describe, expect, it } from "vitest";
import type { PhoneScript } from "../../server/sandbox/twilio/phones/phone-script.ts";
import { type OpenProvider, openTwilioProvider } from "../helpers/open-twilio-provider.ts";
import { clean, heardBy, placed, VOICEMAIL } from "../helpers/watch-twilio-calls.ts";

const MACHINE: Partial<PhoneScript> = { answeredBy: "machine", staysMs: 40_000 };

interface Way {
  readonly name: string;
  readonly contact?: Partial<PhoneScript>;
  readonly agent?: Partial<PhoneScript>;
  readonly status?: string;
  readonly outcome: string;
  /** Is the contact's phone called at all? */
  readonly dialled?: false;
  /** Was the message spoken to the contact's phone? */
  readonly spoken?: true;
}

/** How phones behave, and what comes of it where nothing is left on voicemails. */
const PLAIN: readonly Way[] = [
  { name: "a person", outcome: "connected" },
  { name: "a busy line", contact: { rings: "busy" }, outcome: "busy" },
  { name: "nobody", contact: { rings: "no_answer" }, outcome: "no_answer" },
  { name: "a machine", contact: MACHINE, outcome: "no_answer" },
  { name: "the agent's voicemail", agent: MACHINE, status: "failed", outcome: "failed", dialled: false },
  { name: "no agent", agent: { rings: "no_answer" }, status: "failed", outcome: "failed", dialled: false },
  {
    name: "an agent on the phone",
    agent: { rings: "busy" },
    status: "failed",
    outcome: "failed",
    dialled: false,
  },
];
/** … and where a message is. */
const LEAVING: readonly Way[] = [
  { name: "a person", outcome: "connected" },
  { name: "a machine that takes the message", contact: MACHINE, outcome: "voicemail", spoken: true },
  {
    name: "a machine that hangs up in the message",
    contact: { ...MACHINE, staysMs: 9_500 },
    outcome: "no_answer",
    spoken: true,
  },
];

/** One outreach after the other, each with phones of its own. */
async function tryWays(world: OpenProvider, ways: readonly Way[]): Promise<void> {
  for (const [index, way] of ways.entries()) {
    const [contact, fromNumber] = [`+141655501${40 + index}`, `+141655502${40 + index}`];
    world.sandbox.world.setPersona(contact, way.contact ?? {});
    world.sandbox.world.setPersona(fromNumber, way.agent ?? {});
    const order = world.order({ contact, fromNumber });
    await world.start(order);
    const end = await world.untilOver(order);
    await world.sandbox.world.settle();
    expect(end, way.name).toMatchObject({ status: way.status ?? "completed", outcome: way.outcome });
    const legs = world.legs().filter(({ to }) => to === contact);
    expect(legs, way.name).toHaveLength(way.dialled === false ? 0 : 1);
    // The contact's time, not the agent's.
    expect(end.duration).toBe(legs[0]?.status === "completed" ? legs[0].duration : null);
    expect(placed(world)).toBe(index + 1);
    expect(heardBy(world, contact), way.name).toEqual(way.spoken ? [VOICEMAIL.voicemail_text] : []);
    // The end that was told first is the end that is told later.
    expect(await world.provider.poll(order, world.kept(order).reference ?? "")).toMatchObject({
      nextPollAt: null,
      snapshot: { status: end.status, outcome: end.outcome, duration: end.duration, summary: end.summary },
    });
  }
  clean(world);
}

describe("with a public address", () => {
  it("a call ends as the contact's leg did, and the contact is called only when the agent is there", async () => {
    const world = await openTwilioProvider();
    await tryWays(world, PLAIN);
    expect(world.sandbox.world.calls[0]?.heard.map(({ text }) => text).join(" ")).toContain(
      "Follow Up Boss call to Jane Doe. Press 1 to connect.",
    );
  });

  it("a message is left on a machine, and counts when it was played to its end", async () => {
    await tryWays(await openTwilioProvider({ settings: VOICEMAIL }), LEAVING);
  });

  it.each(["lost", "twice", "late", "last"] as const)(
    "callbacks that are %s lead to the same end",
    async (kind) => {
      const world = await openTwilioProvider();
      const of = ["call-status", "machine-detection"] as const;
      world.sandbox.world.callbackFaults.add({ kind, of: [...of], times: 999 });
      await tryWays(world, PLAIN);
    },
  );
});

describe("without a public address", () => {
  it("the same ends are found by asking", async () => {
    const world = await openTwilioProvider({ noUrl: true });
    await tryWays(world, PLAIN);
    expect(world.sandbox.world.callbacks).toEqual([]);
  });

  it("a message is left on a machine, and counts when the machine stayed on the line for it", async () => {
    await tryWays(await openTwilioProvider({ noUrl: true, settings: VOICEMAIL }), LEAVING);
  });

  it("an agent of whom it cannot be told whether they are a person is not enough to call the contact", async () => {
    const world = await openTwilioProvider({ noUrl: true });
    world.sandbox.world.setPersona("+14165550111", { answeredBy: "unknown" });
    const order = world.order();
    await world.start(order);
    expect(await world.untilOver(order)).toMatchObject({ status: "failed", outcome: "failed" });
    expect(world.legs()).toEqual([]);
  });

  it("an announcement is spoken once it was seen who answered, and names whom to call to stop it", async () => {
    const settings = { voice_mode: "announcement", ...VOICEMAIL };
    const world = await openTwilioProvider({ noUrl: true, settings });
    world.sandbox.world.setPersona("+14165550133", MACHINE);
    for (const [contact, outcome] of [
      ["+14165550131", "delivered"],
      ["+14165550133", "voicemail"],
    ] as const) {
      const order = world.order({ type: "informational", contact });
      await world.start(order);
      expect(await world.untilOver(order)).toMatchObject({ outcome });
    }
    expect(heardBy(world, "+14165550131")).toEqual([
      "Hello, this is Ann. About ten. To stop these calls, tell us at 4 1 6 5 5 5 0 1 1 1.",
    ]);
    clean(world);
  });

  it("calls are never recorded, since the notice could not be said", async () => {
    const world = await openTwilioProvider({ noUrl: true, settings: { record_calls: true } });
    const order = world.order();
    await world.start(order);
    const end = await world.untilOver(order);
    expect(world.sandbox.world.recordings).toEqual([]);
    expect(end.history).toContainEqual(
      expect.objectContaining({ event: "remark", detail: expect.stringContaining("Not recorded") }),
    );
  });
});
