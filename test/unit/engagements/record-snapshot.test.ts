import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChannelProvider, ProviderSnapshot } from "../../../server/channels/channel.ts";
import { findEngagement, readEngagement } from "../../../server/engagements/engagement.store.ts";
import { recordSnapshot } from "../../../server/engagements/record-snapshot.ts";
import { FAKE_START } from "../../helpers/fake-clock.ts";
import { type EngagementWorld, openEngagements } from "./open-engagements.ts";

const T = FAKE_START;
const snapshot = (more: Partial<ProviderSnapshot>): ProviderSnapshot => ({
  status: null,
  outcome: null,
  summary: null,
  startedAt: T,
  completedAt: null,
  duration: null,
  transcript: [],
  history: [],
  seenAt: T,
  ...more,
});
const said = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    at: T + index,
    direction: "outbound" as const,
    text: `line ${index}`,
  }));
const told = (...events: string[]) => events.map((event, index) => ({ at: T + index, event, detail: "" }));

async function outcomeOf(world: EngagementWorld, id: string, snapshots: readonly ProviderSnapshot[]) {
  for (const one of snapshots) await recordSnapshot(world, id, { snapshot: one });
  const row = await findEngagement(world.db, id);
  if (!row) throw new Error("the engagement is gone");
  const { engagement_id: _, history, ...engagement } = await readEngagement(world.db, row);
  return { ...engagement, events: history.map(({ event }) => event).toSorted() };
}

const COURSE = [
  snapshot({ status: "queued", seenAt: T + 1_000 }),
  snapshot({ status: "in_progress", seenAt: T + 2_000, transcript: said(1), history: told("answered") }),
  snapshot({
    status: "in_progress",
    seenAt: T + 3_000,
    transcript: said(3),
    history: told("answered", "spoke"),
  }),
  snapshot({
    status: "completed",
    seenAt: T + 4_000,
    transcript: said(3),
    history: told("answered", "spoke"),
    completedAt: T + 3_500,
  }),
  snapshot({
    status: "completed",
    outcome: "voicemail",
    summary: "A message was left.",
    duration: 12,
    seenAt: T + 5_000,
    transcript: said(4),
    history: told("answered", "spoke", "left"),
    completedAt: T + 3_500,
  }),
];

test("snapshots in any order, doubled or not, come to the same engagement", async () => {
  const world = await openEngagements();
  const expected = await outcomeOf(world, await world.start(), COURSE);
  expect(expected).toMatchObject({
    status: "completed",
    outcome: "voicemail",
    duration: 12,
    summary: "A message was left.",
  });
  expect(expected.transcript.map(({ text }) => text)).toEqual(["line 0", "line 1", "line 2", "line 3"]);
  const orders = fc
    .array(fc.constantFrom(...COURSE), { maxLength: 4 })
    .chain((more) => fc.shuffledSubarray([...COURSE, ...more], { minLength: COURSE.length + more.length }));
  await fc.assert(
    fc.asyncProperty(orders, async (shuffled) => {
      expect(await outcomeOf(world, await world.start(), shuffled)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

describe("an end", () => {
  test("that named no result takes the one a later word names", async () => {
    const world = await openEngagements();
    const bare = snapshot({ status: "completed", seenAt: T + 1 });
    const result = await outcomeOf(world, await world.start(), [
      bare,
      { ...bare, outcome: "no_answer", seenAt: T + 2 },
    ]);
    expect(result.outcome).toBe("no_answer");
  });

  test("is not turned over by another end or another result", async () => {
    const world = await openEngagements();
    const first = snapshot({
      status: "completed",
      outcome: "connected",
      summary: "Talked.",
      duration: 9,
      seenAt: T + 1,
    });
    const others = [
      snapshot({ status: "failed", outcome: "failed", summary: "Broken.", duration: 1, seenAt: T + 2 }),
      snapshot({ status: "in_progress", summary: "Still going.", duration: 3, seenAt: T + 3 }),
      snapshot({ status: "completed", outcome: "busy", seenAt: T + 4 }),
    ];
    const result = await outcomeOf(world, await world.start(), [first, ...others]);
    expect(result).toMatchObject({
      status: "completed",
      outcome: "connected",
      summary: "Talked.",
      duration: 9,
    });
  });
});

test("history lines without a time of their own are stored once, however often they are told", async () => {
  const world = await openEngagements();
  const id = await world.start();
  for (let poll = 0; poll < 4; poll++) {
    await world.clock.advance(15_000);
    // The parser gives such lines the time of the asking.
    const history = ["dialling", "no answer", "dialling"].map((event) => ({
      at: world.clock.now(),
      event,
      detail: "",
    }));
    await recordSnapshot(world, id, {
      snapshot: snapshot({ status: "in_progress", history, seenAt: world.clock.now() }),
    });
  }
  const { events } = await outcomeOf(world, id, []);
  expect(events).toEqual(["accepted", "dialling", "dialling", "no answer"]);
});

test("in one snapshot's transaction the poll is queued, and the outbox filled exactly once per call", async () => {
  const world = await openEngagements();
  const id = await world.start();
  await recordSnapshot(world, id, { snapshot: snapshot({ status: "in_progress" }), nextPollAt: T + 15_000 });
  const poll = await world.db
    .selectFrom("jobs")
    .select("run_at")
    .where("kind", "=", "poll-engagement")
    .execute();
  expect(poll).toEqual([{ run_at: T + 15_000 }]);
  const over = snapshot({ status: "completed", outcome: "connected", seenAt: T + 9 });
  for (let turn = 0; turn < 3; turn++)
    await recordSnapshot(world, id, { snapshot: over, nextPollAt: T + 30_000 });
  expect(await world.db.selectFrom("activities").select("kind").execute()).toEqual([{ kind: "call" }]);
  const jobs = await world.db.selectFrom("jobs").select("kind").where("kind", "=", "sync-activity").execute();
  expect(jobs).toHaveLength(1);
});

test("of what is said to the Hub, each new line is looked at for a wish to be left alone, once", async () => {
  const hub = { ...answering(), name: "hub" };
  const world = await openEngagements({ channels: { phone: "hub" }, contact_hours: "never" }, [hub]);
  const id = await world.start();
  const line = (direction: "inbound" | "outbound", text: string) => ({ at: T, direction, text });
  const hear = (...transcript: ReturnType<typeof line>[]) =>
    recordSnapshot(world, id, { snapshot: snapshot({ status: "in_progress", transcript }) });
  const stored = () => world.db.selectFrom("suppressions").selectAll().execute();
  const begun = [line("outbound", "Reply STOP to end this."), line("inbound", "Who is this?")];
  await hear(...begun);
  expect(await stored()).toEqual([]);
  const stop = line("inbound", "Stop. Thank you");
  await hear(...begun, stop);
  await hear(...begun, stop, line("outbound", "Goodbye."));
  expect(await stored()).toMatchObject([
    { kind: "opt_out", contact: "+14165550111", person_id: "107", said: "Stop. Thank you", scope: "all" },
  ]);
  const jobs = await world.db
    .selectFrom("jobs")
    .select("kind")
    .where("kind", "=", "mirror-opt-out")
    .execute();
  expect(jobs).toHaveLength(1);
});

function answering(): Omit<ChannelProvider, "name"> {
  const answer = async () => ({ reference: "hub-1", snapshot: null, nextPollAt: null });
  return {
    ...{ startIsIdempotent: false, reachesPeople: true },
    ...{ start: answer, poll: answer, pause: answer, resume: answer, cancel: answer },
  };
}
