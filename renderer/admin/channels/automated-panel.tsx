// Automated answers by a language model: what it will do and never does, where the model is, on which channels, up to where.
import { Checkbox, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import {
  AUTOMATED_CHANNELS,
  CONVERSATION_TENANT_SECRETS,
  conversationTenantFields,
} from "../../../shared/conversation-settings.schema.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import { Problem } from "../kit/problem.tsx";
import {
  SecretSetting,
  SelectSetting,
  SwitchSetting,
  TextSetting,
  useSetting,
} from "../settings/setting-input.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { AUTOMATED } from "../texts/channels.ts";
import { CarrierPanel } from "./carrier-panel.tsx";
import { TestChannel } from "./test-channel.tsx";

const NAMES = [
  ...Object.keys(conversationTenantFields).filter((name) => /^(llm_|automated_)/.test(name)),
  ...Object.keys(CONVERSATION_TENANT_SECRETS),
];
const TOKEN_FIELDS = (["max_tokens", "max_completion_tokens"] as const).map((value) => ({
  value,
  label: AUTOMATED.fields[value],
}));
const PRICES = ["llm_price_in", "llm_price_out"];
const LIMITS = ["llm_max_turns", "llm_max_minutes", "llm_max_cost", ...PRICES];

export function AutomatedPanel({ form, tenant }: BrokerageProps) {
  const props = { form, tenant };
  const channels = form.value(tenantPlace(tenant, "automated_channels")) as readonly string[];
  const [models, setModels] = useState<readonly string[]>([]);
  const uses = AUTOMATED_CHANNELS.filter((channel) => channels.includes(channel)).map(
    (channel) => CHANNEL_NAMES[channel],
  );
  return (
    <CarrierPanel {...props} title={AUTOMATED.title} note={AUTOMATED.note} uses={uses} names={NAMES}>
      <WhatItDoes />
      <Channels {...props} />
      {uses.length > 0 ? <Problem tone="none" cause={AUTOMATED.privacy} /> : null}
      <h3 className="form-part">{AUTOMATED.model}</h3>
      <TextSetting {...props} name="llm_url" ltr />
      <SwitchSetting {...props} name="llm_allow_private" />
      <SecretSetting {...props} name="llm_api_key" />
      <ModelName {...props} models={models} />
      <SelectSetting {...props} name="llm_tokens_field" options={TOKEN_FIELDS} />
      <TestChannel {...props} what="model" onTested={(tested) => setModels(tested.models ?? [])} />
      <h3 className="form-part">{AUTOMATED.limits}</h3>
      {LIMITS.map((name) => (
        <TextSetting key={name} {...props} name={name} numeric />
      ))}
      {uses.length > 0 && !PRICES.some((name) => Number(form.value(tenantPlace(tenant, name))) > 0) ? (
        <Problem tone="none" cause={AUTOMATED.noPrices} />
      ) : null}
    </CarrierPanel>
  );
}

function WhatItDoes() {
  return (
    <div className="does">
      {(
        [
          [AUTOMATED.does, AUTOMATED.doesList],
          [AUTOMATED.doesNot, AUTOMATED.doesNotList],
        ] as const
      ).map(([title, lines]) => (
        <section key={title} aria-label={title}>
          <h3>{title}</h3>
          <ul className="plain-list">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Channels(props: BrokerageProps) {
  const setting = { ...props, name: "automated_channels" };
  const { place, readOnly, shared } = useSetting(setting);
  const chosen = props.form.value(place) as readonly string[];
  return (
    <Checkbox.Group
      {...shared}
      value={[...chosen]}
      onChange={(next) =>
        props.form.change(
          place,
          AUTOMATED_CHANNELS.filter((channel) => next.includes(channel)),
        )
      }
    >
      <div className="check-row">
        {AUTOMATED_CHANNELS.map((channel) => (
          <Checkbox key={channel} value={channel} label={CHANNEL_NAMES[channel]} disabled={readOnly} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** Free text, with what the test found to choose from. */
function ModelName({ models, ...props }: BrokerageProps & { readonly models: readonly string[] }) {
  const { place, readOnly, shared } = useSetting({ ...props, name: "llm_model" });
  const list = useId();
  return (
    <>
      <TextInput
        {...shared}
        description={
          <>
            {shared.description} {models.length === 0 ? AUTOMATED.modelHint : null}
          </>
        }
        value={String(props.form.value(place) ?? "")}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        dir="ltr"
        list={list}
        onChange={(event) => props.form.change(place, event.currentTarget.value)}
      />
      <datalist id={list}>
        {models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </>
  );
}
