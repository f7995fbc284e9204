// The address under which a user of a pretend account opens a person in the single-contact app. For the bench.
import { appAddress } from "./pages/render-app-frame.ts";
import type { SandboxAccount } from "./sandbox-types.ts";

/** @throws Error when the account has no such user, person or app. */
export function embedAddress(
  gatewayUrl: string,
  account: SandboxAccount,
  userId: number,
  personId: number,
): string {
  const user = account.users.find((candidate) => candidate.id === userId);
  const person = account.people.find((candidate) => candidate.id === personId);
  const app = account.apps.find((candidate) => candidate.kind === "embed");
  if (!user || !person || !app)
    throw new Error(`${account.domain} has no user ${userId}, person ${personId} or embed app`);
  return appAddress(gatewayUrl, app, { account, user, person });
}
