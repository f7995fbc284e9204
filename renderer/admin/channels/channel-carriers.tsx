// Who carries each channel.
import { NativeSelect } from "@mantine/core";
import { CARRIES, PROVIDERS, type ProviderName } from "../../../shared/settings.schema.ts";
import { CHANNELS, type Channel } from "../../../shared/values.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { BROKERAGE } from "../texts/settings.ts";

export type Carriers = Readonly<Record<string, ProviderName | undefined>>;
const optionsFor = (channel: Channel) =>
  PROVIDERS.filter((value) => CARRIES[value].includes(channel)).map((value) => ({
    value,
    label: BROKERAGE.providers[value],
  }));

export function ChannelCarriers({ form, tenant }: BrokerageProps) {
  const can = useCanChange();
  const place = tenantPlace(tenant, "channels");
  const carriers = form.value(place) as Carriers;
  return (
    <fieldset className="field-grid">
      <legend className="sr-only">{BROKERAGE.channels}</legend>
      {CHANNELS.map((channel) => {
        const error = form.errorAt(`${place}.${channel}`);
        return (
          <NativeSelect
            key={channel}
            label={CHANNEL_NAMES[channel]}
            data={optionsFor(channel)}
            value={carriers[channel] ?? "simulator"}
            disabled={!can}
            onChange={(event) => form.change(place, { ...carriers, [channel]: event.currentTarget.value })}
            {...(error === undefined ? {} : { error })}
          />
        );
      })}
    </fieldset>
  );
}
