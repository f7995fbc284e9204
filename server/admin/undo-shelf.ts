// What was removed at the console and may still be taken back, keys included: in memory only, for ten minutes.
import { randomBytes } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";

export interface UndoShelf<T> {
  /** `until` in epoch ms. */
  keep(item: T): { readonly token: string; readonly until: number };
  /** Takes it off the shelf. @throws GatewayError undo_expired. */
  take(token: string): T;
  /** Back on the shelf, where taking it back failed. */
  putBack(token: string, item: T, until: number): void;
  untilOf(token: string): number;
}

export const UNDO_MS = 10 * 60_000;

export function createUndoShelf<T>(clock: Pick<Clock, "now">): UndoShelf<T> {
  const kept = new Map<string, { readonly item: T; readonly until: number }>();
  const put = (token: string, item: T, until: number): void => {
    kept.set(token, { item, until });
    // Keys must not stay in memory because nobody comes back for them.
    setTimeout(() => kept.delete(token), UNDO_MS).unref();
  };
  return {
    keep: (item) => {
      const token = randomBytes(16).toString("base64url");
      const until = clock.now() + UNDO_MS;
      put(token, item, until);
      return { token, until };
    },
    take: (token) => {
      const found = kept.get(token);
      kept.delete(token);
      if (!found || found.until <= clock.now()) throw new GatewayError("undo_expired");
      return found.item;
    },
    untilOf: (token) => kept.get(token)?.until ?? 0,
    putBack: put,
  };
}
