// How often one person may be contacted: calls, texts and e-mail, per day and per week.
import { TextInput } from "@mantine/core";
import { useCanChange } from "../kit/can-change.tsx";
import { asNumber, docOf, nameOf } from "../settings/setting-input.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { RULES } from "../texts/contact.ts";

type Caps = Readonly<Record<string, Readonly<Record<string, number | string | undefined>> | undefined>>;
const KINDS = ["calls", "texts", "email"] as const;
const PERIODS = [
  ["per_day", RULES.perDay],
  ["per_week", RULES.perWeek],
] as const;

export function CapsTable({ form, tenant }: BrokerageProps) {
  const can = useCanChange();
  const place = tenantPlace(tenant, "contact_caps");
  const caps = form.value(place) as Caps;
  const setting = { tenant, name: "contact_caps" };
  const put = (kind: string, period: string, text: string): void => {
    const { [period]: _before, ...others } = caps[kind] ?? {};
    const cap = text.trim() === "" ? {} : { [period]: asNumber(text) };
    form.change(place, { ...caps, [kind]: { ...others, ...cap } });
  };
  return (
    <fieldset className="stack-form">
      <legend className="field-label">{nameOf(setting)}</legend>
      <p className="field-hint">
        {docOf(setting)} {RULES.capsNote}
      </p>
      <div className="field-grid field-pairs caps">
        {KINDS.flatMap((kind) =>
          PERIODS.map(([period, label]) => {
            const error = form.errorAt(`${place}.${kind}.${period}`);
            return (
              <TextInput
                key={`${kind}/${period}`}
                label={RULES.capOf(RULES.caps[kind], label)}
                value={String(caps[kind]?.[period] ?? "")}
                readOnly={!can}
                inputMode="numeric"
                autoComplete="off"
                onChange={(event) => put(kind, period, event.currentTarget.value)}
                {...(error === undefined ? {} : { error })}
              />
            );
          }),
        )}
      </div>
    </fieldset>
  );
}
