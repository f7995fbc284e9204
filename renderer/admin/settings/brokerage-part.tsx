// All settings of one brokerage.
import { Button, NativeSelect } from "@mantine/core";
import { keptQuery, useParams } from "../kit/hash-route.ts";
import { Empty } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { useTenant } from "../shell/tenant.tsx";
import { BROKERAGE, SETTINGS } from "../texts/settings.ts";
import { CrmSettings } from "./crm-settings.tsx";
import { PaceTable } from "./pace-table.tsx";
import { SecretSetting, SwitchSetting, TextSetting } from "./setting-input.tsx";
import { TagTable } from "./tag-table.tsx";
import type { BrokerageProps, SettingsForm } from "./use-settings-form.ts";

const groups = BROKERAGE.groups;

/** Which brokerage a part shows: the one of the route, else the one chosen in the rail, else the first. */
export function useShownBrokerage(form: SettingsForm): string | null {
  const [params] = useParams();
  const { one } = useTenant();
  const slugs = form.view.tenants.map(({ domain_name }) => domain_name);
  return (
    slugs.find((slug) => slug === params.tenant) ?? slugs.find((slug) => slug === one) ?? slugs[0] ?? null
  );
}

export function BrokeragePart({ form }: { readonly form: SettingsForm }) {
  const tenant = useShownBrokerage(form);
  if (tenant === null) return <NoBrokerage />;
  return (
    <>
      <ChooseBrokerage form={form} tenant={tenant} />
      <CrmSettings form={form} tenant={tenant} />
      <Panel title={groups.apps}>
        <div className="stack-form">
          <SecretSetting form={form} tenant={tenant} name="fub_embedded_app_secret" />
          <SecretSetting form={form} tenant={tenant} name="fub_campaign_embedded_app_secret" />
          <a href="#/webhooks/secrets">{BROKERAGE.doctor}</a>
        </div>
      </Panel>
      <Panel title={groups.tags}>
        <div className="stack-form">
          <p className="quiet">{BROKERAGE.tagsNote}</p>
          <TextSetting form={form} tenant={tenant} name="fub_start_call_tag" />
          <TagTable form={form} tenant={tenant} />
          <SecretSetting form={form} tenant={tenant} name="webhook_secret" />
          <a href="#/webhooks/slots">{BROKERAGE.webhooks}</a>
        </div>
      </Panel>
      <Panel title={groups.outreach}>
        <div className="stack-form">
          <TextSetting form={form} tenant={tenant} name="brokerage_name" />
          <TextSetting form={form} tenant={tenant} name="default_broker_phone" ltr />
          <PaceTable form={form} tenant={tenant} />
          <a href={`#/settings/channels${keptQuery()}`}>{BROKERAGE.channelsLink}</a>
          <a href={`#/settings/contact-rules${keptQuery()}`}>{BROKERAGE.rulesLink}</a>
        </div>
      </Panel>
      <Panel title={groups.hub}>
        <div className="stack-form">
          <TextSetting form={form} tenant={tenant} name="hub_url" ltr />
          <SwitchSetting form={form} tenant={tenant} name="hub_allow_private" />
          <SecretSetting form={form} tenant={tenant} name="hub_api_key" />
          <SecretSetting form={form} tenant={tenant} name="hub_webhook_secret" />
          <SwitchSetting form={form} tenant={tenant} name="hub_writes_to_crm" />
        </div>
      </Panel>
      <Panel title={groups.programs}>
        <SecretSetting form={form} tenant={tenant} name="call_management_api_key" />
      </Panel>
      <Panel title={groups.remove}>
        <p>
          {BROKERAGE.removeText} <a href={`#/setup/${encodeURIComponent(tenant)}`}>{BROKERAGE.removeLink}</a>
        </p>
      </Panel>
    </>
  );
}

export function NoBrokerage() {
  return (
    <Empty title={SETTINGS.noTenant} text={SETTINGS.noTenantText}>
      <Button component="a" href="#/setup" size="xs">
        {SETTINGS.setUp}
      </Button>
    </Empty>
  );
}

/** Nothing where there is only one. */
export function ChooseBrokerage({ form, tenant }: BrokerageProps) {
  const [, change] = useParams();
  const slugs = form.view.tenants.map(({ domain_name }) => domain_name);
  if (slugs.length < 2) return null;
  return (
    <NativeSelect
      className="choose-brokerage"
      label={SETTINGS.tenant}
      data={slugs}
      value={tenant}
      onChange={(event) => change({ tenant: event.currentTarget.value })}
    />
  );
}
