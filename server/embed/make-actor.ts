// Who an outreach from the embed goes out as: the mapped agent, else the brokerage (seed 000, "Per-user settings").
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { fromNumber } from "../engagements/from-number.ts";
import type { Actor } from "../engagements/start-request.ts";

export interface ActingUser {
  readonly userId: string | null;
  readonly crmUserId: string | null;
  readonly crmUserName: string | null;
  readonly actsWith: "tenant" | `user:${string}`;
}

/** Numbers and name are taken from today's settings, not from when the page was opened. */
export function makeActor(tenant: Readonly<TenantSettings>, acting: ActingUser): Actor {
  const user = tenant.users.find((candidate) => candidate.id === acting.userId);
  return {
    userId: user?.id ?? null,
    name: user?.name || acting.crmUserName || user?.id || null,
    crmUserId: acting.crmUserId,
    actsWith: acting.actsWith,
    fromNumber: fromNumber(tenant, user),
  };
}
