// Asks an own address (SERVER_URL) from outside in, again and again: only the newest proof tells whether what leads here
// names its clients or hides them (judge-clients). As long as there is none, nobody's word about itself is taken.
import { backoffDelay } from "../base/backoff.ts";
import type { Clock } from "../base/clock.ts";
import { type TestAddress, type TestedAddress, testTimed } from "./test-address.ts";
import type { TunnelPolicy } from "./tunnel-state.ts";

export interface AddressWatchDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** The address in force now; undefined where there is none, or a tunnel gives it. */
  readonly address: () => string | undefined;
  readonly test: TestAddress;
  readonly policy: Pick<TunnelPolicy, "watchMs" | "soon" | "mostUnreachable">;
}

export interface OwnAddress {
  readonly address: string | undefined;
  /** Seen in the newest proof of this very address. */
  readonly namesClients: boolean;
  /** The newest proof saw that whoever asks arrives without a name. Holds until another proof. */
  readonly hidesClients: boolean;
  readonly lastTest: TestedAddress | null;
}

export interface AddressWatch {
  /** Once the public listener is open. */
  start(): void;
  /** The address may be another. */
  follow(): void;
  /** The computer slept: looks at once. */
  wake(): void;
  /** Asks now; what comes of it counts. */
  test(url: string): Promise<TestedAddress>;
  read(): OwnAddress;
  stop(): void;
}

interface Own {
  running: boolean;
  /** Being watched. */
  url: string | undefined;
  namesClients: boolean;
  hidesClients: boolean;
  /** Tests in a row that proved nothing. */
  failures: number;
  lastTest: TestedAddress | null;
  /** Ends the wait or the test that goes on. */
  turn: AbortController;
}

export function createAddressWatch(deps: AddressWatchDeps): AddressWatch {
  const { address } = deps;
  const own: Own = { running: false, turn: new AbortController(), ...nothingKnown(undefined) };
  const look = (): void => {
    own.turn.abort();
    own.turn = new AbortController();
    if (own.running && own.url !== undefined) void watch(deps, own, own.url, own.turn.signal);
  };
  const follow = (): void => {
    if (!own.running || address() === own.url) return;
    Object.assign(own, nothingKnown(address()));
    look();
  };
  return {
    start: () => {
      own.running = true;
      follow();
    },
    follow,
    wake: look,
    test: async (url) => {
      const tested = await testTimed(deps, url);
      note(own, tested, deps.policy);
      return tested;
    },
    read: () => {
      const now = address();
      const { url, namesClients, hidesClients, lastTest } = own;
      return { address: now, ...(now === url ? { namesClients, hidesClients, lastTest } : UNKNOWN) };
    },
    stop: () => {
      own.running = false;
      look();
    },
  };
}

const UNKNOWN = { namesClients: false, hidesClients: false, lastTest: null } as const;
const nothingKnown = (url: string | undefined) => ({ url, failures: 0, ...UNKNOWN });

async function watch(deps: AddressWatchDeps, own: Own, url: string, signal: AbortSignal): Promise<void> {
  const { clock, policy, random } = deps;
  while (!signal.aborted) {
    const tested = await testTimed(deps, url, signal);
    if (signal.aborted) return;
    note(own, tested, policy);
    const { failures } = own;
    const soon = failures > 0 && failures <= policy.mostUnreachable;
    await clock.sleep(soon ? backoffDelay(policy.soon, failures, random()) : policy.watchMs, signal);
  }
}

/**
 * Who answers in the gateway's place ends what was proven at once. That nobody answers says nothing of the proxy, which may
 * only be out of reach; after a while it is not believed either.
 */
function note(own: Own, tested: TestedAddress, policy: AddressWatchDeps["policy"]): void {
  const { url, found } = tested;
  if (url !== own.url) return;
  own.lastTest = tested;
  if ("url" in found) {
    own.failures = 0;
    own.namesClients = found.namesClients;
    own.hidesClients = !found.namesClients && found.direct !== true;
    return;
  }
  own.failures += 1;
  if (found.code !== "unreachable" || own.failures >= policy.mostUnreachable) own.namesClients = false;
}
