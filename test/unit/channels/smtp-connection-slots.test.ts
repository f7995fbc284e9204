import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createConnectionSlots } from "../../../server/channels/smtp/connection-slots.ts";

test("never more than the most at once for one account, everybody in turn, also after failures", async () => {
  const slots = createConnectionSlots(2);
  const busy = { now: 0, most: 0 };
  const order: number[] = [];
  const work = (n: number) =>
    slots.run("office", async () => {
      busy.now++;
      busy.most = Math.max(busy.most, busy.now);
      await nextTurn();
      busy.now--;
      order.push(n);
      if (n % 3 === 0) throw new Error(`no ${n}`);
      return n;
    });
  const results = await Promise.allSettled(Array.from({ length: 9 }, (_none, n) => work(n)));
  expect(busy).toEqual({ now: 0, most: 2 });
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(3);
  expect(await work(10)).toBe(10);
});

test("accounts do not wait for each other", async () => {
  const slots = createConnectionSlots(1);
  const held = Promise.withResolvers<void>();
  const first = slots.run("a", () => held.promise);
  expect(await slots.run("b", async () => "b")).toBe("b");
  held.resolve();
  await first;
});
