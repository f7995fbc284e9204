import { describe, expect, test } from "vitest";
import type { SaidTurn } from "../../../server/channels/twilio/twilio-callbacks.ts";
import { createSpokenTurns } from "../../../server/conversations/spoken-turns.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

const said = (text: string): SaidTurn => ({ text, last: false, outcome: null, summary: null });

describe("a turn that is thought about", () => {
  test("is thought about once, however often it is asked for, until it was answered", async () => {
    const clock = createFakeClock();
    const turns = createSpokenTurns(clock);
    const { promise, resolve } = Promise.withResolvers<SaidTurn>();
    let thoughts = 0;
    const ask = () =>
      turns.answer(
        "eng:1",
        () => {
          thoughts += 1;
          return promise;
        },
        4_000,
      );
    const first = ask();
    await clock.advance(4_000);
    expect(await first).toBeUndefined();
    const [second, third] = [ask(), ask()];
    resolve(said("Hello."));
    expect(await Promise.all([second, third])).toEqual([said("Hello."), said("Hello.")]);
    expect(thoughts).toBe(1);
    expect(await turns.answer("eng:1", async () => said("Again."), 4_000)).toEqual(said("Again."));
    expect(await turns.answer("eng:2", async () => said("Other."), 4_000)).toEqual(said("Other."));
    await clock.settle();
    expect(clock.sleepers()).toBe(0);
  });

  test("that fails is told to whoever waits, and thought about anew by whoever asks next", async () => {
    const clock = createFakeClock();
    const turns = createSpokenTurns(clock);
    const broken = async (): Promise<SaidTurn> => {
      await clock.sleep(5_000);
      throw new Error("broken");
    };
    const early = turns.answer("eng:1", broken, 4_000);
    await clock.advance(4_000);
    expect(await early).toBeUndefined();
    const late = turns.answer("eng:1", broken, 4_000);
    const failed = expect(late).rejects.toThrow("broken");
    await clock.advance(1_000);
    await failed;
    expect(await turns.answer("eng:1", async () => said("Anew."), 4_000)).toEqual(said("Anew."));
  });
});
