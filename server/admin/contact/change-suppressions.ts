// The list of whom not to contact, changed by somebody at the console: added to, filled from a file, or ended, which takes two
// steps, since whoever is taken off may be called again.
import type {
  AddSuppression,
  EndedSuppression,
  Imported,
} from "../../../shared/console/contact-rules.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import { fieldError } from "../../base/parse.ts";
import { contactKey } from "../../contact/contact-key.ts";
import { importDoNotCall } from "../../contact/import-do-not-call.ts";
import { othersHolding } from "../../contact/list-suppressions.ts";
import { addSuppression, endSuppression, type SuppressionRow } from "../../contact/suppression.store.ts";
import type { Trx } from "../../db/schema.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { showSuppression } from "./show-suppression.ts";

const BY = "console";
/** Named for people; the rest is counted. */
const MOST_NAMED = 100;

export interface ChangeDeps extends AdminDeps {
  /** Puts the tag of an opt-out onto the person in the CRM, or takes it off; another room's work. */
  readonly mirrorWish: (trx: Trx, suppressionId: number, lifted: boolean) => Promise<void>;
}

export async function enterSuppression(deps: ChangeDeps, asked: AddSuppression) {
  requireTenant(deps, asked.tenant);
  const contact = contactKey(asked.contact);
  if (contact === undefined)
    throw fieldError("contact", "is neither a complete phone number nor an e-mail address");
  const { id, added } = await deps.db.transaction().execute(async (trx) => {
    const stored = await addSuppression(trx, {
      tenant: asked.tenant,
      kind: asked.kind,
      contact,
      personId: null,
      crmAccountId: null,
      scope: asked.scope,
      source: "console",
      said: asked.note || null,
      createdBy: BY,
      at: deps.clock.now(),
    });
    if (!stored.added) return stored;
    if (isMirrored(asked)) await deps.mirrorWish(trx, stored.id, false);
    await deps.journal.add(trx, {
      event: "contact.suppressed",
      tenant: asked.tenant,
      message: `Somebody at the console put a contact onto the list of whom not to contact (${asked.kind === "opt_out" ? "opt-out" : "do not contact"})`,
    });
    return stored;
  });
  return { suppression: showSuppression(await find(deps, id)), added };
}

export async function importSuppressions(
  deps: AdminDeps,
  file: { readonly tenant: string; readonly text: string; readonly name?: string | undefined },
): Promise<Imported> {
  requireTenant(deps, file.tenant);
  const done = await importDoNotCall(deps.db, { ...file, by: BY, at: deps.clock.now() });
  await deps.journal.add(deps.db, {
    event: "contact.imported",
    tenant: file.tenant,
    message: `A list of whom not to contact was imported${file.name ? ` (${file.name})` : ""}: ${done.added} added, ${done.known} known before, ${done.invalidTotal} lines not understood`,
  });
  return {
    added: done.added,
    known: done.known,
    invalid: done.invalid.slice(0, MOST_NAMED),
    more_invalid: Math.max(0, done.invalidTotal - MOST_NAMED),
  };
}

/** @throws GatewayError not_found, wrong_state, invalid_request where what was typed is not the contact. */
export async function takeOff(
  deps: ChangeDeps,
  id: number,
  { reason, confirm }: { readonly reason: string; readonly confirm?: string | undefined },
): Promise<EndedSuppression> {
  const row = await find(deps, id);
  if (row.ended_at !== null)
    throw new GatewayError("wrong_state", { sentence: "This entry has ended already." });
  if (confirm === undefined)
    return { ended: false, sentence: whatFollows(row), suppression: showSuppression(row) };
  if (!isSame(row, confirm))
    throw fieldError("confirm", "is not the number, address or person of this entry");
  if (reason === "") throw fieldError("reason", "say why they may be contacted again");
  const others = await deps.db.transaction().execute(async (trx) => {
    const at = deps.clock.now();
    await endSuppression(trx, { tenant: row.tenant, id, by: BY, reason, at });
    const left = await othersHolding(trx, row);
    // As long as another opt-out of theirs holds, the tag says what is so.
    if (isMirrored(row) && !left.some(isMirrored)) await deps.mirrorWish(trx, id, true);
    await deps.journal.add(trx, {
      event: "contact.released",
      severity: "warn",
      tenant: row.tenant,
      engagementId: row.engagement_id,
      message: `Somebody at the console took a contact off the list of whom not to contact: ${reason}`,
    });
    return left;
  });
  return {
    ended: true,
    sentence: whatHolds(row, others.length),
    suppression: showSuppression(await find(deps, id)),
  };
}

/** The tag says "on no channel at all". */
const isMirrored = ({ kind, scope }: Pick<SuppressionRow, "kind" | "scope">): boolean =>
  kind === "opt_out" && scope === "all";
const isByTag = ({ source }: SuppressionRow): boolean => source === "crm_tag";

function whatFollows(row: SuppressionRow): string {
  if (isByTag(row))
    return "A tag in the CRM keeps them from being contacted. Best take the tag off there: this entry then ends by itself. Ended here, the gateway's own opt-out tag is taken off for you; any other tag goes on keeping them from being contacted.";
  return row.kind === "opt_out"
    ? "They asked not to be contacted. Take this off only if they themselves have agreed again: it will be kept who did so, when and why."
    : "They are on the brokerage's do-not-contact list. Once this is taken off, outreach may reach them again.";
}

function whatHolds(row: SuppressionRow, others: number): string {
  if (others === 1) return "This entry has ended. Another one still keeps them from being contacted.";
  if (others > 1) return `This entry has ended. ${others} others still keep them from being contacted.`;
  return isByTag(row)
    ? "They may be contacted again from now on, unless they carry another tag in the CRM that says not to."
    : "They may be contacted again from now on.";
}

const isSame = (row: SuppressionRow, typed: string): boolean =>
  [row.contact, row.person_id].some((one) => one !== null && one === (contactKey(typed) ?? typed.trim()));

async function find(deps: AdminDeps, id: number): Promise<SuppressionRow> {
  const row = await deps.db.selectFrom("suppressions").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new GatewayError("not_found", { sentence: "There is no such entry." });
  return row;
}

function requireTenant(deps: AdminDeps, slug: string): void {
  if (!deps.settings.tenant(slug)) throw new GatewayError("tenant_not_found");
}
