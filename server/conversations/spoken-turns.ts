// Turns of spoken conversations that are being thought about: whoever asks for one again, as Twilio does after a filler and
// when it lost an answer, waits for the same thought rather than beginning another. In memory; built by compose.ts.
import type { Clock } from "../base/clock.ts";
import type { SaidTurn } from "../channels/twilio/twilio-callbacks.ts";

export interface SpokenTurns {
  /** What is said in this turn, or undefined when it is still being thought about after `patienceMs`. */
  answer(key: string, think: () => Promise<SaidTurn>, patienceMs: number): Promise<SaidTurn | undefined>;
}

export function createSpokenTurns(clock: Pick<Clock, "sleep">): SpokenTurns {
  const thinking = new Map<string, Promise<SaidTurn>>();
  const begin = (key: string, think: () => Promise<SaidTurn>): Promise<SaidTurn> => {
    const thought = think().finally(() => thinking.delete(key));
    // Those who wait hear of a failure; after a filler nobody may.
    thought.catch(() => undefined);
    thinking.set(key, thought);
    return thought;
  };
  return {
    answer: async (key, think, patienceMs) => {
      const thought = thinking.get(key) ?? begin(key, think);
      const over = new AbortController();
      const patience = clock.sleep(patienceMs, over.signal).then(() => undefined);
      try {
        return await Promise.race([thought, patience]);
      } finally {
        over.abort();
      }
    },
  };
}
