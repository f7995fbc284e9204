// The state of the pretend Rollout, with direct access for tests. Built by create-sandbox.
import { randomBytes } from "node:crypto";
import { createFaults, type Faults } from "../fub/take-fault.ts";
import type { SandboxClock } from "../sandbox-types.ts";
import { type CrmActions, createCrmActions } from "./act-in-crm.ts";
import { createRolloutDispatcher, type RolloutDispatcher } from "./create-rollout-dispatcher.ts";
import {
  defaultRolloutSettings,
  type RolloutCredential,
  type RolloutDelivery,
  type RolloutLoggedRequest,
  type RolloutOptions,
  type RolloutSettings,
} from "./rollout-types.ts";

/** What happens in the CRM itself can be asked of it directly: addTag, removeTag, updatePerson, addPerson, deletePeople. */
export interface RolloutWorld extends CrmActions {
  clock: SandboxClock;
  /** Connected accounts, free to read and change. */
  credentials: RolloutCredential[];
  /** Free to change at any time. */
  options: RolloutSettings;
  /** Oldest first. */
  requests: RolloutLoggedRequest[];
  faults: Faults;
  /** The next `times` requests with a good token answer `status` and do nothing. */
  fail(times: number, status: number): void;
  /** Requests of the last second by `sub`, epoch ms, oldest first. */
  hits: Map<string, number[]>;
  /** Every delivery, oldest first. */
  deliveries: RolloutDelivery[];
  /** Sends them; `hold()` and `release()` make it wait. */
  dispatcher: RolloutDispatcher;
  /** Throws for an id nobody connected. */
  credential(id: string): RolloutCredential;
  /** A new UUIDv7 on the sandbox's clock. */
  newId(): string;
  /** The clock's time, ISO 8601 UTC. */
  stamp(): string;
  /** Back to what was given at the start. */
  reset(): void;
}

export function createRolloutWorld(given: RolloutOptions, clock: SandboxClock): RolloutWorld {
  const { credentials = [], notReady = [], ...changed } = structuredClone(given);
  const options = (): RolloutSettings => {
    const settings = { ...defaultRolloutSettings(), ...structuredClone(changed) };
    return { ...settings, webhookSecret: changed.webhookSecret ?? settings.clientSecret };
  };
  const connected = (): RolloutCredential[] =>
    structuredClone([...credentials]).map((credential) => ({
      ...credential,
      ready: credential.ready && !notReady.includes(credential.id),
    }));
  const world: RolloutWorld = {
    clock,
    credentials: connected(),
    options: options(),
    requests: [],
    faults: createFaults(),
    fail: (times, status) => world.faults.add({ times, kind: "status", status }),
    hits: new Map(),
    deliveries: [],
    dispatcher: createRolloutDispatcher(() => world),
    ...createCrmActions(() => world),
    credential(id) {
      const found = world.credentials.find((credential) => credential.id === id);
      if (!found) throw new Error(`The sandbox has no Rollout credential ${id}`);
      return found;
    },
    newId: () => uuid7(clock.now()),
    stamp: () => new Date(clock.now()).toISOString(),
    reset() {
      world.dispatcher.stop();
      world.credentials = connected();
      world.options = options();
      world.requests = [];
      world.faults.clear();
      world.hits.clear();
      world.deliveries = [];
    },
  };
  return world;
}

function uuid7(now: number): string {
  const time = now.toString(16).padStart(12, "0");
  const rest = randomBytes(10).toString("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}
