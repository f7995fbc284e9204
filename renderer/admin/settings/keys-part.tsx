// Where keys are kept, whether they can be used, and which are set.

import { Panel } from "../kit/panel.tsx";
import { Problem } from "../kit/problem.tsx";
import { saySecret } from "../kit/secret-field.tsx";
import { StateBadge, ToneShape } from "../kit/state-badge.tsx";
import { useNow } from "../kit/when.tsx";
import { KEYS } from "../texts/settings.ts";
import { sayPlace } from "./settings-trouble.tsx";
import type { SettingsForm } from "./use-settings-form.ts";

export function KeysPart({ form }: { readonly form: SettingsForm }) {
  const { vault, secrets } = form.view;
  const now = useNow();
  const names = Object.entries(secrets);
  return (
    <>
      <Panel
        title={KEYS.title}
        aside={<StateBadge tone={vault.ok ? "ok" : "bad"} word={vault.ok ? KEYS.ok : KEYS.bad} />}
      >
        <div className="stack">
          <p>
            <b>{KEYS.kinds[vault.kind]}</b>
          </p>
          {vault.ok ? <p>{vault.sentence}</p> : <Problem cause={vault.sentence} remedy={KEYS.remedy} />}
        </div>
      </Panel>
      <Panel title={KEYS.list}>
        <p className="quiet">{KEYS.note}</p>
        {names.length === 0 ? (
          <p>{KEYS.listNone}</p>
        ) : (
          <table className="grid">
            <thead>
              <tr>
                <th scope="col">{KEYS.columns.name}</th>
                <th scope="col">{KEYS.columns.state}</th>
              </tr>
            </thead>
            <tbody>
              {names.map(([name, facts]) => (
                <tr key={name}>
                  <th scope="row" dir="auto">
                    {sayPlace(`secrets.${name}`)}
                  </th>
                  <td title={facts.last_used?.sentence}>
                    <span className="row">
                      <ToneShape
                        tone={facts.last_used === null ? "none" : facts.last_used.accepted ? "ok" : "bad"}
                      />
                      {saySecret(facts, now)}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </>
  );
}
