// Who waits for an agent's answer, and what keeps answers from being seen at all.
import type { Need } from "../../shared/console/home.schema.ts";
import { isoTime } from "../base/clock.ts";
import { TWILIO_MESSAGES } from "../channels/twilio/inbound-messages.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { PLACES } from "./console-places.ts";
import { whoOf } from "./say-outreach.ts";

const MOST = 10;

export async function waitingContacts(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  let select = deps.db
    .selectFrom("conversations as talk")
    .innerJoin("engagements as row", "row.id", "talk.engagement_id")
    .select([
      "talk.engagement_id",
      "talk.tenant",
      "talk.needs_agent",
      "talk.updated_at",
      "row.person_name",
      "row.person_id",
      "row.contact",
    ])
    .where("talk.needs_agent", "is not", null);
  if (tenant) select = select.where("talk.tenant", "=", tenant);
  const rows = await select.orderBy("talk.updated_at", "desc").limit(MOST).execute();
  return rows.map((row) => ({
    id: `talk/${row.engagement_id}`,
    severity: "warn" as const,
    tenant: row.tenant,
    sentence: `${whoOf(row)}: ${row.needs_agent ?? ""}`,
    remedy: "Answer them, or end the conversation.",
    action: PLACES.conversation(row.engagement_id),
    evidence: { journal_seq: null, engagement_id: row.engagement_id, at: isoTime(row.updated_at) },
  }));
}

export async function unreadMailboxes(deps: AdminDeps, tenant: string | undefined): Promise<Need[]> {
  let select = deps.db.selectFrom("mailboxes").selectAll().where("error", "is not", null);
  if (tenant) select = select.where("tenant", "=", tenant);
  const rows = await select.execute();
  return rows
    .filter(isStillRead(deps))
    .slice(0, MOST)
    .map((row) => ({
      id: `mailbox/${row.tenant}/${row.folder}`,
      severity: "error" as const,
      tenant: row.tenant,
      sentence: `What contacts write is not seen: ${row.error ?? ""}`,
      remedy: `Test ${row.folder === TWILIO_MESSAGES ? "Twilio" : "the mail servers"} in Settings, Channels, and mend what is found.`,
      action: PLACES.channels(row.tenant),
      evidence: { journal_seq: null, engagement_id: null, at: isoTime(row.checked_at) },
    }));
}

/** What is not read any more, nobody has to mend: the channel has another carrier, the mailbox another folder. */
const isStillRead =
  ({ settings }: Pick<AdminDeps, "settings">) =>
  ({ tenant: slug, folder }: { readonly tenant: string; readonly folder: string }): boolean => {
    const tenant = settings.tenant(slug);
    if (!tenant) return false;
    const { channels, imap_host, imap_folder } = tenant;
    return folder === TWILIO_MESSAGES
      ? channels.sms === "twilio" || channels.wmsg === "twilio"
      : channels.email === "smtp" && imap_host !== "" && imap_folder === folder;
  };

/** The brokerage's own file of contact hours cannot be used, so the built-in rules hold. */
export function brokenHours(deps: AdminDeps): Need[] {
  const problem = deps.rules.hours.problem();
  if (problem === null) return [];
  return [
    {
      id: "contact-hours",
      severity: "error",
      tenant: null,
      sentence: problem,
      remedy: "Mend the file, or take it away.",
      action: PLACES.contactRules(),
      evidence: null,
    },
  ];
}
