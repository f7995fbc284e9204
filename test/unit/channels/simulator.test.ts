import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChannelOrder } from "../../../server/channels/channel.ts";
import { createSimulator } from "../../../server/channels/simulator/create-simulator.ts";
import { decideResult } from "../../../server/channels/simulator/decide-result.ts";
import { writeScript } from "../../../server/channels/simulator/write-script.ts";
import { CALL_TYPES, CHANNELS, isTerminal, OUTCOMES } from "../../../shared/values.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";

const order = (more: Partial<ChannelOrder> = {}): ChannelOrder => ({
  engagementId: "eng_1",
  tenant: "acme",
  channel: "phone",
  type: "conversational",
  instruction: "",
  contact: "+14165550111",
  personId: "1",
  personName: "Dana Scott",
  agentName: "Ann Lee",
  userId: "u1",
  fromNumber: "+14165550100",
  brokerage: "Fub Test Realty",
  inCampaign: false,
  attempt: 1,
  ...more,
});
const open = (speed = 1) => {
  const clock = createFakeClock();
  return { clock, simulator: createSimulator({ clock, speed: () => speed }) };
};

describe("the number decides", () => {
  test.each([
    ["+14165550101", "no_answer"],
    ["+14165550102", "busy"],
    ["+14165550103", "voicemail"],
    ["+14165550104", "invalid_phone"],
    ["+14165550105", "not_interested"],
    ["+14165550100", "connected"],
    ["+14165550106", "connected"],
    ["+14165550110", "connected"],
  ])("%s ends as %s", async (contact, outcome) => {
    expect(decideResult("phone", contact).outcome).toBe(outcome);
    const { simulator } = open(0);
    const { snapshot, nextPollAt } = await simulator.start(order({ contact, attempt: 2 }));
    expect(snapshot).toMatchObject({ status: "completed", outcome });
    expect(nextPollAt).toBeNull();
  });

  test("06 fails at the first try in a way that is tried again, then works", async () => {
    const { simulator } = open();
    const first = simulator.start(order({ contact: "+14165550106" }));
    await expect(first).rejects.toMatchObject({ code: "provider_unavailable", retry: { kind: "later" } });
    const second = await simulator.start(order({ contact: "+14165550106", attempt: 2 }));
    expect(second.snapshot?.status).toBe("in_progress");
  });

  test("an e-mail is delivered unless its address bounces", () => {
    expect(decideResult("email", "dana@example.com")).toEqual({ outcome: "delivered", failsFirst: false });
    expect(decideResult("email", "Bounce@example.com").outcome).toBe("failed");
    // Digits of an address decide nothing.
    expect(decideResult("email", "dana@example06.com").failsFirst).toBe(false);
  });
});

