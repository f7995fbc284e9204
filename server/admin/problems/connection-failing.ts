// "CRM connection test fails": the system key or the API key is missing, or Follow Up Boss refuses it.
import { isoTime } from "../../base/clock.ts";
import { accessId } from "../../crm/choose-access.ts";
import { PLACES } from "../console-places.ts";
import { VAULT_REMEDY } from "../vault-remedy.ts";
import { type Detector, found, ok, unknown } from "./problem-facts.ts";

export const findConnectionFailing: Detector = async (deps, { tenant, last }) => {
  const slug = tenant.domain_name;
  if (tenant.crm_sync_provider !== "followup_boss")
    return unknown("The brokerage does not work with Follow Up Boss.");
  const vault = deps.settings.vault();
  if (!vault.ok)
    return found({ sentence: vault.sentence, remedy: VAULT_REMEDY, action: PLACES.settings(), said: true });
  if (!deps.settings.secret("platform/FUB_SYSTEM_KEY")) {
    return found({
      sentence: "FUB_SYSTEM_KEY is not configured: no Follow Up Boss feature works without it.",
      remedy: "Register the gateway as a system at Follow Up Boss and enter its key.",
      action: PLACES.settings(),
    });
  }
  const key = deps.settings.secret(`tenant/${slug}/fub_api_key`);
  const userKeys = tenant.users.flatMap(
    (user) => deps.settings.secret(`user/${slug}/${user.id}/fub_api_key`) ?? [],
  );
  if (!key && (tenant.track === "A" || userKeys.length === 0)) {
    const sentence = "No Follow Up Boss API key is set.";
    const remedy = "Enter the key from Follow Up Boss, Admin, API, and save before you test.";
    return found({ sentence, remedy, action: PLACES.setup(slug) });
  }
  const refused = await last("key.refused");
  const keys = [key, ...userKeys].filter((one) => one !== undefined);
  const checked = await deps.db
    .selectFrom("crm_identities")
    .select(["access_id", "checked_at"])
    .where("access_id", "in", keys.map(accessId))
    .execute();
  if (refused && checked.length < keys.length) {
    const remedy =
      "Replace the key with the one Follow Up Boss shows under Admin, API, save, and test again.";
    return found({ sentence: refused.message, remedy, action: PLACES.setup(slug), entry: refused });
  }
  const newest = Math.max(0, ...checked.map(({ checked_at }) => checked_at));
  return newest > 0
    ? ok(`Follow Up Boss accepted the key, last asked ${isoTime(newest)}.`)
    : unknown("Follow Up Boss was not asked yet.");
};
