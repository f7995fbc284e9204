// Routes of the agents' side panel: an agent, a new one, the import. "+" cannot stand in an agent's id.

export const NEW_AGENT = "+new";
export const IMPORT_AGENTS = "+import";

/** @param opened an agent's id, NEW_AGENT or IMPORT_AGENTS; null for the room alone */
export function agentRoute(tenant: string, opened: string | null = null): string {
  const path = opened === null ? "/agents" : `/agents/${encodeURIComponent(opened)}`;
  return `${path}?tenant=${encodeURIComponent(tenant)}`;
}
