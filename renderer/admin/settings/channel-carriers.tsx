// Who carries each channel.
import { NativeSelect } from "@mantine/core";
import { PROVIDERS, type ProviderName, tenantFields } from "../../../shared/settings.schema.ts";
import { CHANNELS } from "../../../shared/values.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { BROKERAGE } from "../texts/settings.ts";
import { tenantPlace } from "./settings-draft.ts";
import type { BrokerageProps } from "./use-settings-form.ts";

type Carriers = Readonly<Record<string, ProviderName | undefined>>;
const OPTIONS = PROVIDERS.map((value) => ({ value, label: BROKERAGE.providers[value] }));

export function ChannelCarriers({ form, tenant }: BrokerageProps) {
  const can = useCanChange();
  const place = tenantPlace(tenant, "channels");
  const carriers = form.value(place) as Carriers;
  return (
    <fieldset className="stack-form">
      <legend className="field-label">{BROKERAGE.channels}</legend>
      <p className="field-hint">
        {tenantFields.channels.description} {BROKERAGE.simulatorNote}
      </p>
      <div className="field-grid">
        {CHANNELS.map((channel) => {
          const error = form.errorAt(`${place}.${channel}`);
          return (
            <NativeSelect
              key={channel}
              label={CHANNEL_NAMES[channel]}
              data={OPTIONS}
              value={carriers[channel] ?? "simulator"}
              disabled={!can}
              onChange={(event) => form.change(place, { ...carriers, [channel]: event.currentTarget.value })}
              {...(error === undefined ? {} : { error })}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
