// Below the agents' part of the guide: add one, or take them over from Follow Up Boss.
import { Button } from "@mantine/core";
import { IMPORT_AGENTS, NEW_AGENT } from "../agents/agent-routes.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { SETUP } from "../texts/setup.ts";

export function AgentButtons(props: { readonly none: boolean; readonly onOpen: (what: string) => void }) {
  return (
    <div className="stack">
      {props.none ? <p className="quiet">{SETUP.noAgents}</p> : null}
      <div className="row">
        <ChangeButton size="xs" onClick={() => props.onOpen(NEW_AGENT)}>
          {SETUP.addAgent}
        </ChangeButton>
        <Button size="xs" variant="default" onClick={() => props.onOpen(IMPORT_AGENTS)}>
          {SETUP.importAgents}
        </Button>
      </div>
    </div>
  );
}
