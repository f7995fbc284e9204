// One setting as a field, whatever kind it is: text, phone, switch, choice, secret; fixed ones say by whom.
import { NativeSelect, Switch, TextInput } from "@mantine/core";
import { CRM_PROVIDERS } from "../../../shared/settings.schema.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { Facts } from "../kit/facts.tsx";
import { SecretField } from "../kit/secret-field.tsx";
import { AGENTS } from "../texts/agents.ts";
import { CRM_NAMES, FIELD, FIELD_NAMES } from "../texts/setup.ts";
import type { FieldProps, TypedProps } from "./field-props.ts";
import { docOf, type FieldRef, faultOf, isPhone, isSecret, keyOf } from "./field-ref.ts";
import { PhoneField } from "./phone-field.tsx";

/** Settings with a few values to choose from; the first is the standard. */
const CHOICES: Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>> = {
  crm_sync_provider: CRM_PROVIDERS.map((value) => ({ value, label: CRM_NAMES[value] })),
  caller_id: (["own_phone", "twilio_number"] as const).map((value) => ({
    value,
    label: AGENTS.callerIds[value],
  })),
};

export const labelOf = ({ scope, name }: Pick<FieldRef, "scope" | "name">): string =>
  FIELD_NAMES[scope]?.[name] ?? name;

export function SettingField({ form, field }: FieldProps) {
  const can = useCanChange();
  const lock =
    field.scope === "platform" ? form.settings.locks.find(({ name }) => name === field.name) : undefined;
  const readOnly = !can || lock !== undefined;
  // The product's own line names this one's values as files do.
  const doc = field.name === "caller_id" ? AGENTS.callerIdHint : docOf(field);
  const hint = lock === undefined ? doc : FIELD.fixed(lock.by);
  if (isSecret(field)) return <Secret form={form} field={field} hint={hint} readOnly={readOnly} />;
  if (field.name === "domain_name" || field.name === "id") {
    const value = field.name === "id" ? field.user : field.tenant;
    return <Facts rows={[[labelOf(field), <code key="name">{value}</code>]]} />;
  }
  if (field.name === "fub_sync_contacts") {
    return (
      <Switch
        label={labelOf(field)}
        description={hint}
        checked={form.value(field) === true}
        disabled={readOnly}
        onChange={(event) => form.change(field, event.currentTarget.checked)}
      />
    );
  }
  const choices = CHOICES[field.name];
  if (choices !== undefined) {
    return (
      <NativeSelect
        label={labelOf(field)}
        description={hint}
        disabled={readOnly}
        value={String(form.value(field)) || choices[0]?.value}
        data={[...choices]}
        onChange={(event) => form.change(field, event.currentTarget.value)}
      />
    );
  }
  const Typed = isPhone(field) ? PhoneField : PlainField;
  return <Typed form={form} field={field} hint={hint} readOnly={readOnly} />;
}

function Secret({ form, field, hint, readOnly }: TypedProps) {
  const value = form.typed(field);
  return (
    <SecretField
      label={labelOf(field)}
      hint={hint}
      facts={form.settings.secrets[keyOf(field)] ?? null}
      value={typeof value === "boolean" ? undefined : value}
      onChange={(next) => form.change(field, next)}
      readOnly={readOnly}
      removable
    />
  );
}

function PlainField({ form, field, hint, readOnly }: TypedProps) {
  const text = String(form.value(field));
  const fault = faultOf(field, text);
  return (
    <TextInput
      label={labelOf(field)}
      description={hint}
      value={text}
      readOnly={readOnly}
      autoComplete="off"
      dir="auto"
      onChange={(event) => form.change(field, event.currentTarget.value)}
      {...(fault === null ? {} : { error: FIELD.fault(fault) })}
    />
  );
}
