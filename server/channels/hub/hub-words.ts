// Our words as the Hub writes them on the wire. Used by single starts and by batches.
import type { PlatformSettings } from "../../../shared/settings.schema.ts";
import type { CallType } from "../../../shared/values.ts";

/** Two of the four types are published as labels only, so their wire words are settings (facts: Hub, section 4). */
export function wireType(type: CallType, platform: Readonly<PlatformSettings>): string {
  if (type === "appointment_booking") return platform.HUB_APPOINTMENT_TYPE;
  return type === "confirmational" ? platform.HUB_CONFIRMATION_TYPE : type;
}

/** Origin of every outreach of ours; `source_org_id` is the tenant. */
export const HUB_SOURCE_SYSTEM = "followupboss";
