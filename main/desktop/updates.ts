// Looks for newer versions, fetches them when a person says so, and keeps a backup before one is installed. Off until a
// build is signed and told where updates come from (decide-updates). Built by the shell; its state is shown in the console.
import type { UpdateState } from "../../shared/desktop-contract.ts";
import { decideUpdates, sayUpdate, type UpdateFacts, type UpdateStep } from "./decide-updates.ts";
import type { LeaveForUpdate } from "./leave-for-update.ts";
import type { UpdaterCalls } from "./updater-calls.ts";

export interface UpdatesDeps extends UpdateFacts {
  /** Loads the updater; not called while updates are off. */
  readonly openUpdater: () => Promise<UpdaterCalls>;
  /** Keeps what restores the gateway as it is now: gateway.keepRestorePoint("update"). */
  readonly keepRestorePoint: () => Promise<unknown>;
  /** Ends the gateway and hands over to the updater; settles only where the program goes on after all. */
  readonly leave: LeaveForUpdate;
  /** Calls once after so many ms; returns the way to give it up. */
  readonly after: (ms: number, act: () => void) => () => void;
  readonly onChange: (state: UpdateState) => void;
  /** What went wrong, for the log. */
  readonly onError: (during: string, error: unknown) => void;
}

export interface Updates {
  state(): UpdateState;
  /** Looks now, and again once a day. Does nothing while updates are off. */
  start(): void;
  look(): Promise<UpdateState>;
  /** Fetches the version that was found. */
  fetch(): Promise<UpdateState>;
  /** Backup first; then the program ends and comes back as the fetched version. */
  install(): Promise<UpdateState>;
  /** No further looking. */
  stop(): void;
}

const DAY_MS = 86_400_000;

export function createUpdates(deps: UpdatesDeps): Updates {
  const decision = decideUpdates(deps);
  const held: { step: UpdateStep; updater?: Promise<UpdaterCalls>; giveUp?: () => void } = {
    step: decision.allowed ? { step: "current" } : { step: "off", sentence: decision.sentence },
  };
  const go = (step: UpdateStep): UpdateState => {
    held.step = step;
    const state = sayUpdate(step);
    deps.onChange(state);
    return state;
  };
  const fail = (step: Extract<UpdateStep, { step: "failed" }>, error: unknown): UpdateState => {
    deps.onError(step.during, error);
    return go(step);
  };
  const updater = (): Promise<UpdaterCalls> => {
    held.updater ??= deps.openUpdater().then((calls) => prepare(calls, decision));
    return held.updater;
  };
  const now = (): UpdateState => sayUpdate(held.step);

  const look = async (): Promise<UpdateState> => {
    // What was found or is being fetched is not lost by looking again.
    if (held.step.step !== "current" && held.step.step !== "failed") return now();
    go({ step: "looking" });
    try {
      const found = await (await updater()).checkForUpdates();
      const version = found?.isUpdateAvailable ? found.updateInfo.version : null;
      return go(version === null ? { step: "current" } : { step: "available", version });
    } catch (error) {
      return fail({ step: "failed", during: "look", version: null }, error);
    }
  };
  const fetch = async (): Promise<UpdateState> => {
    if (held.step.step !== "available") return now();
    const { version } = held.step;
    go({ step: "fetching", version });
    try {
      await (await updater()).downloadUpdate();
      return go({ step: "ready", version });
    } catch (error) {
      return fail({ step: "failed", during: "fetch", version }, error);
    }
  };
  const install = async (): Promise<UpdateState> => {
    if (held.step.step !== "ready") return now();
    const { version } = held.step;
    const saving = go({ step: "saving", version });
    try {
      await deps.keepRestorePoint();
    } catch (error) {
      return fail({ step: "failed", during: "save", version }, error);
    }
    // Not awaited: the page that asks is told what happens, and is closed then.
    updater()
      .then(deps.leave)
      .catch((error: unknown) => fail({ step: "failed", during: "install", version }, error));
    return saving;
  };
  const lookDaily = (): void => {
    void look();
    held.giveUp = deps.after(DAY_MS, lookDaily);
  };
  return {
    state: now,
    start: () => {
      if (decision.allowed && held.giveUp === undefined) lookDaily();
    },
    look,
    fetch,
    install,
    stop: () => held.giveUp?.(),
  };
}

/** Nothing by itself: not fetched, not installed when the program ends, never an older version. */
function prepare(calls: UpdaterCalls, decision: ReturnType<typeof decideUpdates>): UpdaterCalls {
  calls.autoDownload = false;
  calls.autoInstallOnAppQuit = false;
  // The log would name addresses; what failed is told by onError.
  calls.logger = null;
  // Setting the channel allows older versions, so that comes first.
  if (decision.allowed) calls.channel = decision.channel;
  calls.allowDowngrade = false;
  return calls;
}
