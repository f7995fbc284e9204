// "Rehearse": starts and stops the pretend Follow Up Boss from the console, with a practice brokerage that knows no other. It
// ends with the gateway; what is left of it in the settings goes at the next start.
import { PRACTICE_TENANT, type SandboxState } from "../../shared/console/sandbox.schema.ts";
import { tenantSchema } from "../../shared/settings.schema.ts";
import type { Setup, TenantSetup } from "../../shared/setup.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { PRACTICE_SYSTEM, PRACTICE_SYSTEM_KEY, type PracticePlace } from "../crm/practice-place.ts";
import type { Db } from "../db/schema.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { forgetPractice } from "./forget-practice.ts";

/** Opens a pretend Follow Up Boss; given by the program, since the tower does not know the sandbox. */
export type OpenPractice = (request: {
  readonly slug: string;
  readonly track: "A" | "B";
  readonly system: { readonly name: string; readonly key: string };
  readonly gatewayUrl: string;
}) => Promise<OpenedPractice>;

export interface OpenedPractice {
  readonly url: string;
  readonly tenant: TenantSetup;
  readonly values: readonly { readonly label: string; readonly text: string }[];
  readonly pages: readonly { readonly title: string; readonly sentence: string; readonly path: string }[];
  close(): Promise<void>;
}

export interface RehearsalDeps
  extends Pick<AdminDeps, "settings" | "journal" | "db" | "clock" | "publicUrl"> {
  readonly place: PracticePlace;
  readonly openPractice: OpenPractice | undefined;
  readonly newKey: () => string;
  readonly apply: (setup: Setup) => Promise<unknown>;
  /** Registers the practice brokerage's webhooks. */
  readonly registerWebhooks: (slug: string) => Promise<unknown>;
  /** Removes the practice brokerage with what waits for it. */
  readonly removeTenant: (slug: string) => Promise<unknown>;
}

export interface Rehearsal {
  read(): SandboxState;
  /** @throws GatewayError wrong_state while another command is at work or it runs already; not_ready. */
  start(wish: { readonly track: "A" | "B"; readonly ready: boolean }): Promise<SandboxState>;
  stop(): Promise<SandboxState>;
}

const WORDS: Readonly<Record<SandboxState["state"], string>> = {
  stopped: "No rehearsal is going on.",
  starting: "The practice Follow Up Boss is starting.",
  running:
    "The practice Follow Up Boss is running on this computer. Nobody is really called, and no other brokerage is touched.",
  stopping: "The rehearsal is being ended.",
  failed: "The rehearsal could not be started.",
};

export function createRehearsal(deps: RehearsalDeps): Rehearsal {
  let state: SandboxState["state"] = "stopped";
  let opened: { readonly practice: OpenedPractice; readonly at: string } | null = null;

  const read = (): SandboxState => ({
    state,
    sentence: WORDS[state],
    tenant: deps.settings.tenant(PRACTICE_TENANT) ? PRACTICE_TENANT : null,
    url: opened ? `${opened.practice.url}/` : null,
    started_at: opened?.at ?? null,
    pages: (opened?.practice.pages ?? []).map(({ title, sentence, path }) => ({
      title,
      sentence,
      url: `${opened?.practice.url ?? ""}${path}`,
    })),
    practice_values: [...(opened?.practice.values ?? [])],
  });
  const close = async (): Promise<void> => {
    if (deps.settings.tenant(PRACTICE_TENANT)) await deps.removeTenant(PRACTICE_TENANT);
    opened = null;
    await deps.place.close();
    await forgetPractice(deps.db);
  };
  return {
    read,
    start: async (wish) => {
      if (state !== "stopped" && state !== "failed") throw busy(state);
      state = "starting";
      try {
        const practice = await open(deps, wish.track);
        opened = { practice, at: isoTime(deps.clock.now()) };
        await setUp(deps, practice, wish);
        state = "running";
      } catch (error) {
        await close();
        state = "failed";
        throw error;
      }
      await tell(deps, "rehearsal.started", `A rehearsal of Track ${wish.track} was started`);
      return read();
    },
    stop: async () => {
      if (state === "stopped" || state === "failed") return read();
      if (state !== "running") throw busy(state);
      state = "stopping";
      // Whatever fails on the way, it must be possible to start anew.
      await close().finally(() => {
        state = "stopped";
      });
      await tell(deps, "rehearsal.stopped", "The rehearsal was ended; what it had made was removed");
      return read();
    },
  };
}

const busy = (state: SandboxState["state"]): GatewayError =>
  new GatewayError("wrong_state", { sentence: WORDS[state] });

const tell = (deps: RehearsalDeps, event: string, message: string): Promise<void> =>
  deps.journal.add(deps.db, { event, message, tenant: PRACTICE_TENANT });

async function open(deps: RehearsalDeps, track: "A" | "B"): Promise<OpenedPractice> {
  if (!deps.openPractice)
    throw new GatewayError("not_ready", {
      sentence: "This gateway was started without a practice Follow Up Boss.",
    });
  const key = await deps.settings.ensureInternalSecret(PRACTICE_SYSTEM_KEY, deps.newKey);
  const gatewayUrl = deps.publicUrl();
  const system = { name: PRACTICE_SYSTEM, key };
  const practice = await deps.openPractice({ slug: PRACTICE_TENANT, track, system, gatewayUrl });
  deps.place.open({ url: practice.url, gatewayUrl, close: practice.close });
  return practice;
}

async function setUp(
  deps: RehearsalDeps,
  { tenant }: OpenedPractice,
  { track, ready }: { readonly track: "A" | "B"; readonly ready: boolean },
): Promise<void> {
  if (deps.settings.tenant(PRACTICE_TENANT)) await deps.removeTenant(PRACTICE_TENANT);
  await deps.settings.restore({
    tenant: tenantSchema.parse({ domain_name: PRACTICE_TENANT, track }),
    user: null,
    index: deps.settings.current().tenants.length,
    secrets: new Map(),
    recorded: {},
  });
  if (!ready) return;
  await deps.apply({ tenants: [tenant] });
  await deps.registerWebhooks(PRACTICE_TENANT);
}

/** The pretend Follow Up Boss of an earlier run is gone, so its brokerage goes as well. Before any work is begun. */
export async function forgetRehearsal(settings: SettingsRoom, db: Db): Promise<void> {
  if (!settings.tenant(PRACTICE_TENANT)) return;
  await forgetPractice(db);
  await settings.remove({ tenant: PRACTICE_TENANT }, null);
}
