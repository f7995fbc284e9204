// Crashes are played on a real database: a life is a worker on a clock of its own that is never moved on after the crash,
// so that whatever it held stays held, as after `kill -9`.
import { describe, expect, test } from "vitest";
import { GatewayError, retryAfter } from "../../../server/base/errors.ts";
import type { Db } from "../../../server/db/schema.ts";
import { enqueue } from "../../../server/queue/enqueue.ts";
import { createWorker, DONE, type RunContext, type RunResult } from "../../../server/queue/worker.ts";
import { createFakeClock, FAKE_START, type FakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const sync = (db: Db, id: string) =>
  enqueue(db, "sync-activity", { activity_id: id }, { now: FAKE_START, dedupeKey: id });
const jobs = (db: Db) => db.selectFrom("jobs").selectAll().orderBy("id").execute();
const held = async (db: Db) => (await jobs(db)).filter(({ state }) => state === "running");
const unfinished = async (db: Db) => (await jobs(db)).filter(({ state }) => state !== "dead");

interface Life {
  readonly clock: FakeClock;
  /** Ends the program: nothing of it goes on. */
  readonly crash: () => Promise<never>;
  /** How many jobs run right now. */
  readonly together: () => number;
}

type Run = (id: string, life: Life, context: RunContext) => Promise<RunResult>;

interface Ended {
  readonly crashed: boolean;
  readonly dead: readonly Error[];
}

async function live(db: Db, run: Run, now = FAKE_START): Promise<Ended> {
  const clock = createFakeClock(now);
  const never = new Promise<never>(() => undefined);
  let [crashed, together] = [false, 0];
  const dead: Error[] = [];
  const crash = (): Promise<never> => {
    crashed = true;
    return never;
  };
  const worker = createWorker({
    db,
    clock,
    owner: `life-${now}`,
    random: () => 0,
    run: async (_kind, payload, context) => {
      together++;
      try {
        const id = String(Object.values(payload as object)[0]);
        const result = await run(id, { clock, crash, together: () => together }, context);
        await clock.sleep(10);
        return crashed ? await never : result;
      } finally {
        together--;
      }
    },
    onDead: async (_kind, _payload, error) => void dead.push(error),
    log: () => undefined,
  });
  const started = worker.start();
  for (let waited = 0; !crashed && waited < 2_000; waited += 10) {
    await clock.advance(10);
    if ((await unfinished(db)).length === 0) break;
  }
  if (!crashed) await Promise.all([started, worker.stop(0)]);
  return { crashed, dead };
}

/** Lives until nothing is left to do. */
async function liveOn(db: Db, run: Run, most: number): Promise<readonly Ended[]> {
  const lives: Ended[] = [];
  while (lives.length < most && (await unfinished(db)).length > 0) lives.push(await live(db, run));
  return lives;
}

describe("a job that was held when the program ended", () => {
  test("and did not end it lives through 300 crashes in company, and is done in the end", async () => {
    const db = await openTestDatabase();
    const innocent = ["a", "b", "c", "d", "e"];
    for (const id of innocent) await sync(db, id);
    for (let crash = 0; crash < 300; crash++) {
      // Something from outside ends it while all of them run; whoever runs alone is let through, and comes again.
      const { crashed } = await live(db, async (_id, { clock, crash: end, together }) => {
        if (together() === innocent.length) return end();
        return { kind: "again", at: clock.now() };
      });
      expect(crashed).toBe(true);
      expect(await held(db), `held in crash ${crash}`).toHaveLength(innocent.length);
    }
    const ran: number[] = [];
    const end = await live(db, async (_id, _life, { attempt }) => {
      ran.push(attempt);
      return DONE;
    });
    expect(end).toEqual({ crashed: false, dead: [] });
    expect(ran).toEqual([1, 1, 1, 1, 1]);
    expect(await jobs(db)).toEqual([]);
  }, 60_000);

  test("and ends it each time is set aside after ten, with a sentence that says so", async () => {
    const db = await openTestDatabase();
    await sync(db, "poison");
    const lives = await liveOn(db, (_id, { crash }) => crash(), 20);
    expect(lives.filter(({ crashed }) => crashed)).toHaveLength(10);
    const sentence = expect.stringContaining("The program stopped 10 times in a row while it worked on this");
    expect(lives.at(-1)?.dead).toMatchObject([{ sentence }]);
    expect(await jobs(db)).toMatchObject([
      { state: "dead", dedupe_key: null, last_error: sentence, attempts: 1 },
    ]);
  });

  test("takes none of its company with it: they are through by the fourth start", async () => {
    const db = await openTestDatabase();
    const innocent = Array.from({ length: 12 }, (_, index) => `innocent-${index}`);
    for (const id of ["poison-1", ...innocent, "poison-2"]) await sync(db, id);
    const done: string[] = [];
    const run: Run = async (id, { crash }) => {
      if (id.startsWith("poison")) return crash();
      done.push(id);
      return DONE;
    };
    // Whichever poison comes first in the fourth and fifth life ends them; then each has had one turn.
    await liveOn(db, run, 6);
    expect((await unfinished(db)).map(({ payload }) => payload)).toEqual([
      '{"activity_id":"poison-1"}',
      '{"activity_id":"poison-2"}',
    ]);
    expect(new Set(done).size).toBe(innocent.length);
    const rest = await liveOn(db, run, 30);
    expect(rest.flatMap(({ dead }) => dead)).toHaveLength(2);
    expect((await jobs(db)).map(({ state }) => state)).toEqual(["dead", "dead"]);
  });
});

describe("tries", () => {
  test("are used up by failures only, however many crashes come between", async () => {
    const db = await openTestDatabase();
    await enqueue(db, "launch-engagement", { engagement_id: "e" }, { now: FAKE_START });
    const failedAt: number[] = [];
    for (let life = 0; life < 18; life++) {
      const { dead } = await live(
        db,
        async (_id, { crash }, { attempt }) => {
          if (life % 3 < 2) return crash();
          failedAt.push(attempt);
          throw new GatewayError("provider_unavailable", { retry: retryAfter(60_000) });
        },
        FAKE_START + life * 3_600_000,
      );
      expect(dead).toHaveLength(life === 17 ? 1 : 0);
      // A run that came to an end, even a bad one, clears it.
      if (life % 3 === 2 && life < 17) expect(await jobs(db)).toMatchObject([{ crashes: 0 }]);
    }
    expect(failedAt).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await jobs(db)).toMatchObject([{ state: "dead", attempts: 6 }]);
  });
});

