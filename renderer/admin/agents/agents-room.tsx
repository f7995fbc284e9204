// Agents: the identity matrix of a brokerage, and one agent at the side.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { identityMatrixSchema } from "../../../shared/console/identity.schema.ts";
import { type SettingsView, settingsViewSchema } from "../../../shared/console/settings.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { goTo, useParams } from "../kit/hash-route.ts";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Panel, RoomHead } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { useRest } from "../kit/use-rest.ts";
import { useTenant } from "../shell/tenant.tsx";
import { AGENTS } from "../texts/agents.ts";
import { agentRoute, IMPORT_AGENTS, NEW_AGENT } from "./agent-routes.ts";
import { AgentSide } from "./agent-side.tsx";
import { IdentityTable } from "./identity-table.tsx";
import { Strangers } from "./strangers.tsx";

const EVERY_MS = 10_000;

/** "/agents", "/agents/<brokerage>", "/agents/<agent>?tenant=<brokerage>". */
export function AgentsRoom() {
  const settings = useRead("/settings", settingsViewSchema);
  const [named] = useRest();
  const [params] = useParams();
  const { one } = useTenant();
  return (
    <Loaded of={settings}>
      {(data) => {
        const slugs = data.tenants.map(({ domain_name }) => domain_name);
        const first = slugs.includes(one ?? "") ? (one ?? undefined) : slugs[0];
        const isBrokerage = params.tenant === undefined && named !== undefined && slugs.includes(named);
        const slug = params.tenant ?? (isBrokerage ? named : first);
        if (slug === undefined || !slugs.includes(slug)) return <NoBrokerage />;
        return (
          <OfBrokerage key={slug} slug={slug} settings={data} opened={isBrokerage ? null : (named ?? null)} />
        );
      }}
    </Loaded>
  );
}

function NoBrokerage() {
  return (
    <>
      <RoomHead title={AGENTS.title} />
      <Empty title={AGENTS.noBrokerage} text={AGENTS.noBrokerageText}>
        <Link href="/setup?new=1">{AGENTS.setUp}</Link>
      </Empty>
    </>
  );
}

interface OfProps {
  readonly slug: string;
  readonly settings: SettingsView;
  readonly opened: string | null;
}

function OfBrokerage({ slug, settings, opened }: OfProps) {
  const matrix = useRead(`/tenants/${encodeURIComponent(slug)}/identity`, identityMatrixSchema, {
    everyMs: EVERY_MS,
  });
  const none = settings.tenants.find(({ domain_name }) => domain_name === slug)?.users.length === 0;
  const buttons = (
    <>
      <Button size="xs" variant="default" onClick={() => goTo(agentRoute(slug, IMPORT_AGENTS))}>
        {AGENTS.import}
      </Button>
      <ChangeButton size="xs" onClick={() => goTo(agentRoute(slug, NEW_AGENT))}>
        {AGENTS.add}
      </ChangeButton>
    </>
  );
  return (
    <>
      <RoomHead title={AGENTS.titleOf(slug)} note={AGENTS.note}>
        {buttons}
      </RoomHead>
      <Panel title={AGENTS.matrix(slug)} flush>
        {none ? (
          <Empty title={AGENTS.none} text={AGENTS.noneText} />
        ) : (
          <Loaded of={matrix} lines={6}>
            {(data) => <IdentityTable matrix={data} onOpen={(id) => goTo(agentRoute(slug, id))} />}
          </Loaded>
        )}
      </Panel>
      <Strangers strangers={matrix.data?.strangers ?? []} />
      <AgentSide
        tenant={slug}
        settings={settings}
        opened={opened}
        row={matrix.data?.rows.find(({ user_id }) => user_id === opened) ?? null}
        onClose={() => goTo(agentRoute(slug))}
      />
    </>
  );
}
