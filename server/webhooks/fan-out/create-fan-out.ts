// Puts forwarding together for compose.ts: the real network, and one change of the targets at a time.
import { lookup } from "node:dns/promises";
import type { FanOutDeps } from "./fan-out-deps.ts";
import type { Resolve } from "./guarded-lookup.ts";
import { createPostEvent } from "./post-event.ts";
import { shareLookups } from "./share-lookups.ts";

export type FanOutParts = Omit<FanOutDeps, "postEvent" | "inTurn"> & {
  /** The operating system's name look-up unless given. */
  readonly resolve?: Resolve;
};

export function createFanOut({ resolve = systemResolve, ...parts }: FanOutParts): FanOutDeps {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...parts,
    postEvent: createPostEvent({ clock: parts.clock, resolve: shareLookups(resolve) }),
    inTurn: (work) => {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true });
