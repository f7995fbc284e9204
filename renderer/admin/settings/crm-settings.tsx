// The brokerage in its CRM: which one, with which key, whether people and calls are written there.
import { CRM_PROVIDERS } from "../../../shared/settings.schema.ts";
import { Facts } from "../kit/facts.tsx";
import { Panel } from "../kit/panel.tsx";
import { SETTING_NAMES } from "../texts/setting-names.ts";
import { BROKERAGE } from "../texts/settings.ts";
import { CRM_NAMES } from "../texts/setup.ts";
import { SecretSetting, SelectSetting, SwitchSetting, TextSetting } from "./setting-input.tsx";
import { tenantPlace } from "./settings-draft.ts";
import { TestSavedKey } from "./test-saved-key.tsx";
import type { BrokerageProps } from "./use-settings-form.ts";

const CRMS = CRM_PROVIDERS.map((value) => ({ value, label: CRM_NAMES[value] }));

export function CrmSettings({ form, tenant }: BrokerageProps) {
  const crm = form.value(tenantPlace(tenant, "crm_sync_provider"));
  const track = form.view.tenants.find(({ domain_name }) => domain_name === tenant)?.track ?? "A";
  return (
    <Panel title={BROKERAGE.groups.crm}>
      <div className="stack-form">
        <Facts
          rows={[
            [SETTING_NAMES.tenant.domain_name ?? "", <code key="n">{tenant}</code>],
            [
              BROKERAGE.track,
              <span key="t">
                {BROKERAGE.tracks[track]}.{" "}
                <a href={`#/setup/${encodeURIComponent(tenant)}`}>{BROKERAGE.trackChange}</a>
              </span>,
            ],
          ]}
        />
        <SelectSetting form={form} tenant={tenant} name="crm_sync_provider" options={CRMS} />
        {crm === "rollout" ? (
          <>
            <TextSetting form={form} tenant={tenant} name="rollout_credential_id" ltr />
            <TextSetting form={form} tenant={tenant} name="rollout_consumer_key" ltr />
          </>
        ) : null}
        {crm === "none" ? null : (
          <>
            {crm === "followup_boss" ? (
              <SecretSetting form={form} tenant={tenant} name="fub_api_key" />
            ) : null}
            <SwitchSetting form={form} tenant={tenant} name="fub_sync_contacts" />
            <TestSavedKey form={form} tenant={tenant} />
          </>
        )}
      </div>
    </Panel>
  );
}
