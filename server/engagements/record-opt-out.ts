// Stores that somebody is not to be contacted any more, and has it mirrored onto the person in the CRM. Called for every
// way of saying so: a text, a key pressed in a call, the link in an e-mail, an agent, the console, a carrier that refuses.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { addSuppression, findSuppression, type SuppressionSource } from "../contact/suppression.store.ts";
import type { Trx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";
import { about } from "./about-engagement.ts";
import { addHistory, type EngagementRow } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";

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
  /** Somebody else has this number: it is left alone, and the person it was thought to be of is not. */
  readonly wrongNumber?: boolean;
}

/** `added` false: they were left alone already, and nothing needs to be said again. */
export async function recordOptOut(
  deps: Pick<EngagementDeps, "journal" | "clock">,
  trx: Trx,
  optOut: OptOut,
): Promise<{ readonly id: number; readonly added: boolean }> {
  const { tenant, row, contact, channel, source, said, by, at, wrongNumber = false } = optOut;
  const everything = optOut.scope !== "channel" && tenant.opt_out_scope === "all";
  const { id: engagementId } = row;
  const person = wrongNumber ? NOBODY : { personId: row.person_id, crmAccountId: row.crm_account_id };
  const who = { tenant: tenant.domain_name, contact, ...person };
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
  const detail = `${by ?? "The contact"} asked: no more contact${everything ? "" : ` by ${channel}`}${
    wrongNumber ? "; it is somebody else's number" : ""
  }`;
  await addHistory(trx, row.id, [{ at: now, event: "opted_out", detail }]);
  await deps.journal.add(trx, {
    ...about(row),
    severity: "warn",
    event: "contact.opted_out",
    message: detail,
    detail: { source, scope: everything ? "all" : channel },
  });
  // The tag says of the person "on no channel at all": only that is mirrored.
  if (everything && !wrongNumber) await enqueueMirror(trx, stored.id, false, now);
  return stored;
}

const NOBODY = { personId: null, crmAccountId: null };

/** Has the opt-out tag set on the person, or taken away again. */
export async function enqueueMirror(trx: Trx, id: number, lifted: boolean, now: number): Promise<void> {
  await enqueue(
    trx,
    "mirror-opt-out",
    { suppression_id: id, lifted },
    { now, dedupeKey: `mirror:${id}:${lifted}`, groupKey: `mirror:${id}` },
  );
}
