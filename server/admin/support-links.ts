// Links that let somebody look at the console for a while without changing anything. Only a digest of each is kept, so a
// link is told once; it ends by itself, or when it is taken back.
import { randomBytes } from "node:crypto";
import type { SupportLink } from "../../shared/console/support.schema.ts";
import { isoTime } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";
import { sha256Hex } from "../base/hmac.ts";
import type { SupportLinkTable } from "../db/console-tables.ts";
import type { AdminDeps } from "./admin-deps.ts";

type LinkDeps = Pick<AdminDeps, "db" | "clock" | "journal">;

/** How often it is written down that a link is in use. */
const USED_EVERY_MS = 30_000;
const MOST_LINKS = 50;

export async function createSupportLink(
  deps: LinkDeps,
  minutes: number,
): Promise<{ readonly link: SupportLink; readonly token: string }> {
  const now = deps.clock.now();
  const token = randomBytes(32).toString("base64url");
  const row: SupportLinkTable = {
    id: randomBytes(6).toString("hex"),
    token_digest: digestOf(token),
    created_at: now,
    until: now + minutes * 60_000,
    last_used_at: null,
  };
  await deps.db.transaction().execute(async (trx) => {
    await trx.deleteFrom("support_links").where("until", "<=", now).execute();
    const open = await trx.selectFrom("support_links").select("id").execute();
    if (open.length >= MOST_LINKS)
      throw new GatewayError("wrong_state", {
        sentence: "Too many support links are open. Take some back first.",
      });
    await trx.insertInto("support_links").values(row).execute();
    const message = `A support link was made: it lets somebody look, but change nothing, for ${minutes} minutes`;
    await deps.journal.add(trx, { event: "support.link_made", message });
  });
  return { link: describe(row), token };
}

/** Those that still open, newest first. */
export async function listSupportLinks(deps: Pick<LinkDeps, "db" | "clock">): Promise<SupportLink[]> {
  const rows = await deps.db
    .selectFrom("support_links")
    .selectAll()
    .where("until", ">", deps.clock.now())
    .orderBy("created_at", "desc")
    .execute();
  return rows.map(describe);
}

/** @throws GatewayError not_found. */
export async function revokeSupportLink(deps: LinkDeps, id: string): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const result = await trx.deleteFrom("support_links").where("id", "=", id).executeTakeFirst();
    if (result.numDeletedRows === 0n)
      throw new GatewayError("not_found", { sentence: "This support link has ended already." });
    await deps.journal.add(trx, { event: "support.link_revoked", message: "A support link was taken back" });
  });
}

/** When the link ends, epoch ms; null when it does not open (any more). */
export async function openSupportLink(
  deps: Pick<LinkDeps, "db" | "clock">,
  token: string,
): Promise<number | null> {
  const now = deps.clock.now();
  const row = await deps.db
    .selectFrom("support_links")
    .selectAll()
    .where("token_digest", "=", digestOf(token))
    .where("until", ">", now)
    .executeTakeFirst();
  if (!row) return null;
  if (row.last_used_at === null || now - row.last_used_at > USED_EVERY_MS)
    await deps.db.updateTable("support_links").set({ last_used_at: now }).where("id", "=", row.id).execute();
  return row.until;
}

const digestOf = (token: string): string => sha256Hex(`support link ${token}`);

const describe = (row: SupportLinkTable): SupportLink => ({
  id: row.id,
  created_at: isoTime(row.created_at),
  until: isoTime(row.until),
  last_used_at: row.last_used_at === null ? null : isoTime(row.last_used_at),
});
