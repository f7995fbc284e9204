// Which agents' own phones may be shown by Twilio, and having one verified.
import type { CallerIds, Verifying } from "../../../shared/console/channels.schema.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import { listCallerIds, startVerification } from "../../channels/twilio/caller-ids.ts";
import { agentNumber } from "../../engagements/from-number.ts";
import type { AdminDeps } from "../admin-deps.ts";

/** @throws GatewayError tenant_not_found, channel_unavailable, or Twilio's. */
export async function readCallerIds(deps: AdminDeps, slug: string): Promise<CallerIds> {
  const tenant = tenantOf(deps, slug);
  const verified = new Set(
    (await listCallerIds(deps.twilioDeps, slug)).map(({ phoneNumber }) => phoneNumber),
  );
  const own = new Set(deps.twilioDeps.ownSenders(slug).numbers);
  return {
    agents: tenant.users.map((user) => {
      const number = agentNumber(user) ?? null;
      return {
        user_id: user.id,
        name: user.name || user.id,
        number,
        verified: number !== null && (verified.has(number) || own.has(number)),
        uses: user.caller_id,
      };
    }),
  };
}

/** @throws GatewayError not_found, invalid_phone, channel_unavailable, or Twilio's. */
export async function verifyCallerId(deps: AdminDeps, slug: string, userId: string): Promise<Verifying> {
  const user = tenantOf(deps, slug).users.find(({ id }) => id === userId);
  if (!user) throw new GatewayError("not_found", { sentence: `No agent has the id ${userId}.` });
  const number = agentNumber(user);
  if (number === undefined)
    throw new GatewayError("invalid_phone", { sentence: "This agent has no outreach phone yet." });
  const asked = { number, friendlyName: user.name || user.id };
  const started = await startVerification(deps.twilioDeps, slug, asked);
  await deps.journal.add(deps.db, {
    event: "twilio.verifying",
    tenant: slug,
    userId,
    message: `Twilio is calling the agent's phone to verify it as a caller ID`,
  });
  return started;
}

function tenantOf(deps: AdminDeps, slug: string): Readonly<TenantSettings> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  return tenant;
}
