// Webhook slots: Follow Up Boss takes two webhooks per event and system, from the account owner's key only; Rollout names no
// limit. Registration is
// a comparison of what is there with what is wanted, never a blind addition: ours is kept, woken when FUB disabled it,
// moved when the public address changed, and doubled ones go; foreign holders of a full event are named.
import { GatewayError } from "../base/errors.ts";
import type { Crm, CrmAccess, CrmWebhook } from "../crm/crm.ts";

export interface SlotPlan {
  readonly event: string;
  /** What was done: kept · added · woken (was disabled) · moved (had an old address) · full (others hold both). */
  readonly result: "kept" | "added" | "woken" | "moved" | "full";
  /** Addresses of this system that are not this gateway's, where they are in the way. */
  readonly holders: readonly string[];
}

export interface SlotTarget {
  readonly access: CrmAccess;
  /** Where deliveries are wanted. */
  readonly url: string;
  readonly events: readonly string[];
  /** Webhooks per event and system the CRM takes; null where it names no limit. */
  readonly places: number | null;
}

/**
 * Brings the account's webhooks to what is wanted; what came of each event.
 * @throws GatewayError crm_forbidden with a sentence when the key is not the owner's, crm_*.
 */
export async function reconcileSlots(crm: Crm, target: SlotTarget): Promise<SlotPlan[]> {
  for (let look = 0; ; look++) {
    try {
      return await reconcileOnce(crm, target);
    } catch (error) {
      // Somebody changed them since they were listed, perhaps another check of ours that is a step ahead: another look
      // finds that event as it should be, and goes on to the next.
      const overtaken = error instanceof GatewayError && OVERTAKEN.has(error.code);
      if (!overtaken || look >= target.events.length) throw error;
    }
  }
}

const OVERTAKEN: ReadonlySet<string> = new Set(["crm_invalid", "crm_not_found"]);

async function reconcileOnce(crm: Crm, target: SlotTarget): Promise<SlotPlan[]> {
  const options = { access: target.access, priority: "sync" } as const;
  const present = await crm.webhooks(options).catch((error: unknown) => explainRefusal(crm, options, error));
  const plans: SlotPlan[] = [];
  for (const event of target.events)
    plans.push(
      await reconcileEvent(
        crm,
        target,
        event,
        present.filter((hook) => hook.event === event),
      ),
    );
  return plans;
}

// Follow Up Boss says no more than "forbidden"; whose key it is tells what to do. Asked only then, since a check that
// finds everything right should cost one request.
async function explainRefusal(
  crm: Crm,
  options: { readonly access: CrmAccess; readonly priority: "sync" },
  error: unknown,
): Promise<never> {
  if (!(error instanceof GatewayError) || error.code !== "crm_forbidden") throw error;
  const identity = await crm.identity(options).catch(() => undefined);
  if (identity?.isOwner !== false) throw error;
  throw new GatewayError("crm_forbidden", {
    sentence: `Follow Up Boss lets only the account's owner register webhooks, and this key belongs to ${identity.userName ?? "somebody else"}. Enter the owner's API key.`,
  });
}

async function reconcileEvent(
  crm: Crm,
  { access, url, places }: SlotTarget,
  event: string,
  present: readonly CrmWebhook[],
): Promise<SlotPlan> {
  const options = { access, priority: "sync" } as const;
  const right = present.filter((hook) => hook.url === url);
  const stale = present.filter((hook) => hook.url !== url && isOurs(hook.url, url));
  const foreign = present.filter((hook) => hook.url !== url && !isOurs(hook.url, url));
  const holders = foreign.map((hook) => hook.url);
  const [keep, ...doubled] = [...right.filter(isActive), ...right.filter((hook) => !isActive(hook))];
  for (const hook of [...doubled, ...(keep ? stale : stale.slice(1))])
    await crm.removeWebhook(hook.id, options);
  if (keep && isActive(keep)) return { event, result: "kept", holders };
  if (keep) {
    await crm.updateWebhook(keep.id, { status: "active" }, options);
    return { event, result: "woken", holders };
  }
  const [move] = stale;
  if (move) {
    await crm.updateWebhook(move.id, { url, status: "active" }, options);
    return { event, result: "moved", holders };
  }
  if (places !== null && foreign.length >= places) return { event, result: "full", holders };
  await crm.addWebhook({ event, url }, options);
  return { event, result: "added", holders };
}

const isActive = (hook: CrmWebhook): boolean => hook.status === "active";

/**
 * The brokerage's path, whatever the host and the query: this gateway's address from before its public address or the
 * brokerage's track changed. An account is reached under one of its addresses only.
 */
const isOurs = (candidate: string, wanted: string): boolean =>
  URL.canParse(candidate) && new URL(candidate).pathname === new URL(wanted).pathname;

/** Takes this gateway's webhooks away again. Returns how many went. */
export async function removeOwnSlots(crm: Crm, target: Pick<SlotTarget, "access" | "url">): Promise<number> {
  const options = { access: target.access, priority: "sync" } as const;
  const own = (await crm.webhooks(options)).filter(
    (hook) => hook.url === target.url || isOurs(hook.url, target.url),
  );
  for (const hook of own) await crm.removeWebhook(hook.id, options);
  return own.length;
}
