import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EventStream } from "../../../server/http/send-stream.ts";
import { createStreamPlaces, endAfter } from "../../../server/http/stream-places.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("places are counted for each key and for all, and given back once", () => {
  const places = createStreamPlaces({ perKey: 2, total: 3 });
  const [first, , third] = [places.take("a"), places.take("a"), places.take("b")];
  expect(() => places.take("a")).toThrow(expect.objectContaining({ code: "rate_limited" }));
  expect(() => places.take("c")).toThrow(expect.objectContaining({ code: "rate_limited" }));
  third();
  third();
  places.take("c");
  expect(() => places.take("b")).toThrow();
  first();
  places.take("a");
  expect(() => places.take("b")).toThrow();
});

test("a stream ends when its time is over, and a timer does not outlive it", () => {
  const acts: (() => void)[] = [];
  const end = vi.fn();
  const stream: EventStream = { send: () => undefined, end, onEnd: (act) => void acts.push(act) };
  endAfter(stream, 600_000);
  vi.advanceTimersByTime(599_999);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledTimes(1);
  endAfter(stream, 600_000);
  for (const act of acts) act();
  expect(vi.getTimerCount()).toBe(0);
});
