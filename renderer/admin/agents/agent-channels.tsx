// What an agent's outreach goes out from over Twilio and by e-mail: their own numbers, sender and address.
import { useState } from "react";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import type { FieldRef } from "../setup/field-ref.ts";
import { SettingField } from "../setup/setting-field.tsx";
import type { DraftForm } from "../setup/use-draft.ts";
import { AGENTS } from "../texts/agents.ts";

const TWILIO = ["twilio_number", "twilio_messaging_service_sid", "twilio_whatsapp_number", "caller_id"];
const MAIL = ["mail_from"];

/** Whether somebody's outreach of the brokerage really goes that way. */
function usesOf(settings: SettingsView, tenant: string) {
  const channels = settings.tenants.find(({ domain_name }) => domain_name === tenant)?.channels ?? {};
  const carriers = Object.values(channels);
  return { twilio: carriers.includes("twilio"), mail: carriers.includes("smtp") };
}

export function AgentChannels({
  form,
  tenant,
  field,
}: {
  readonly form: DraftForm;
  readonly tenant: string;
  readonly field: (name: string) => FieldRef;
}) {
  const { twilio, mail } = usesOf(form.settings, tenant);
  const given = [...TWILIO, ...MAIL].some(
    (name) => !["", "own_phone"].includes(String(form.value(field(name)))),
  );
  // Only as it opens: emptying the last field must not fold it away under the typing.
  const [open] = useState(twilio || mail || given);
  return (
    <details className="agent-channels" open={open}>
      <summary>{AGENTS.channels}</summary>
      <div className="step-form">
        <p className="quiet">
          {twilio || mail ? AGENTS.channelsNote : AGENTS.channelsUnused}{" "}
          <a href={`#/settings/channels?tenant=${encodeURIComponent(tenant)}`}>{AGENTS.channelsLink}</a>
        </p>
        {[...TWILIO, ...MAIL].map((name) => (
          <SettingField key={name} form={form} field={field(name)} />
        ))}
      </div>
    </details>
  );
}
