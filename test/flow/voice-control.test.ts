// When calls over Twilio go out and how they are stopped, through the whole gateway: one at a time on an agent's phone, as
// many per second as the account may, at the time that was asked for, and never after somebody said no.
import { afterEach, expect, it } from "vitest";
import type { Clock } from "../../server/base/clock.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import {
  controlOutreach,
  readOutreach,
  untilOutreach,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";
import {
  ANN,
  asksForCalls,
  BEN,
  callsTo,
  expectClean,
  placedCalls,
  recordRequests,
  startCall,
} from "../helpers/watch-voice.ts";

let world: TwilioTestWorld;
afterEach(() => world.close());

/** Whose phones ring now. */
const ringing = (): string[] =>
  world.sandbox.twilio.calls.flatMap(({ status, to }) => (status === "ringing" ? [to] : [])).toSorted();
const people = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `+1905555${2100 + index}`);

it("calls asked for one hour go out at that hour, one at a time on each agent's phone", async () => {
  const clock = createShiftingClock();
  world = await startTwilioWorld({ clock });
  for (const phone of [ANN, BEN]) world.sandbox.twilio.setPersona(phone, { rings: "live" });
  const scheduled_time = new Date(clock.now() + 3_600_000).toISOString();
  const ids = await Promise.all(
    people(12).map((phone, index) =>
      startCall(world, phone, { external_user_id: index % 2 === 0 ? "u1" : "u2", scheduled_time }),
    ),
  );
  const [canceled = ""] = ids;
  expect((await controlOutreach(world, canceled, "cancel")).body).toMatchObject({ status: "canceled" });
  clock.shift(3_500_000);
  await untilQuiet(world);
  expect(placedCalls(world)).toEqual([]);
  clock.shift(101_000);
  await waitFor("the first calls", () => placedCalls(world)[1]);
  await untilQuiet(world);
  expect(ringing()).toEqual([ANN, BEN]);
  // Ann's next call comes once she is free, and Ben's phone still rings for his first.
  expect(world.sandbox.twilio.act(ANN, { act: "decline" })).toBe(true);
  await waitFor("the next call", () => placedCalls(world)[2]);
  await untilQuiet(world);
  expect(ringing()).toEqual([ANN, BEN]);
  const ended = await Promise.all(ids.map((id) => readOutreach(world, id)));
  expect(ended.filter(({ status }) => status === "failed")).toHaveLength(1);
  expect(recordRequests(world, "POST")).toEqual([]);
  await expectClean(world);
});

it("a burst leaves at the account's pace: what is more waits here and not in Twilio's queue", async () => {
  // Its wall clock runs, the one turns are counted by stands still until it is moved on.
  const clock = createShiftingClock();
  let moved = 0;
  const paced: Clock = { ...clock, monotonic: () => 1_000 + moved };
  world = await startTwilioWorld({
    clock: paced,
    tenant: { voice_mode: "announcement", calls_per_second: 2, fub_sync_contacts: false },
  });
  await Promise.all(people(7).map((phone) => startCall(world, phone, { type: "informational" })));
  const seen: number[] = [];
  for (const most of [2, 4, 6, 7]) {
    await waitFor(`${most} calls`, () => (asksForCalls(world) >= most ? true : undefined));
    await untilQuiet(world);
    seen.push(asksForCalls(world));
    moved += 1_000;
    clock.shift(1_000);
  }
  expect(seen).toEqual([2, 4, 6, 7]);
  await expectClean(world);
});

it("canceling hangs up, wherever the call is by then; a call cannot be paused", async () => {
  world = await startTwilioWorld();
  const { twilio } = world.sandbox;
  const stages = [
    ["the agent's phone rings", { agent: "live", contact: "answers" }, "canceled"],
    ["the contact's phone rings", { agent: "answers", contact: "live" }, "canceled"],
    ["they talk", { agent: "answers", contact: "live" }, "connected"],
  ] as const;
  for (const [index, [stage, { agent, contact }, outcome]] of stages.entries()) {
    const phone = people(3)[index] ?? "";
    twilio.setPersona(ANN, { rings: agent, talksMs: 3_600_000 });
    twilio.setPersona(phone, { rings: contact, talksMs: 3_600_000 });
    const id = await startCall(world, phone);
    const waits = outcome === "connected" ? callsTo : index === 0 ? () => placedCalls(world) : callsTo;
    await waitFor(stage, () => waits(world, phone).find(({ status }) => status === "ringing"));
    if (outcome === "connected") {
      twilio.act(phone, { act: "answer" });
      await untilOutreach(world, id, "talking", ({ history }) =>
        history.some(({ event }) => event === "contact_answered"),
      );
    }
    expect((await controlOutreach(world, id, "pause")).body.error?.code, stage).toBe("wrong_state");
    expect((await controlOutreach(world, id, "cancel")).status, stage).toBe(200);
    const ended = await untilOver(world, id);
    expect(ended.outcome, stage).toBe(outcome);
    await waitFor("Twilio to hang up", () => (twilio.legs.size === 0 ? true : undefined));
  }
  await untilQuiet(world);
  expect(people(3).map((phone) => callsTo(world, phone).map(({ status }) => status))).toEqual([
    [],
    ["canceled"],
    ["completed"],
  ]);
  // Only who was talked to has a record.
  expect(recordRequests(world, "POST").map(({ body }) => (body as { phone: string }).phone)).toEqual([
    people(3)[2],
  ]);
  await expectClean(world);
});
