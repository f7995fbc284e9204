// Did another copy of this gateway reach somebody after the backup that these data are from? Asked right before what waited
// in the backup goes out: the carrier where it can tell, and what was written to the CRM since then. What the copy wrote
// tells its outreach (outreachOfMarker), so what this gateway wrote itself is told apart.

import { type Channel, isVoice } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { ChannelProvider } from "../channels/channel.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { Crm, CrmCallOptions } from "../crm/crm.ts";
import { crmName } from "../crm/crm-name.ts";
import type { Db } from "../db/schema.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { EngagementRow } from "./engagement.store.ts";
import { certainPerson, findBehind } from "./find-behind.ts";
import { outreachOfMarker, readMarkers } from "./record-marker.ts";

export interface ElsewhereDeps {
  readonly db: Db;
  readonly crm: Pick<Crm, "person" | "findPerson" | "recordsOf">;
  readonly settings: Pick<SettingsRoom, "tenant" | "secret">;
}

/** found: with what was found · none: nobody did · blind: nothing can be asked, so nobody knows. */
export type Elsewhere =
  | { readonly kind: "found"; readonly sentence: string }
  | { readonly kind: "none" }
  | { readonly kind: "blind" };

/** `since`: the moment of the backup, epoch ms. @throws GatewayError crm_* to be tried again. */
export type LookIntoCrm = (row: EngagementRow, since: number) => Promise<Elsewhere>;

/** The CRM's clock and ours may differ by so much. */
const SKEW_MS = 2 * 60_000;

export function createElsewhereReader(deps: ElsewhereDeps): LookIntoCrm {
  return async (row, since) => {
    const tenant = deps.settings.tenant(row.tenant);
    const asks = tenant && tenant.crm_sync_provider !== "none" && tenant.fub_sync_contacts;
    const access = asks ? chooseAccess(deps.settings, row.tenant, row.acts_with) : undefined;
    if (!access) return { kind: "blind" };
    const options: CrmCallOptions = { access, priority: "launch" };
    try {
      const personId = certainPerson(row) ?? (await findBehind(deps.crm, row, options))?.id ?? null;
      if (personId === null) return { kind: "none" };
      return await lookAtRecords(deps, { row, personId, since: since - SKEW_MS }, options);
    } catch (error) {
      if (!(error instanceof GatewayError) || error.retry.kind !== "never") throw error;
      return { kind: error.code === "crm_not_found" ? "none" : "blind" };
    }
  };
}

interface Look {
  readonly row: EngagementRow;
  readonly personId: string;
  readonly since: number;
}

async function lookAtRecords(
  deps: ElsewhereDeps,
  { row, personId, since }: Look,
  options: CrmCallOptions,
): Promise<Elsewhere> {
  const kind = isVoice(row.channel as Channel) ? ("calls" as const) : ("notes" as const);
  const crm = crmName(deps.settings.tenant(row.tenant));
  const what = kind === "calls" ? "call" : "message";
  for (const record of await deps.crm.recordsOf(personId, { kind, since }, options))
    for (const marker of readMarkers(record.text)) {
      const own = outreachOfMarker(marker) === row.id;
      const after = record.at === null || record.at >= since;
      if (own || (after && !(await isOurs(deps.db, marker))))
        return {
          kind: "found",
          sentence: `${crm} has a ${what} to this person that another copy of this gateway made after the backup (record ${record.id}), so they are not contacted again.`,
        };
    }
  return { kind: "none" };
}

/** Written by this gateway, or by an outreach it knows and follows itself. */
async function isOurs(db: Db, marker: string): Promise<boolean> {
  const outreach = await db
    .selectFrom("engagements")
    .select("id")
    .where("id", "=", outreachOfMarker(marker))
    .executeTakeFirst();
  if (outreach) return true;
  const row = await db.selectFrom("activities").select("id").where("marker", "=", marker).executeTakeFirst();
  return row !== undefined;
}

/** The carrier first, then the CRM. `blind` only where neither could tell. */
export async function lookElsewhere(
  look: LookIntoCrm | undefined,
  provider: ChannelProvider,
  row: EngagementRow,
  ask: { readonly order: Parameters<ChannelProvider["start"]>[0]; readonly since: number },
): Promise<Elsewhere> {
  const said = await provider.findElsewhere?.(ask.order, ask.since);
  if (typeof said === "string") return { kind: "found", sentence: said };
  const found = look ? await look(row, ask.since) : ({ kind: "blind" } as const);
  // A carrier that says no, or one that reaches nobody, is answer enough.
  return found.kind === "blind" && (said === null || !provider.reachesPeople) ? { kind: "none" } : found;
}
