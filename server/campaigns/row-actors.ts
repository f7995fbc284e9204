// As whom the rows of a batch go out: the agent whose outreach phone a row names, else the brokerage.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { fieldError } from "../base/parse.ts";
import { toE164 } from "../base/phone-numbers.ts";
import { chooseAccess } from "../crm/choose-access.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import { linkedCrmUser } from "../crm/user-links.ts";
import { fromNumber } from "../engagements/from-number.ts";
import type { Actor } from "../engagements/start-request.ts";
import type { CampaignDeps } from "./campaign-deps.ts";

export interface RowActor extends Actor {
  /** The account the actor's key belongs to, as far as known. */
  readonly accountId: string | null;
}

export interface RowActors {
  readonly brokerage: RowActor;
  /** @throws GatewayError invalid_request when nobody has this phone: a call must not go out from anybody's number. */
  of(phone: string | undefined): RowActor;
}

export async function gatherRowActors(
  deps: CampaignDeps & { readonly identities: KnownIdentities },
  tenant: Readonly<TenantSettings>,
): Promise<RowActors> {
  const slug = tenant.domain_name;
  const accountOf = async (actsWith: Actor["actsWith"]): Promise<string | null> => {
    const access = chooseAccess(deps.settings, slug, actsWith);
    return access ? ((await deps.identities.recall(access))?.accountId ?? null) : null;
  };
  const brokerage: RowActor = {
    userId: null,
    name: null,
    crmUserId: null,
    actsWith: "tenant",
    fromNumber: fromNumber(tenant, undefined),
    accountId: await accountOf("tenant"),
  };
  const byPhone = new Map<string, RowActor>();
  for (const user of tenant.users) {
    const ownKey = chooseAccess(deps.settings, slug, `user:${user.id}`);
    const actsWith: Actor["actsWith"] = ownKey ? `user:${user.id}` : "tenant";
    const accountId = ownKey ? await accountOf(actsWith) : brokerage.accountId;
    const crmUserId =
      actsWith === "tenant" && accountId !== null
        ? await linkedCrmUser(deps.db, { tenant: slug, accountId, userId: user.id })
        : null;
    const actor = {
      userId: user.id,
      name: user.name || user.id,
      crmUserId,
      actsWith,
      accountId,
      fromNumber: fromNumber(tenant, user),
    };
    for (const phone of [user.default_broker_phone, user.display_number]) {
      const e164 = toE164(phone);
      if (e164 !== undefined && !byPhone.has(e164)) byPhone.set(e164, actor);
    }
  }
  return {
    brokerage,
    of: (phone) => {
      if (phone === undefined) return brokerage;
      const actor = byPhone.get(toE164(phone) ?? "");
      if (actor) return actor;
      if (toE164(phone) === toE164(tenant.default_broker_phone)) return brokerage;
      throw fieldError("user_phone_number", "no agent of the brokerage has this outreach phone");
    },
  };
}
