// How many live streams may be open at once, and for how long: whoever has a link must not be able to make the gateway read
// and hold ever more. Used by the chat page's stream; a page that finds no place reads its chat again instead.
import { GatewayError, retryAfter } from "../base/errors.ts";
import type { EventStream } from "./send-stream.ts";

export interface StreamPlaces {
  /** Gives the place back; giving it back again does nothing. @throws GatewayError rate_limited when there is none. */
  take(key: string): () => void;
}

const FULL_FOR_MS = 60_000;

/** `perKey` for one key, `total` for all together. */
export function createStreamPlaces({
  perKey,
  total,
}: {
  readonly perKey: number;
  readonly total: number;
}): StreamPlaces {
  const taken = new Map<string, number>();
  let open = 0;
  return {
    take: (key) => {
      const before = taken.get(key) ?? 0;
      if (before >= perKey || open >= total)
        throw new GatewayError("rate_limited", { retry: retryAfter(FULL_FOR_MS) });
      taken.set(key, before + 1);
      open += 1;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        open -= 1;
        const left = (taken.get(key) ?? 1) - 1;
        if (left === 0) taken.delete(key);
        else taken.set(key, left);
      };
    },
  };
}

/** Ends the stream after so many ms, if it has not ended before. */
export function endAfter(stream: EventStream, ms: number): void {
  const timer = setTimeout(stream.end, ms);
  timer.unref();
  stream.onEnd(() => clearTimeout(timer));
}
