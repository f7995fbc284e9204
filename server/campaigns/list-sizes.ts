// How many people stand on Smart Lists: one request each, so it is asked only for lists somebody looks at, and remembered
// for a while.

import type { Clock } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import type { Crm, CrmAccess } from "../crm/crm.ts";

export interface ListSizes {
  /** null where Follow Up Boss does not say, or not now. */
  read(access: CrmAccess, ids: readonly string[]): Promise<Record<string, number | null>>;
}

const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 5_000;
const TIMEOUT_MS = 10_000;

export function createListSizes({ crm, clock }: { crm: Crm; clock: Clock }): ListSizes {
  const known = new Map<string, { readonly size: number | null; readonly until: number }>();

  const sizeOf = async (access: CrmAccess, id: string): Promise<number | null> => {
    const key = `${access.id}/${id}`;
    const kept = known.get(key);
    if (kept && kept.until > clock.now()) return kept.size;
    try {
      // Nobody waits for a size: whoever opens a page or is called goes first.
      const size = await crm.smartListSize(id, { access, priority: "sync", timeoutMs: TIMEOUT_MS });
      if (known.size >= MOST_KEPT) known.clear();
      known.set(key, { size, until: clock.now() + KEPT_MS });
      return size;
    } catch (error) {
      if (error instanceof GatewayError) return null;
      throw error;
    }
  };

  return {
    read: async (access, ids) =>
      Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await sizeOf(access, id)] as const))),
  };
}
