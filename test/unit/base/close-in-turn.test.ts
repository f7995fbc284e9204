// What fails or hangs while the gateway stops keeps nothing else open.
import { expect, test } from "vitest";
import { closeInTurn } from "../../../server/base/close-in-turn.ts";

test("each is closed in the reverse order, whatever the others do", async () => {
  const closed: string[] = [];
  const errors: unknown[] = [];
  const closers = [
    () => void closed.push("database"),
    async () => void closed.push("listener"),
    () => new Promise<void>(() => undefined),
    () => Promise.reject(new Error("the tunnel")),
    () => {
      throw new Error("at once");
    },
  ];
  await closeInTurn(closers, { limitMs: () => 1, onError: (error) => errors.push(error) });
  expect(closed).toEqual(["listener", "database"]);
  expect(errors.map(String)).toEqual([
    "Error: at once",
    "Error: the tunnel",
    "Error: something did not close in time",
  ]);
});