describe("a run goes on by its own times", () => {
  test("line by line, asked exactly when the next is due, until it is over", async () => {
    const { clock, simulator } = open();
    let answer = await simulator.start(order());
    const seen: number[] = [];
    while (answer.nextPollAt !== null) {
      expect(answer.snapshot?.status).toBe("in_progress");
      expect(answer.nextPollAt).toBeGreaterThan(clock.now());
      seen.push(answer.snapshot?.transcript.length ?? -1);
      await clock.advance(answer.nextPollAt - clock.now());
      answer = await simulator.poll(order(), answer.reference);
    }
    expect(seen).toEqual([0, 0, 1, 2, 3]);
    const { snapshot } = answer;
    expect(snapshot).toMatchObject({
      status: "completed",
      outcome: "connected",
      duration: 42,
      startedAt: FAKE_START,
    });
    expect(snapshot?.completedAt).toBe(FAKE_START + 18_000);
    expect(snapshot?.transcript.map(({ direction }) => direction)).toEqual([
      "outbound",
      "inbound",
      "outbound",
    ]);
  });

  test("asked twice, or by another process, it tells the same; speed 0 and 0.5 only change the times", async () => {
    const { clock, simulator } = open();
    const { reference } = await simulator.start(order());
    await clock.advance(12_000);
    const [one, two] = [
      await simulator.poll(order(), reference),
      await createSimulator({ clock, speed: () => 1 }).poll(order(), reference),
    ];
    expect(one).toEqual(two);
    const whole = await open(0).simulator.start(order());
    const half = open(0.5);
    const started = await half.simulator.start(order());
    await half.clock.advance(9_000);
    const done = await half.simulator.poll(order(), started.reference);
    const texts = (answer: typeof done) => answer.snapshot?.transcript.map(({ text }) => text);
    expect(texts(whole)).toEqual(texts(done));
    expect(done.snapshot?.status).toBe("completed");
  });

  test("paused it stands still; resumed it goes on where it stood", async () => {
    const { clock, simulator } = open();
    const { reference } = await simulator.start(order());
    await clock.advance(6_000);
    const paused = await simulator.pause(order(), reference);
    expect(paused).toMatchObject({ nextPollAt: null, snapshot: { status: "paused" } });
    await clock.advance(3_600_000);
    const still = await simulator.poll(order(), paused.reference);
    expect(still.snapshot?.transcript).toEqual(paused.snapshot?.transcript);
    // Pausing what is paused changes nothing.
    expect((await simulator.pause(order(), paused.reference)).reference).toBe(paused.reference);
    const resumed = await simulator.resume(order(), paused.reference);
    expect(resumed.nextPollAt).toBe(clock.now() + 5_000);
    expect((await simulator.resume(order(), resumed.reference)).reference).toBe(resumed.reference);
    await clock.advance(12_000);
    expect((await simulator.poll(order(), resumed.reference)).snapshot?.status).toBe("completed");
  });

  test("canceled it ends there with what was said; over, it stays what it was", async () => {
    const { clock, simulator } = open();
    const { reference } = await simulator.start(order());
    await clock.advance(6_000);
    const canceled = await simulator.cancel(order(), reference);
    expect(canceled).toMatchObject({
      nextPollAt: null,
      snapshot: { status: "canceled", outcome: "canceled" },
    });
    expect(canceled.snapshot?.transcript).toHaveLength(1);
    await clock.advance(60_000);
    expect((await simulator.cancel(order(), reference)).snapshot).toMatchObject({ status: "completed" });
  });

  test("whatever is ordered and however often it is paused, every run ends and nothing said is taken back", async () => {
    const orders = fc.record({
      channel: fc.constantFrom(...CHANNELS),
      type: fc.constantFrom(...CALL_TYPES),
      contact: fc.constantFrom(
        "+14165550101",
        "+14165550102",
        "+14165550103",
        "+14165550104",
        "+14165550105",
        "+14165550111",
        "bounce@x.io",
        "a@x.io",
      ),
      pauses: fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(orders, async ({ pauses, ...wanted }) => {
        let now = FAKE_START;
        const clock = { now: () => now, monotonic: () => now, sleep: async () => undefined };
        const simulator = createSimulator({ clock, speed: () => 1 });
        let answer = await simulator.start(order(wanted));
        let said: string[] = [];
        const look = () => {
          const lines = answer.snapshot?.transcript.map(({ text }) => text) ?? [];
          expect(lines.slice(0, said.length)).toEqual(said);
          said = lines;
        };
        for (const wait of pauses) {
          now += wait;
          answer = await simulator.pause(order(wanted), answer.reference);
          look();
          now += wait * 7;
          answer = await simulator.resume(order(wanted), answer.reference);
          look();
        }
        now += 60_000;
        answer = await simulator.poll(order(wanted), answer.reference);
        look();
        expect(isTerminal(answer.snapshot?.status ?? "queued")).toBe(true);
        expect(OUTCOMES).toContain(answer.snapshot?.outcome);
        expect(answer.snapshot?.summary).toBeTruthy();
      }),
    );
  });
});

describe("what is said", () => {
  const opening = (more: Partial<ChannelOrder>) =>
    writeScript(order(more), more.channel === "email" ? "delivered" : "connected").steps.flatMap(
      (step) => step.line?.text ?? [],
    )[0] ?? "";

  test("differs by call type, with and without an instruction", () => {
    for (const instruction of ["", "The open house is on Sunday."]) {
      const scripts = CALL_TYPES.map((type) =>
        JSON.stringify(writeScript(order({ type, instruction }), "connected")),
      );
      expect(new Set(scripts).size).toBe(CALL_TYPES.length);
    }
    expect(new Set(CALL_TYPES.map((type) => opening({ type }))).size).toBe(CALL_TYPES.length);
  });

  test.each(CHANNELS)("names the person, the agent and the instruction on %s", (channel) => {
    const text = opening({ channel, instruction: " The open house is on Sunday. " });
    expect(text).toContain("Dana,");
    expect(text).toContain("Ann Lee");
    expect(text).toContain("The open house is on Sunday.");
    expect(opening({ channel, personName: null, agentName: null })).toMatch(/Hello there, .*your brokerage/);
  });

  test("is in order of time on every channel, and talk takes time only on the phone", () => {
    for (const channel of CHANNELS)
      for (const outcome of OUTCOMES) {
        const script = writeScript(order({ channel }), outcome);
        const times = script.steps.map(({ after }) => after);
        expect(times, `${channel} ${outcome}`).toEqual(times.toSorted((a, b) => a - b));
        if (channel !== "phone" && channel !== "wvoice") expect(script.duration).toBe(0);
        if (["no_answer", "busy", "invalid_phone"].includes(outcome)) expect(script.duration).toBe(0);
      }
  });
});
