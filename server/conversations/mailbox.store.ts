// How far a place was read in which contacts write, and whether it could be read the last time: a folder of the brokerage's
// mailbox, or what Twilio keeps.
import type { Selectable } from "kysely";
import { GatewayError } from "../base/errors.ts";
import type { MailboxState } from "../channels/smtp/read-mailbox.ts";
import { TWILIO_MESSAGES } from "../channels/twilio/inbound-messages.ts";
import type { MailboxTable } from "../db/channel-tables.ts";
import type { Db } from "../db/schema.ts";
import type { ConversationDeps } from "./conversation-deps.ts";

type StoreDeps = Pick<ConversationDeps, "db" | "clock" | "journal">;

/** What passes by itself, and what a person has to mend: looked at again after this. */
const LATER_MS = 120_000;
const AFTER_MENDING_MS = 900_000;

export interface Place {
  readonly tenant: string;
  readonly folder: string;
  readonly state: MailboxState | null;
}

export const findMailbox = (
  db: Db,
  tenant: string,
  folder: string,
): Promise<Selectable<MailboxTable> | undefined> =>
  db
    .selectFrom("mailboxes")
    .selectAll()
    .where("tenant", "=", tenant)
    .where("folder", "=", folder)
    .executeTakeFirst();

/** After what was in it: what is read twice is known by its id. */
export async function readable(deps: StoreDeps, place: Place): Promise<void> {
  const before = await findMailbox(deps.db, place.tenant, place.folder);
  await remember(deps, place, null);
  if (before?.error == null) return;
  await deps.journal.add(deps.db, {
    event: "mailbox.readable",
    tenant: place.tenant,
    message: `What contacts write is read again (${nameOf(place)})`,
  });
}

/** When to look again, epoch ms. @throws whatever is no expected failure. */
export async function unreadable(deps: StoreDeps, place: Place, error: unknown): Promise<number> {
  if (!(error instanceof GatewayError)) throw error;
  const before = await findMailbox(deps.db, place.tenant, place.folder);
  await remember(deps, place, error.sentence);
  if (before?.error !== error.sentence)
    await deps.journal.add(deps.db, {
      event: "mailbox.unreadable",
      severity: "warn",
      tenant: place.tenant,
      message: `What contacts write could not be read (${nameOf(place)}): ${error.sentence}`,
    });
  return deps.clock.now() + (error.retry.kind === "never" ? AFTER_MENDING_MS : LATER_MS);
}

const nameOf = ({ folder }: Place): string => (folder === TWILIO_MESSAGES ? "Twilio" : `e-mail, ${folder}`);

async function remember(deps: StoreDeps, place: Place, error: string | null): Promise<void> {
  const { tenant, folder, state } = place;
  const values = {
    uid_validity: state?.uidValidity ?? "",
    last_uid: state?.lastUid ?? 0,
    checked_at: deps.clock.now(),
    error,
  };
  await deps.db
    .insertInto("mailboxes")
    .values({ tenant, folder, ...values })
    .onConflict((conflict) => conflict.columns(["tenant", "folder"]).doUpdateSet(values))
    .execute();
}
