// The side panel of agents, opened from Agents and from the guide: one agent, a new one, or the import.
import type { IdentityRow } from "../../../shared/console/identity.schema.ts";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { Empty } from "../kit/load-state.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { AGENTS } from "../texts/agents.ts";
import { AgentEdit } from "./agent-edit.tsx";
import { AgentNew } from "./agent-new.tsx";
import { IMPORT_AGENTS, NEW_AGENT } from "./agent-routes.ts";
import { ImportAgents } from "./import-agents.tsx";

export interface AgentSideProps {
  readonly tenant: string;
  readonly settings: SettingsView;
  /** An agent's id, NEW_AGENT or IMPORT_AGENTS. */
  readonly opened: string | null;
  readonly row?: IdentityRow | null;
  readonly onClose: () => void;
}

export function AgentSide(props: AgentSideProps) {
  const { tenant, settings, opened, onClose } = props;
  const user = settings.tenants
    .find(({ domain_name }) => domain_name === tenant)
    ?.users.find(({ id }) => id === opened);
  return (
    <SideDrawer
      opened={opened !== null}
      title={titleOf(opened, user?.name || user?.id)}
      onClose={onClose}
      wide
    >
      {opened === NEW_AGENT ? <AgentNew tenant={tenant} settings={settings} onDone={onClose} /> : null}
      {opened === IMPORT_AGENTS ? (
        <ImportAgents tenant={tenant} settings={settings} onDone={onClose} />
      ) : null}
      {user === undefined ? null : (
        <AgentEdit
          key={user.id}
          tenant={tenant}
          user={user}
          settings={settings}
          problems={props.row?.problems ?? []}
          onRemoved={onClose}
        />
      )}
      {opened !== null && opened !== NEW_AGENT && opened !== IMPORT_AGENTS && user === undefined ? (
        <Empty title={AGENTS.gone} />
      ) : null}
    </SideDrawer>
  );
}

function titleOf(opened: string | null, name: string | undefined): string {
  if (opened === NEW_AGENT) return AGENTS.drawerNew;
  return opened === IMPORT_AGENTS ? AGENTS.drawerImport : (name ?? AGENTS.title);
}
