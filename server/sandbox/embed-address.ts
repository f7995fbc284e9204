// The address under which a user of a pretend account opens one of the apps, on a person or on none. For the bench.
import { appAddress } from "./pages/render-app-frame.ts";
import type { SandboxAccount, SandboxApp } from "./sandbox-types.ts";

/** @throws Error when the account has no such user, person or app. */
export function embedAddress(
  gatewayUrl: string,
  account: SandboxAccount,
  userId: number,
  personId: number | null,
  kind: SandboxApp["kind"] = "embed",
): string {
  const user = account.users.find((candidate) => candidate.id === userId);
  const person = account.people.find((candidate) => candidate.id === personId);
  const app = account.apps.find((candidate) => candidate.kind === kind);
  if (!user || (!person && personId !== null) || !app)
    throw new Error(`${account.domain} has no user ${userId}, person ${personId} or ${kind} app`);
  return appAddress(gatewayUrl, app, { account, user, ...(person && { person }) });
}
