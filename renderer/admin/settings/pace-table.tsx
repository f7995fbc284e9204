// How fast campaigns may go: at once and per minute, on each channel they use.
import { TextInput } from "@mantine/core";
import { CAMPAIGN_CHANNELS } from "../../../shared/campaign.schema.ts";
import { tenantFields } from "../../../shared/settings.schema.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { BROKERAGE } from "../texts/settings.ts";
import { asNumber } from "./setting-input.tsx";
import { tenantPlace } from "./settings-draft.ts";
import type { BrokerageProps } from "./use-settings-form.ts";

type Limit = number | string | undefined;
type Paces = Readonly<Record<string, Readonly<Record<string, Limit>> | undefined>>;
const LIMITS = [
  ["at_once", BROKERAGE.atOnce],
  ["per_minute", BROKERAGE.perMinute],
] as const;

export function PaceTable({ form, tenant }: BrokerageProps) {
  const can = useCanChange();
  const place = tenantPlace(tenant, "pace");
  const paces = form.value(place) as Paces;
  const put = (channel: string, name: string, text: string): void => {
    const { [name]: _before, ...others } = paces[channel] ?? {};
    const limit = text.trim() === "" ? {} : { [name]: asNumber(text) };
    form.change(place, { ...paces, [channel]: { ...others, ...limit } });
  };
  return (
    <fieldset className="stack-form">
      <legend className="field-label">{BROKERAGE.pace}</legend>
      <p className="field-hint">
        {tenantFields.pace.description} {BROKERAGE.paceNote}
      </p>
      <div className="field-grid field-pairs">
        {CAMPAIGN_CHANNELS.flatMap((channel) =>
          LIMITS.map(([name, label]) => {
            const error = form.errorAt(`${place}.${channel}.${name}`);
            return (
              <TextInput
                key={`${channel}/${name}`}
                label={BROKERAGE.paceOf(CHANNEL_NAMES[channel], label)}
                value={String(paces[channel]?.[name] ?? "")}
                readOnly={!can}
                inputMode="numeric"
                autoComplete="off"
                onChange={(event) => put(channel, name, event.currentTarget.value)}
                {...(error === undefined ? {} : { error })}
              />
            );
          }),
        )}
      </div>
    </fieldset>
  );
}
