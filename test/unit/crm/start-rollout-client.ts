// The Rollout side of the port against a scripted server, ready to be asked.
import { type Clock, systemClock } from "../../../server/base/clock.ts";
import type { Crm, CrmCallOptions } from "../../../server/crm/crm.ts";
import { createRollout } from "../../../server/crm/rollout/create-rollout.ts";
import { type ScriptedHttp, startScriptedHttp } from "../../helpers/scripted-http.ts";

export const CLIENT_ID = "client-4711";
export const CLIENT_SECRET = "cl13nt-s3cret-0123456789-abcdef";
export const CREDENTIAL = "0197f65e-0000-7000-8000-00000000000a";
export const AS_SYNC: CrmCallOptions = {
  access: { id: "access-1", key: CREDENTIAL, rollout: { consumerKey: "brokerage-one" } },
  priority: "sync",
};

export interface RolloutSetup {
  readonly rollout: ScriptedHttp;
  readonly crm: Crm;
  readonly logged: string[];
  /** "GET /people?limit=100" of each request, below /api. */
  asked(): string[];
}

export async function startRolloutClient(
  given: {
    clock?: Clock;
    baseUrl?: string;
    app?: () => { clientId: string; clientSecret: string | undefined };
  } = {},
): Promise<RolloutSetup> {
  const rollout = await startScriptedHttp();
  const logged: string[] = [];
  const note = (_room: string, message: string): void => void logged.push(message);
  const crm = createRollout({
    baseUrl: () => given.baseUrl ?? `${rollout.origin}/api`,
    app: given.app ?? (() => ({ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET })),
    clock: given.clock ?? systemClock,
    log: { debug: note, warn: note },
  });
  const asked = (): string[] =>
    rollout.requests.map(({ method, url }) => `${method} ${url.replace(/^\/api/, "")}`);
  return { rollout, crm, logged, asked };
}

/** A page as Rollout answers it. */
export const page = (
  collection: string,
  items: readonly unknown[],
  more: { next?: string | null; total?: number } = {},
) => ({
  body: {
    _metadata: {
      ...{ collection, offset: 0, limit: 100, total: more.total ?? items.length },
      ...{ next: more.next ?? null, nextLink: null },
    },
    [collection]: items,
  },
});
