// Follow Up Boss users who opened an app without being an agent here.
import type { IdentityMatrix } from "../../../shared/console/identity.schema.ts";
import { Panel } from "../kit/panel.tsx";
import { When } from "../kit/when.tsx";
import { AGENTS } from "../texts/agents.ts";

export function Strangers({ strangers }: { readonly strangers: IdentityMatrix["strangers"] }) {
  if (strangers.length === 0) return null;
  return (
    <Panel title={AGENTS.strangers}>
      <p className="quiet">{AGENTS.strangersNote}</p>
      <ul className="lines">
        {strangers.map(({ crm_user_id, account_domain, name, at, sentence }) => (
          <li key={`${account_domain ?? ""}/${crm_user_id}`} className="line">
            <div>
              <p dir="auto">
                <strong>{name ?? crm_user_id}</strong> <span className="quiet">{account_domain}</span>
              </p>
              <p dir="auto">{sentence}</p>
            </div>
            <When at={at} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
