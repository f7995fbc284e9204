// What is forwarded to whom, when it is tried again, and where it ends; on a clock that stands still.
import { describe, expect, it } from "vitest";
import { addTarget, changeTarget, removeTarget } from "../../../server/webhooks/fan-out/change-targets.ts";
import { forgetForwards } from "../../../server/webhooks/fan-out/forget-forwards.ts";
import { listTargets } from "../../../server/webhooks/fan-out/read-targets.ts";
import { replayForwards } from "../../../server/webhooks/fan-out/replay-forwards.ts";
import { sendForward } from "../../../server/webhooks/fan-out/send-forward.ts";
import { rotateSecret, signingSecrets } from "../../../server/webhooks/fan-out/signing-secrets.ts";
import { answer, type FanOutRoom, openFanOut, target } from "./open-fan-out.ts";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];

/** Tries until it ends; the time before each further try. */
async function runToEnd(room: FanOutRoom, id: number): Promise<number[]> {
  const waits: number[] = [];
  for (;;) {
    const result = await sendForward(room.deps, id);
    if (result.kind === "done") return waits;
    waits.push(result.at - room.clock.now());
    await room.clock.advance(result.at - room.clock.now());
  }
}

const firstId = async (room: FanOutRoom): Promise<number> => (await room.forwards())[0]?.id ?? 0;

