// Stores that somebody is not to be contacted any more, and has it mirrored onto the person in the CRM. Called for every
// way of saying so: a text, a key pressed in a call, the link in an e-mail, an agent, the console.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { addSuppression, findSuppression, type SuppressionSource } from "../contact/suppression.store.ts";
import type { Trx } from "../db/schema.ts";
import { about } from "../engagements/about-engagement.ts";
import { addHistory, type EngagementRow } from "../engagements/engagement.store.ts";
import { enqueue } from "../queue/enqueue.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

export interface OptOut {
  readonly tenant: Readonly<TenantSettings>;
  /** The outreach in which it was said; its person is the one who is tagged. */
  readonly row: EngagementRow;
  readonly contact: string;
  readonly channel: Channel;
  /** As in the suppressions table. */
  readonly source: SuppressionSource;
  readonly said: string | null;
  readonly by: string | null;
  readonly at: number;
  /** Instead of what the brokerage set for STOP: an e-mail's unsubscribe link speaks of e-mail. */
  readonly scope?: "channel";
}

/** `added` false: they were left alone already, and nothing needs to be said again. */
export async function recordOptOut(
  deps: ConversationDeps,
  trx: Trx,
  optOut: OptOut,
): Promise<{ readonly id: number; readonly added: boolean }> {
  const { tenant, row, contact, channel, source, said, by, at } = optOut;
  const everything = optOut.scope !== "channel" && tenant.opt_out_scope === "all";
  const { id: engagementId, person_id: personId, crm_account_id: crmAccountId } = row;
  const who = { tenant: tenant.domain_name, contact, personId, crmAccountId };
  const before = await findSuppression(trx, { ...who, channel });
  // In other words, or by another way: it is kept as well, but it is the same wish.
  const known = before?.kind === "opt_out" && (before.scope === "all" || !everything);
  const stored = await addSuppression(trx, {
    ...who,
    kind: "opt_out",
    scope: everything ? "all" : channel,
    source,
    said,
    engagementId,
    createdBy: by,
    at,
  });
  if (!stored.added || known) return { id: stored.id, added: false };
  const now = deps.clock.now();
  const detail = `${by ?? "The contact"} asked: no more contact${everything ? "" : ` by ${channel}`}`;
  await addHistory(trx, row.id, [{ at: now, event: "opted_out", detail }]);
  await deps.journal.add(trx, {
    ...about(row),
    severity: "warn",
    event: "contact.opted_out",
    message: detail,
    detail: { source, scope: everything ? "all" : channel },
  });
  if (everything) await enqueueMirror(trx, stored.id, false, now);
  return stored;
}

/** The tag says "on no channel at all", so only that is mirrored. */
export async function enqueueMirror(trx: Trx, id: number, lifted: boolean, now: number): Promise<void> {
  await enqueue(
    trx,
    "mirror-opt-out",
    { suppression_id: id, lifted },
    { now, dedupeKey: `mirror:${id}:${lifted}`, groupKey: `mirror:${id}` },
  );
}
