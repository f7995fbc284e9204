// Rollout says that tags were added to a person, not which (facts: webhooks; where it does say, this is not asked). Whoever
// carries a start tag now and did not when it was last looked was given it: the memory of catch-up tells. What cannot be
// told: a tag that was taken away and added again before anybody looked.
import { plainTag, type TagStart } from "../../shared/tag-starts.schema.ts";
import { GatewayError, retryAfter } from "../base/errors.ts";
import type { CrmPerson } from "../crm/crm.ts";
import type { HandledBy } from "./delivery-owner.ts";
import { allRules, carries } from "./tag-rules.ts";
import { carriersAmong, forgetCarriers, lastSweep, type SweepScope } from "./tag-sweep.store.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

export interface NewlyTagged {
  /**
   * Why it cannot be said that the person was given the tag: seen with it when it was last looked ("before"), or it is
   * written in another way, under which Rollout would not have found it ("spelling").
   */
  doubt(person: CrmPerson, rule: TagStart): "before" | "spelling" | undefined;
  /** When that was, epoch ms: what the tag has started since is the same adding. */
  since(rule: TagStart): number;
}

/** A first look is short; the delivery waits for it. */
const LOOK_MS = 5_000;

const scopeOf = (by: HandledBy, tag: string): SweepScope => ({
  tenant: by.tenant.domain_name,
  account: "",
  tag: plainTag(tag),
});

/** @throws GatewayError not_ready (tried again) until it was looked once who carries the tags already. */
export async function newlyTagged(
  deps: WebhookDeps,
  by: HandledBy,
  rules: readonly TagStart[],
  people: readonly CrmPerson[],
): Promise<NewlyTagged> {
  const looks = new Map<string, { readonly at: number; readonly known: ReadonlyMap<string, number> }>();
  for (const { tag } of rules) {
    const scope = scopeOf(by, tag);
    const at = await lastSweep(deps.db, scope);
    if (at === null) throw notLookedYet();
    const ids = people.map(({ id }) => id);
    looks.set(scope.tag, { at, known: await carriersAmong(deps.db, scope, ids) });
  }
  return {
    doubt: (person, { tag }) => {
      if (!person.tags.includes(tag)) return "spelling";
      return looks.get(plainTag(tag))?.known.has(person.id) ? "before" : undefined;
    },
    since: ({ tag }) => looks.get(plainTag(tag))?.at ?? 0,
  };
}

function notLookedYet(): GatewayError {
  return new GatewayError("not_ready", {
    sentence: "Who carries the start tags already is still being looked up.",
    retry: retryAfter(LOOK_MS),
  });
}

/** Those who do not carry a start tag any more may be given it anew. */
export async function forgetUntagged(
  deps: WebhookDeps,
  by: HandledBy,
  people: readonly CrmPerson[],
): Promise<void> {
  for (const { tag } of allRules(by.tenant)) {
    const without = people.filter((person) => !carries(person, tag)).map(({ id }) => id);
    await forgetCarriers(deps.db, scopeOf(by, tag), without);
  }
}