describe("which deliveries are forwarded", () => {
  it("each to the targets that want its event, once however often it comes", async () => {
    const room = await openFanOut([
      target("all"),
      target("people", { events: ["peopleCreated", "peopleDeleted"] }),
      target("off", { enabled: false }),
    ]);
    expect(await room.receive("peopleCreated", { eventId: "same" })).toBe("stored");
    expect(await room.receive("peopleCreated", { eventId: "same" })).toBe("known");
    await room.receive("notesCreated");
    await room.receive("unreadable", { body: "not json" });
    await room.receive("peopleCreated", { tenant: "nobody" });
    expect((await room.forwards()).map((row) => [row.event, row.target])).toEqual([
      ["peopleCreated", "all"],
      ["peopleCreated", "people"],
      ["notesCreated", "all"],
    ]);
    const lanes = await room.db.selectFrom("jobs").select("lane_key").orderBy("id").execute();
    expect(lanes.map((job) => job.lane_key)).toEqual([
      "fanout:acme/all",
      "fanout:acme/people",
      "fanout:acme/all",
    ]);
  });

  it("more at once than one statement takes", async () => {
    const targets = Array.from({ length: 6 }, (_, index) => target(`t${index}`));
    const room = await openFanOut(targets);
    await Promise.all(Array.from({ length: 500 }, () => room.receive("peopleCreated")));
    const { n } = await room.db
      .selectFrom("forwards")
      .select(({ fn }) => fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    expect(n).toBe(3000);
  });
});

describe("a target that fails", () => {
  it("is tried again after 5 s, 5 min, 30 min, 2 h, 5 h and twice 10 h, under one id, and then given up", async () => {
    const room = await openFanOut([target("copy")]);
    room.answers[0] = answer(500);
    await room.receive("peopleCreated");
    expect(await runToEnd(room, await firstId(room))).toEqual(WAITS);
    expect(room.posted).toHaveLength(8);
    expect(new Set(room.posted.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(room.posted.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(8);
    expect(await room.forwards()).toMatchObject([{ state: "dead", tries: 8, status: 500, next_at: null }]);
    expect(await room.journalled()).toEqual(["fan_out.exhausted"]);
    expect(await listTargets(room.deps)).toMatchObject([
      { id: "copy", waiting: 0, dead: 1, last_success_at: null, last_failure: "It answered 500." },
    ]);
  });

  it("waits up to a tenth longer by chance", async () => {
    const room = await openFanOut([target("copy")]);
    room.answers[0] = answer(503);
    await room.receive("peopleCreated");
    const deps = { ...room.deps, random: () => 1 };
    const result = await sendForward(deps, await firstId(room));
    expect(result).toEqual({ kind: "again", at: room.clock.now() + 5_500 });
  });

  it("that works again ends it well", async () => {
    const room = await openFanOut([target("copy")]);
    room.answers.splice(0, 1, answer(500), answer(302), answer(204));
    await room.receive("peopleCreated");
    expect(await runToEnd(room, await firstId(room))).toEqual(WAITS.slice(0, 2));
    expect(await room.forwards()).toMatchObject([{ state: "delivered", tries: 3, status: 204 }]);
    expect(await room.journalled()).toEqual([]);
  });

  it("is not tried early when the job runs before its time, as after a crash", async () => {
    const room = await openFanOut([target("copy")]);
    room.answers[0] = answer(500);
    await room.receive("peopleCreated");
    const id = await firstId(room);
    const first = await sendForward(room.deps, id);
    expect(await sendForward(room.deps, id)).toEqual(first);
    expect(room.posted).toHaveLength(1);
  });

  it("that says it is gone is switched off; what still waited for it is set aside, and can be sent later", async () => {
    const room = await openFanOut([target("copy"), target("other")]);
    room.answers.splice(0, 1, answer(410), answer(200));
    await room.receive("peopleCreated");
    await room.receive("peopleUpdated");
    const ids = (await room.forwards()).filter((row) => row.target === "copy").map(({ id }) => id);
    for (const id of ids) await runToEnd(room, id);
    expect(room.posted).toHaveLength(1);
    expect((await room.forwards()).filter((row) => row.target === "copy")).toMatchObject([
      { state: "dead", status: 410 },
      { state: "dead", result: "The target is switched off." },
    ]);
    expect(await room.journalled()).toEqual(["fan_out.target_disabled"]);
    expect((await listTargets(room.deps)).map(({ id, enabled }) => [id, enabled])).toEqual([
      ["copy", false],
      ["other", true],
    ]);
    await room.receive("peopleDeleted");
    expect((await room.forwards()).filter((row) => row.event === "peopleDeleted")).toHaveLength(1);
    await changeTarget(room.deps, "acme", "copy", { enabled: true });
    expect(await replayForwards(room.deps, { tenant: "acme", target: "copy" })).toBe(2);
    for (const id of ids) await runToEnd(room, id);
    expect(await listTargets(room.deps)).toMatchObject([{ id: "copy", dead: 0, waiting: 0 }, {}]);
  });
});

describe("asking for it again", () => {
  it("sends under the same id with a whole new row of tries, and leaves alone what waits", async () => {
    const room = await openFanOut([target("copy")]);
    room.answers[0] = answer(500);
    await room.receive("peopleCreated");
    await room.receive("notesCreated");
    const [dead, waiting] = (await room.forwards()).map(({ id }) => id);
    await runToEnd(room, dead ?? 0);
    expect(await replayForwards(room.deps, { ids: [dead ?? 0, waiting ?? 0] })).toBe(1);
    room.posted.splice(0);
    expect(await runToEnd(room, dead ?? 0)).toEqual(WAITS);
    expect(new Set(room.posted.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set(["msg_1"]));
  });
});

describe("a target that is removed", () => {
  it("takes what waited for it along, and its secret", async () => {
    const room = await openFanOut([target("copy"), target("other")]);
    room.answers[0] = answer(500);
    await room.receive("peopleCreated");
    await room.receive("notesCreated");
    await sendForward(room.deps, await firstId(room));
    expect(await removeTarget(room.deps, "acme", "copy")).toBe(2);
    expect(new Set((await room.forwards()).map((row) => row.target))).toEqual(new Set(["other"]));
    const jobs = await room.db.selectFrom("jobs").select("lane_key").execute();
    expect(new Set(jobs.map((job) => job.lane_key))).toEqual(new Set(["fanout:acme/other"]));
    expect(await room.db.selectFrom("fan_out_targets").selectAll().execute()).toEqual([]);
  });

  it("and added again under its name begins anew, with another secret", async () => {
    const room = await openFanOut([target("copy")]);
    const before = await rotateSecret(room.deps, "acme", "copy");
    await room.receive("peopleCreated");
    await room.deps.settings.apply({ tenants: [{ domain_name: "acme", fan_out: [] }] });
    const secret = await addTarget(room.deps, "acme", target("copy"));
    expect(secret).not.toBe(before);
    expect(await signingSecrets(room.deps, "acme", "copy")).toEqual([secret]);
    expect(await room.forwards()).toEqual([]);
  });

  it("through the settings is forgotten by and by; so is what was forwarded long ago", async () => {
    const room = await openFanOut([target("copy"), target("other")]);
    await room.receive("peopleCreated");
    for (const { id } of await room.forwards()) await runToEnd(room, id);
    await room.receive("notesCreated");
    await room.deps.settings.apply({ tenants: [{ domain_name: "acme", fan_out: [target("other")] }] });
    await forgetForwards(room.deps);
    expect((await room.forwards()).map((row) => [row.target, row.state])).toEqual([
      ["other", "delivered"],
      ["other", "waiting"],
    ]);
    await room.clock.advance(31 * 24 * HOUR);
    await forgetForwards(room.deps);
    expect((await room.forwards()).map((row) => row.state)).toEqual(["waiting"]);
  });
});
