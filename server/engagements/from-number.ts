// The number an outreach goes out from: caller ID, and where an agent is bridged to.
import type { TenantSettings, UserSettings } from "../../shared/settings.schema.ts";
import { toE164 } from "../base/phone-numbers.ts";

/** The agent's own outreach phone in E.164 (seed 000, "Per-user settings"); undefined when none is set. */
export const agentNumber = (user: Readonly<UserSettings> | undefined): string | undefined =>
  toE164(user?.default_broker_phone) ?? toE164(user?.display_number);

/** The agent's number, else the brokerage's. */
export const fromNumber = (
  tenant: Readonly<TenantSettings>,
  user: Readonly<UserSettings> | undefined,
): string | null => agentNumber(user) ?? toE164(tenant.default_broker_phone) ?? null;
