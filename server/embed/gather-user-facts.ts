// What is known about the FUB user who opened the app: their profile's phone (asked of FUB, remembered for a while), and
// whom they were matched to before.
import { GatewayError, toError } from "../base/errors.ts";
import type { CrmAccess, CrmUser } from "../crm/crm.ts";
import type { EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import { type CrmUserKey, linkedUser } from "../crm/user-links.ts";
import type { AccountBinding } from "./bind-account.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import type { UserFacts } from "./map-user.ts";

/** A remembered profile older than this is asked for again, in the background of an open page. */
const FRESH_MS = 15 * 60_000;
const ASK_TIMEOUT_MS = 3_000;

export async function gatherUserFacts(
  deps: EmbedDeps,
  tenant: string,
  context: EmbedContext,
  binding: AccountBinding,
): Promise<UserFacts> {
  const who = { tenant, accountId: context.account.id, crmUserId: context.user.id };
  const access =
    binding.tenantAccess ?? binding.candidates.find((one) => one.access !== null)?.access ?? null;
  const profile = await readProfile(deps, who, access);
  const ownKey = binding.candidates.find((one) => one.crmUserId === context.user.id);
  return {
    phones: [context.user.phone, profile?.phone ?? null].filter(
      (phone): phone is string => phone !== null && phone !== "",
    ),
    email: context.user.email ?? profile?.email ?? null,
    learnedUserId: ownKey?.userId ?? (await linkedUser(deps.db, who)),
  };
}

async function readProfile(
  deps: EmbedDeps,
  who: CrmUserKey,
  access: CrmAccess | null,
): Promise<Pick<CrmUser, "phone" | "email"> | null> {
  const known = await deps.db
    .selectFrom("crm_users")
    .select(["phone", "email", "fetched_at"])
    .where("tenant", "=", who.tenant)
    .where("account_id", "=", who.accountId)
    .where("crm_user_id", "=", who.crmUserId)
    .executeTakeFirst();
  if (access === null) return known ?? null;
  if (!known) return askProfile(deps, who, access);
  if (deps.clock.now() - known.fetched_at > FRESH_MS) askBehindThePage(deps, who, access);
  return known;
}

// Nobody waits for it, so whatever goes wrong is told here.
function askBehindThePage(deps: EmbedDeps, who: CrmUserKey, access: CrmAccess): void {
  askProfile(deps, who, access).catch((error: unknown) => {
    const message = `Refreshing a Follow Up Boss profile failed: ${toError(error).message}`;
    deps.journal.tell({ event: "embed.profile_failed", severity: "error", message, tenant: who.tenant });
  });
}

// Not reaching FUB is no reason to fail: the next rules may still tell who it is.
async function askProfile(deps: EmbedDeps, who: CrmUserKey, access: CrmAccess): Promise<CrmUser | null> {
  try {
    const user = await deps.crm.user(who.crmUserId, {
      access,
      priority: "interactive",
      timeoutMs: ASK_TIMEOUT_MS,
    });
    await remember(deps, who, user);
    return user;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    deps.journal.tell({
      event: "embed.profile_unknown",
      severity: "warn",
      message: `The Follow Up Boss profile of user ${who.crmUserId} could not be read: ${error.sentence}`,
      tenant: who.tenant,
    });
    return null;
  }
}

async function remember(deps: EmbedDeps, who: CrmUserKey, user: CrmUser): Promise<void> {
  const values = { name: user.name, email: user.email, phone: user.phone, fetched_at: deps.clock.now() };
  await deps.db
    .insertInto("crm_users")
    .values({ tenant: who.tenant, account_id: who.accountId, crm_user_id: who.crmUserId, ...values })
    .onConflict((conflict) => conflict.columns(["tenant", "account_id", "crm_user_id"]).doUpdateSet(values))
    .execute();
}
