// The unsubscribe link of an e-mail (RFC 8058): whoever has it may end e-mail to that address, without a login. Other
// channels are not what it speaks of; STOP is.
import { GatewayError } from "../base/errors.ts";
import { readLinkToken } from "../base/link-token.ts";
import { type EngagementRow, findEngagement } from "../engagements/engagement.store.ts";
import { recordOptOut } from "../engagements/record-opt-out.ts";
import type { ConversationDeps, ConversationRoomDeps } from "./conversation-deps.ts";
import { brokerageName } from "./say-wishes.ts";

export const UNSUBSCRIBE_LINK = "unsubscribe";

type UnsubscribeDeps = Pick<ConversationRoomDeps, keyof ConversationDeps | "links">;

export interface Unsubscribing {
  readonly row: EngagementRow;
  /** Whose e-mail it was. */
  readonly brokerage: string;
}

/** @throws GatewayError not_found for a link that was never given out. */
export async function findUnsubscribing(deps: UnsubscribeDeps, token: string): Promise<Unsubscribing> {
  const id = readLinkToken(deps.links, UNSUBSCRIBE_LINK, token);
  const row = id === undefined ? undefined : await findEngagement(deps.db, id);
  const tenant = row && deps.settings.tenant(row.tenant);
  if (!row || !tenant || row.contact === null) throw new GatewayError("not_found");
  return { row, brokerage: brokerageName(tenant) };
}

/** As often as it is asked for. @throws GatewayError not_found. */
export async function unsubscribe(deps: UnsubscribeDeps, token: string): Promise<Unsubscribing> {
  const found = await findUnsubscribing(deps, token);
  const tenant = deps.settings.tenant(found.row.tenant);
  if (!tenant) throw new GatewayError("not_found");
  await deps.db.transaction().execute((trx) =>
    recordOptOut(deps, trx, {
      tenant,
      row: found.row,
      contact: (found.row.contact ?? "").toLowerCase(),
      channel: "email",
      source: "unsubscribe_link",
      said: null,
      by: null,
      at: deps.clock.now(),
      scope: "channel",
    }),
  );
  deps.bus.emit("engagement:changed", { engagementId: found.row.id, tenant: found.row.tenant });
  deps.nudge();
  return found;
}
