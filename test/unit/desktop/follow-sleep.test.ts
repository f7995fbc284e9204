import { expect, test } from "vitest";
import { followSleep } from "../../../server/follow-sleep.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

/** A fake clock whose wall can go on while nothing runs, as in sleep. */
function bed() {
  const running = createFakeClock();
  const gap = { ms: 0 };
  const clock = { ...running, now: () => running.now() + gap.ms };
  const said: string[] = [];
  const follower = followSleep({
    clock,
    worker: { hold: () => void said.push("hold"), release: () => void said.push("release") },
    catchUp: async (ms) =>
      void said.push(ms === null ? "catch up" : `catch up ${Math.round(ms / 60_000)} min`),
    onError: (error) => void said.push(`error ${String(error)}`),
  });
  return { running, gap, said, follower };
}

test("told of sleep and waking, it holds the work, lets it go on and catches up once, also when the clock tells too", async () => {
  const { running, gap, said, follower } = bed();
  follower.sleep();
  follower.sleep();
  expect(said).toEqual(["hold"]);
  gap.ms += 60 * 60_000;
  await follower.wake();
  expect(said).toEqual(["hold", "release", "catch up 60 min"]);
  await follower.wake();
  await running.advance(40_000);
  expect(said.filter((one) => one.startsWith("catch"))).toEqual(["catch up 60 min"]);
  follower.stop();
});

test("told of nothing, it sees the gap in the clock; a waking told right after adds nothing", async () => {
  const { running, gap, said, follower } = bed();
  await running.advance(1_000);
  gap.ms += 30 * 60_000;
  await running.advance(20_000);
  await follower.wake();
  expect(said.filter((one) => one.startsWith("catch"))).toEqual(["catch up 30 min"]);
  await running.advance(40_000);
  gap.ms += 90 * 60_000;
  await running.advance(20_000);
  expect(said.filter((one) => one.startsWith("catch"))).toEqual(["catch up 30 min", "catch up 90 min"]);
  follower.stop();
});

test("a sleep that was told of and never came holds the work for two minutes at most", async () => {
  const { running, said, follower } = bed();
  follower.sleep();
  await running.advance(119_000);
  expect(said).toEqual(["hold"]);
  await running.advance(2_000);
  expect(said).toEqual(["hold", "release", "catch up 2 min"]);
  follower.stop();
  follower.sleep();
  follower.stop();
  await running.advance(600_000);
  expect(said.filter((one) => one.startsWith("catch"))).toHaveLength(1);
});
