// Rules about who is contacted when: those that can be set, and those that hold always.
import { Panel } from "../kit/panel.tsx";
import { BROKERAGE } from "../texts/settings.ts";
import { TextSetting } from "./setting-input.tsx";
import type { BrokerageProps } from "./use-settings-form.ts";

export function ContactRules({ form, tenant }: BrokerageProps) {
  return (
    <Panel title={BROKERAGE.groups.rules}>
      <div className="stack-form">
        <TextSetting form={form} tenant={tenant} name="cool_down_minutes" numeric />
        <div>
          <p>{BROKERAGE.alwaysOn}</p>
          <ul className="plain-list">
            {BROKERAGE.always.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </div>
      </div>
    </Panel>
  );
}