describe("a suspect", () => {
  const suspect = (db: Db, id: string) =>
    db.updateTable("jobs").set({ crashes: 3 }).where("dedupe_key", "=", id).execute();

  test("that hangs holds up the start for five seconds and other work for thirty", async () => {
    const [db, clock] = [await openTestDatabase(), createFakeClock()];
    const ran: [string, number][] = [];
    for (const id of ["other", "hangs"]) await sync(db, id);
    await suspect(db, "hangs");
    const worker = createWorker({
      db,
      clock,
      owner: "w",
      random: () => 0,
      run: async (_kind, payload) => {
        const id = String(Object.values(payload as object)[0]);
        ran.push([id, (clock.now() - FAKE_START) / 1_000]);
        return id === "hangs" ? new Promise(() => undefined) : DONE;
      },
      onDead: async () => undefined,
      log: () => undefined,
    });
    let open = false;
    const recovered = worker.recover().then(() => {
      open = true;
    });
    await clock.advance(4_900);
    expect(open).toBe(false);
    await clock.advance(200);
    await recovered;
    await worker.start();
    await clock.advance(40_000);
    expect(ran).toEqual([
      ["hangs", 0],
      ["other", 30],
    ]);
    const stopped = worker.stop(0);
    await clock.advance(5_000);
    await stopped;
  });
});
