// Settings, Contact rules: who opted out, how often one person is contacted, at which hours, and what holds always.
import { Panel } from "../kit/panel.tsx";
import { Problem } from "../kit/problem.tsx";
import { ChooseBrokerage, NoBrokerage, useShownBrokerage } from "../settings/brokerage-part.tsx";
import { RadioSetting, TextSetting } from "../settings/setting-input.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps, SettingsForm } from "../settings/use-settings-form.ts";
import { RULES } from "../texts/contact.ts";
import { BROKERAGE } from "../texts/settings.ts";
import { CapsTable } from "./caps-table.tsx";
import { HoursInForce } from "./hours-in-force.tsx";
import { HoursTester } from "./hours-tester.tsx";
import { LinesSetting } from "./lines-setting.tsx";

const choice = <Value extends string>(
  value: Value,
  words: Readonly<Record<Value | `${Value}Note`, string>>,
) => ({ value, label: words[value], note: words[`${value}Note`] });
const SCOPES = [choice("all", RULES.scopes), choice("channel", RULES.scopes)];
const MODES = [
  choice("real_channels", RULES.modes),
  choice("always", RULES.modes),
  choice("never", RULES.modes),
];

export function ContactRulesPart({ form }: { readonly form: SettingsForm }) {
  const tenant = useShownBrokerage(form);
  if (tenant === null) return <NoBrokerage />;
  const props = { form, tenant };
  return (
    <>
      <ChooseBrokerage {...props} />
      <Panel title={RULES.optOut}>
        <div className="stack-form">
          <p className="quiet">{RULES.optOutNote}</p>
          <RadioSetting {...props} name="opt_out_scope" choices={SCOPES} />
          <TextSetting {...props} name="opt_out_tag" />
          <LinesSetting key={tenant} {...props} name="blocking_tags" />
          <a href={`#/settings/do-not-contact?tenant=${encodeURIComponent(tenant)}`}>{RULES.list}</a>
        </div>
      </Panel>
      <Panel title={RULES.often}>
        <div className="stack-form">
          <CapsTable {...props} />
          <TextSetting {...props} name="cool_down_minutes" numeric />
        </div>
      </Panel>
      <Panel title={RULES.hours}>
        <Hours {...props} />
      </Panel>
      <HoursInForce />
      <HoursTester key={`tester ${tenant}`} tenant={tenant} />
      <Panel title={RULES.always}>
        <ul className="plain-list">
          {BROKERAGE.always.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Hours(props: BrokerageProps) {
  const mode = props.form.value(tenantPlace(props.tenant, "contact_hours"));
  return (
    <div className="stack-form">
      <RadioSetting {...props} name="contact_hours" choices={MODES} />
      {mode === "never" ? <Problem tone="wait" cause={RULES.never} remedy={RULES.neverHint} /> : null}
    </div>
  );
}
