// Agents of all brokerages by name, for the palette.
import { settingsViewSchema } from "../../../shared/console/settings.schema.ts";
import { useRead } from "../kit/use-read.ts";

export interface AgentName {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
}

/** Empty until the settings were read. */
export function useAgents(enabled: boolean): readonly AgentName[] {
  const settings = useRead("/settings", settingsViewSchema, { enabled });
  return (settings.data?.tenants ?? []).flatMap(({ domain_name, users }) =>
    users.map(({ id, name }) => ({ tenant: domain_name, id, name: name || id })),
  );
}
