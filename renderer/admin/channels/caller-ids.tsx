// What contacts see when an agent calls over Twilio: each agent's number, whether Twilio lets it be shown, and the button
// that has Twilio call the agent to find out.
import { useState } from "react";
import {
  type CallerIds as Answer,
  callerIdsSchema,
  verifyingSchema,
} from "../../../shared/console/channels.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Phone } from "../kit/phone.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useChange, useRead } from "../kit/use-read.ts";
import { savedAt, tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { CALLER_IDS } from "../texts/channels.ts";
import { KIT } from "../texts/kit.ts";
import { CALLER_IDS_PATH, VerifyCallerId } from "./verify-caller-id.tsx";

type Agent = Answer["agents"][number];
const TIMEOUT_MS = 60_000;

export function CallerIds({ form, tenant }: BrokerageProps) {
  const account = savedAt(form.view, tenantPlace(tenant, "twilio_account_sid"));
  const ids = useRead(CALLER_IDS_PATH, callerIdsSchema, { query: { tenant }, enabled: Boolean(account) });
  const [chosen, setChosen] = useState<string | null>(null);
  const call = useChange(verifyingSchema, [CALLER_IDS_PATH]);
  const verify = ({ user_id }: Agent): void => {
    setChosen(user_id);
    call.mutate({ path: CALLER_IDS_PATH, body: { tenant, user_id }, timeoutMs: TIMEOUT_MS });
  };
  return (
    <section className="stack" aria-label={CALLER_IDS.title}>
      <h4 className="field-label">{CALLER_IDS.title}</h4>
      <p className="field-hint">{CALLER_IDS.note}</p>
      {account ? (
        <div className="fill">
          <Loaded of={ids} lines={3}>
            {({ agents }) =>
              agents.length === 0 ? (
                <Empty title={CALLER_IDS.none} text={CALLER_IDS.noneText}>
                  <a href={`#/agents?tenant=${encodeURIComponent(tenant)}`}>{CALLER_IDS.agents}</a>
                </Empty>
              ) : (
                <AgentTable agents={agents} onVerify={verify} />
              )
            }
          </Loaded>
        </div>
      ) : (
        <p className="quiet">{CALLER_IDS.waits}</p>
      )}
      <VerifyCallerId
        tenant={tenant}
        agent={ids.data?.agents.find(({ user_id }) => user_id === chosen) ?? null}
        said={call.data ?? null}
        error={call.error}
        onClose={() => {
          setChosen(null);
          call.reset();
        }}
      />
    </section>
  );
}

function AgentTable({
  agents,
  onVerify,
}: {
  readonly agents: readonly Agent[];
  readonly onVerify: (agent: Agent) => void;
}) {
  const { agent: head, number, state, act } = CALLER_IDS.columns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className="grid-scroll caller-ids" tabIndex={0}>
      <table className="grid" aria-label={CALLER_IDS.table}>
        <thead>
          <tr>
            {[head, number, state, act].map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.user_id}>
              <th scope="row">
                <bdi>{agent.name || agent.user_id}</bdi>
              </th>
              <td>
                {agent.number === null ? (
                  <span className="quiet">{CALLER_IDS.noNumber}</span>
                ) : (
                  <Phone value={agent.number} />
                )}
              </td>
              <td>
                <Shown agent={agent} />
              </td>
              <td>
                {mayVerify(agent) ? (
                  <ChangeButton size="compact-xs" variant="default" onClick={() => onVerify(agent)}>
                    {CALLER_IDS.verify}
                    <span className="sr-only"> {CALLER_IDS.verifyOf(agent.name || agent.user_id)}</span>
                  </ChangeButton>
                ) : (
                  <span className="quiet">{KIT.none}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const mayVerify = ({ uses, number, verified }: Agent): boolean =>
  uses === "own_phone" && number !== null && !verified;

function Shown({ agent }: { readonly agent: Agent }) {
  if (agent.uses === "twilio_number" || agent.number === null) return <span>{CALLER_IDS.twilio}</span>;
  return agent.verified ? (
    <StateBadge tone="ok" word={CALLER_IDS.verified} plain />
  ) : (
    <StateBadge tone="wait" word={CALLER_IDS.waiting} plain />
  );
}
