// The fields of one agent: the person, their phones, what they send from, their own key and app secrets.

import type { FieldRef } from "../setup/field-ref.ts";
import { SettingField } from "../setup/setting-field.tsx";
import { TestConnection } from "../setup/test-connection.tsx";
import type { DraftForm } from "../setup/use-draft.ts";
import { AGENTS } from "../texts/agents.ts";
import { AgentChannels } from "./agent-channels.tsx";

const PERSON = ["name", "email", "default_broker_phone", "display_number"];
const SECRETS = ["fub_embedded_app_secret", "fub_campaign_embedded_app_secret"];

export function AgentFields(props: {
  readonly form: DraftForm;
  readonly tenant: string;
  readonly user: string;
  readonly track: "A" | "B";
}) {
  const { form, tenant, user } = props;
  const field = (name: string): FieldRef => ({ scope: "user", tenant, user, name });
  const key = field("fub_api_key");
  return (
    <>
      {PERSON.map((name) => (
        <SettingField key={name} form={form} field={field(name)} />
      ))}
      <AgentChannels form={form} tenant={tenant} field={field} />
      <h3>{AGENTS.keys}</h3>
      <p className="quiet">{props.track === "B" ? AGENTS.keysNoteB : AGENTS.keysNoteA}</p>
      <SettingField form={form} field={key} />
      <TestConnection form={form} field={key} />
      {SECRETS.map((name) => (
        <SettingField key={name} form={form} field={field(name)} />
      ))}
    </>
  );
}
