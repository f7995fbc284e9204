import { expect, test } from "vitest";
import { createSession } from "../../../server/sandbox/twilio/create-session.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

const calm = async (): Promise<void> => undefined;
const never = new AbortController().signal;

test.each([0, 0.001, 1])("at speed %d what is due happens in order, each at its own time", async (speed) => {
  const clock = createFakeClock(0);
  const session = createSession({ clock, speed: () => speed, calm });
  const seen: string[] = [];
  const note = (name: string): void => void seen.push(`${name} ${session.now()}`);
  const callOff = session.later(500, () => note("never"));
  session.later(3_000, () => note("third"));
  session.later(1_000, () => {
    note("first");
    session.later(1_000, () => note("second"));
    callOff();
  });
  session.later(400, () => callOff());
  const waited = session.wait(5_000, never).then(() => note("end"));
  await clock.advance(5_000);
  await waited;
  expect(seen).toEqual(["first 1000", "second 2000", "third 3000", "end 5000"]);
});

test("a wait that is broken off, from inside or outside, has taken the time until then", async () => {
  const clock = createFakeClock(0);
  const session = createSession({ clock, speed: () => 0.5, calm });
  const outside = new AbortController();
  const waited = session.wait(10_000, outside.signal);
  const failed = expect(waited).rejects.toBe("enough");
  await clock.advance(2_000);
  outside.abort("enough");
  await failed;
  expect(session.now()).toBe(4_000);
  const inside = new AbortController();
  session.later(1_000, () => inside.abort("over"));
  const second = expect(session.wait(10_000, inside.signal)).rejects.toBe("over");
  await clock.advance(500);
  await second;
  expect(session.now()).toBe(5_000);
  await expect(session.wait(1, inside.signal)).rejects.toBe("over");
});

test("people and limits take their time at any speed, all else does not", async () => {
  const clock = createFakeClock(0);
  const session = createSession({ clock, speed: () => 0, calm });
  const seen: string[] = [];
  session.later(60_000, () => void seen.push("limit"), "limit");
  session.later(90_000, () => void seen.push("due"));
  const stop = new AbortController();
  const waited = session.wait(100_000, stop.signal, "real").catch(() => undefined);
  await clock.advance(9_000);
  // What was skipped counts for the limit, too: it comes as soon as it is due.
  expect(seen).toEqual(["due", "limit"]);
  stop.abort();
  await waited;
  const alone = createSession({ clock, speed: () => 0, calm });
  alone.later(60_000, () => void seen.push("limit again"), "limit");
  const again = alone.wait(100_000, never, "real");
  await clock.advance(59_999);
  expect(seen).toHaveLength(2);
  await clock.advance(40_001);
  await again;
  expect(seen).toEqual(["due", "limit", "limit again"]);
});
