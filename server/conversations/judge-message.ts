// May a further message go out now? Asked by send-message right before the carrier is, with what the CRM says of the person
// where they have not just written.
import type { Channel } from "../../shared/values.ts";
import { type ContactDecision, checkContact } from "../contact/check-contact.ts";
import { readRegions } from "../engagements/contact-facts.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { hearFirst } from "../engagements/hear-first.ts";
import { noteDecision } from "../engagements/note-decision.ts";
import { readPause } from "../queue/outreach-pause.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { OWED } from "./queue-message.ts";
import { type MessageRow, settleMessage } from "./settle-message.ts";

/** Whoever wrote within this time is answered, at whatever hour. */
const JUST_WROTE_MS = 12 * 3_600_000;
/** How soon it is looked again whether outreach goes on. */
const PAUSED_AGAIN_MS = 5_000;

/**
 * "go"; when to ask again, epoch ms; or null where it was refused, which is kept.
 * @throws GatewayError crm_* while the CRM only does not answer: what it says may forbid it.
 */
export async function mayGoOut(
  deps: ConversationDeps,
  row: EngagementRow,
  message: MessageRow,
): Promise<"go" | number | null> {
  // Owed to whoever just opted out; everything else asks the rules.
  if (message.purpose === "opt_out_confirmation") return "go";
  const now = deps.clock.now();
  const owed = OWED.has(message.purpose);
  const wait = owed ? null : await waitFirst(deps, row, now);
  if (wait !== null) return wait;
  const decision = await askRules(deps, row, {
    now,
    answersThem: owed || (await justWrote(deps, row.id, now)),
  });
  await noteDecision(deps.db, row, "message", decision, now);
  if (decision.decision === "allowed") return "go";
  if (decision.decision === "held") return decision.until;
  await settleMessage(deps, row, message, { state: "refused", error: decision.sentence });
  return null;
}

/** When to look again, epoch ms; null while nothing has to be waited for. */
async function waitFirst(deps: ConversationDeps, row: EngagementRow, now: number): Promise<number | null> {
  if (await readPause(deps.db)) return now + PAUSED_AGAIN_MS;
  return hearFirst(deps, row.tenant, deps.providers.get(row.provider));
}

/** What the rules say of a further message; of whoever just wrote only their wishes count. @throws as mayGoOut. */
export async function askRules(
  deps: ConversationDeps,
  row: EngagementRow,
  { now, answersThem }: { readonly now: number; readonly answersThem: boolean },
): Promise<ContactDecision> {
  const { reachesPeople } = deps.providers.get(row.provider);
  const read = reachesPeople && !answersThem ? await deps.readKnowledge?.(row) : undefined;
  const known = read ?? { regions: readRegions(row.person_regions) };
  return checkContact(deps.rules, deps.db, {
    tenant: row.tenant,
    channel: row.channel as Channel,
    contact: row.contact ?? "",
    personId: row.person_id,
    crmAccountId: row.crm_account_id,
    tags: known.tags,
    consent: known.consent,
    place: { regions: known.regions },
    at: now,
    reachesPeople,
    except: row.id,
    answersThem,
  });
}

async function justWrote(deps: ConversationDeps, engagementId: string, now: number): Promise<boolean> {
  const found = await deps.db
    .selectFrom("conversations")
    .select("last_inbound_at")
    .where("engagement_id", "=", engagementId)
    .executeTakeFirst();
  return found?.last_inbound_at != null && now - found.last_inbound_at < JUST_WROTE_MS;
}
