// The Follow Up Boss side of the port against a scripted server, ready to be asked.
import { type Clock, systemClock } from "../../server/base/clock.ts";
import type { Crm, CrmCallOptions } from "../../server/crm/crm.ts";
import { createFollowUpBoss } from "../../server/crm/followupboss/create-followupboss.ts";
import { type ScriptedHttp, startScriptedHttp } from "./scripted-http.ts";

export const FUB_KEY = "fka_0123456789abcdef";
export const FUB_SYSTEM_KEY = "5ystemkey0123456789";
export const AS_SYNC: CrmCallOptions = { access: { id: "access-1", key: FUB_KEY }, priority: "sync" };

export interface FubSetup {
  readonly fub: ScriptedHttp;
  readonly crm: Crm;
  readonly logged: string[];
}

export async function startFubClient(
  given: { clock?: Clock; baseUrl?: string; systemKey?: string | undefined } = {},
): Promise<FubSetup> {
  const fub = await startScriptedHttp();
  const logged: string[] = [];
  const note = (_room: string, message: string): void => void logged.push(message);
  const crm = createFollowUpBoss({
    baseUrl: () => given.baseUrl ?? fub.origin,
    system: () => ({ name: "Aventora", key: "systemKey" in given ? given.systemKey : FUB_SYSTEM_KEY }),
    clock: given.clock ?? systemClock,
    log: { debug: note, warn: note },
  });
  return { fub, crm, logged };
}

/** What a rejected call was rejected with. */
export const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => {
      throw new Error("the call did not fail");
    },
    (error: unknown) => error,
  );
