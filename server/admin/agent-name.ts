// What an agent is called in the console: the name, else the id; null for the brokerage itself.
import type { AdminDeps } from "./admin-deps.ts";

export function agentName(
  deps: Pick<AdminDeps, "settings">,
  tenant: string,
  userId: string | null,
): string | null {
  const agent = deps.settings.tenant(tenant)?.users.find((user) => user.id === userId);
  return agent?.name || userId;
}
