// What the program around the gateway tells it and asks it while it runs: that the computer sleeps and wakes, that outreach
// is to pause, how things stand. The desktop shell is built on these; headless nobody calls them.
import type { Status } from "../shared/admin-api.ts";
import type { Need } from "../shared/console/home.schema.ts";
import type { OutreachState } from "../shared/console/outreach.schema.ts";
import type { AdminDeps } from "./admin/admin-deps.ts";
import { findNeeds } from "./admin/find-needs.ts";
import { readStatus } from "./admin/read-status.ts";
import { readOutreach, switchOutreach } from "./admin/switch-outreach.ts";
import type { Composed } from "./compose.ts";
import { enqueueReading } from "./conversations/enqueue-reading.ts";
import { followSleep } from "./follow-sleep.ts";
import { enqueueCatchUp } from "./webhooks/catch-up.ts";
import { enqueueSlotChecks } from "./webhooks/check-slots.ts";

/** How things stand, short enough for a tray icon and a notification. */
export interface Glance {
  readonly outreach: OutreachState;
  readonly lamps: Status["lamps"];
  /** How many brokerages are set up. */
  readonly brokerages: number;
  /** What waits for a person, most urgent first; ids stay the same while the cause does. */
  readonly needs: readonly Need[];
}

export interface HostCalls {
  /** The computer is about to sleep: nothing new is begun, what runs is left alone. */
  sleep(): void;
  /** It is awake: work goes on, and what came meanwhile is looked for at once. */
  wake(): Promise<void>;
  /** As the console's switch; `by` is shown there and in the journal. */
  switchOutreach(change: "pause" | "resume", by: string): Promise<void>;
  glance(): Promise<Glance>;
  /** Called whenever a glance may have changed; in bursts, so gather. Returns the way to stop. */
  onNews(listener: () => void): () => void;
}

export interface OpenHostCalls extends HostCalls {
  close(): void;
}

export function createHostCalls(parts: Composed, admin: AdminDeps): OpenHostCalls {
  const sleep = followSleep({
    clock: parts.clock,
    worker: parts.worker,
    catchUp: (sleptMs) => catchUp(parts, sleptMs),
    onError: (error) => parts.log.error("webhooks", "waking up could not be followed up", error),
  });
  return {
    sleep: sleep.sleep,
    wake: sleep.wake,
    switchOutreach: (change, by) => switchOutreach(admin, change, by),
    glance: () => readGlance(admin),
    onNews: (listener) => {
      const stops = [parts.bus.on("journal:added", listener), parts.bus.on("engagement:changed", listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    close: sleep.stop,
  };
}

async function readGlance(admin: AdminDeps): Promise<Glance> {
  const { lamps, tenants } = await readStatus(admin);
  return {
    outreach: await readOutreach(admin.db),
    lamps,
    brokerages: tenants.length,
    needs: await findNeeds(admin, undefined),
  };
}

async function catchUp(parts: Composed, sleptMs: number | null): Promise<void> {
  const span = sleptMs === null ? "" : ` for about ${Math.max(1, Math.round(sleptMs / 60_000))} min`;
  const message = `The computer slept${span}; what came meanwhile is looked for`;
  await parts.journal.add(parts.db, { event: "gateway.woke", message });
  parts.tunnel.wake();
  parts.ownAddress.wake();
  await enqueueSlotChecks(parts.webhooks);
  await enqueueCatchUp(parts.webhooks);
  await enqueueReading(parts.conversations);
}
