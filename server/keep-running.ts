// A gateway that can close everything and open it again within the program: after a restore, when it is taken back. The data
// folder stays locked meanwhile. Called by create-gateway.
import type { Setup } from "../shared/setup.schema.ts";
import type { Restart } from "./backup/create-desk.ts";
import type { Host } from "./host.ts";
import type { HostCalls } from "./host-calls.ts";
import type { ApplyResult } from "./settings/settings-room.ts";

/** From opening to closing. */
export interface Run extends Omit<HostCalls, "onNews"> {
  readonly addresses: { readonly publicUrl: string; readonly adminUrl: string };
  /** Ports the system chose, to be asked for again. */
  readonly ports: Partial<Pick<Host["flags"], "PORT" | "ADMIN_PORT">>;
  apply(setup: Setup): Promise<ApplyResult>;
  keepRestorePoint(reason: "update"): Promise<string>;
  stop(limitMs: number): Promise<void>;
}

export interface KeptRunning {
  now(): Run;
  stop(limitMs: number): Promise<void>;
}

const STOP_MS = 5_000;

/** @throws what the first start throws. */
export async function keepRunning(
  host: Host,
  begin: (host: Host, restart: Restart) => Promise<Run>,
): Promise<KeptRunning> {
  let stopping = false;
  let turn: Promise<void> = Promise.resolve();
  let run: Run;
  let ports: Run["ports"] = {};
  const reopen = async (): Promise<void> => {
    run = await begin({ ...host, flags: { ...host.flags, ...ports } }, restart);
  };
  const again = async (change: () => Promise<void>, revert?: () => Promise<void>): Promise<void> => {
    if (stopping) return;
    ports = { ...ports, ...run.ports };
    await run.stop(STOP_MS);
    const failure = await change().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    try {
      await reopen();
    } catch (error) {
      if (failure || !revert) throw down(host, error);
      try {
        await revert();
        await reopen();
      } catch (second) {
        throw down(host, second);
      }
      throw error;
    }
    if (failure) throw failure.error;
  };
  const restart: Restart = (change, revert) => {
    const mine = turn.then(() => again(change, revert));
    turn = mine.catch(() => undefined);
    return mine;
  };
  run = await begin(host, restart);
  return {
    now: () => run,
    stop: async (limitMs) => {
      stopping = true;
      await turn;
      await run.stop(limitMs);
    },
  };
}

function down(host: Host, error: unknown): unknown {
  host.onDown?.(error);
  return error;
}
