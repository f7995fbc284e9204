// Where a rehearsal goes on: the pretend Follow Up Boss on this machine, for the practice brokerage alone. Every other
// brokerage's keys go to the real one, and the practice brokerage's never do.
import { GatewayError } from "../base/errors.ts";

/** Both are addresses of this machine. */
export interface Practice {
  /** Origin of the pretend Follow Up Boss. */
  readonly url: string;
  /** This gateway's public listener, as the pretend one reaches it. */
  readonly gatewayUrl: string;
  close(): Promise<void>;
}

export interface PracticePlace {
  /** Null while no rehearsal goes on. */
  current(): Practice | null;
  /** @throws Error for an address that is not this machine's. */
  open(practice: Practice): void;
  /** Ends the pretend Follow Up Boss as well; does nothing when there is none. */
  close(): Promise<void>;
}

/** The pretend system, with a key of its own: the real one is not for practising. */
export const PRACTICE_SYSTEM = "Aventora Practice";
export const PRACTICE_SYSTEM_KEY = "internal/practice_system_key";

const THIS_MACHINE = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+$/;

export function createPracticePlace(): PracticePlace {
  let practice: Practice | null = null;
  return {
    current: () => practice,
    open: (next) => {
      if (!THIS_MACHINE.test(next.url)) throw new Error("a rehearsal only goes on on this machine");
      practice = next;
    },
    close: async () => {
      const ended = practice;
      practice = null;
      await ended?.close();
    },
  };
}

/** Base address of its API. @throws GatewayError not_ready while no rehearsal goes on. */
export function practiceAddress(place: PracticePlace | undefined): string {
  const practice = place?.current();
  if (practice) return `${practice.url}/v1`;
  throw new GatewayError("not_ready", {
    sentence: "The practice Follow Up Boss is not running. Start it under Setup, Rehearse.",
  });
}
