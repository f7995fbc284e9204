// One setting as a field: its name, its one-line doc, where its value comes from, and what is wrong with it.
import { NativeSelect, Radio, Switch, Textarea, TextInput } from "@mantine/core";
import {
  PLATFORM_SECRETS,
  platformFields,
  TENANT_SECRETS,
  tenantFields,
} from "../../../shared/settings.schema.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { SecretField } from "../kit/secret-field.tsx";
import { SETTING_NAMES } from "../texts/setting-names.ts";
import { lockOf, sayOrigin } from "./field-origin.ts";
import { platformPlace, secretPlace, tenantPlace } from "./settings-draft.ts";
import type { SettingsForm } from "./use-settings-form.ts";

export interface SettingProps {
  readonly form: SettingsForm;
  /** Slug; null for the platform. */
  readonly tenant: string | null;
  readonly name: string;
}
type Described = Readonly<Record<string, { readonly description?: string | undefined }>>;

export const placeOf = ({ tenant, name }: Pick<SettingProps, "tenant" | "name">): string =>
  tenant === null ? platformPlace(name) : tenantPlace(tenant, name);
export const nameOf = ({ tenant, name }: Pick<SettingProps, "tenant" | "name">): string =>
  SETTING_NAMES[tenant === null ? "platform" : "tenant"][name] ?? name;
export const docOf = ({ tenant, name }: Pick<SettingProps, "tenant" | "name">): string =>
  ((tenant === null ? platformFields : tenantFields) as Described)[name]?.description ?? "";

/** What all fields have in common. */
export function useSetting(props: SettingProps) {
  const can = useCanChange();
  const place = placeOf(props);
  const error = props.form.errorAt(place);
  const origin = <span className="origin">{sayOrigin(props.form.view, place)}</span>;
  return {
    place,
    origin,
    readOnly: !can || lockOf(props.form.view, place) !== undefined,
    shared: {
      label: nameOf(props),
      description: (
        <>
          {docOf(props)} {origin}
        </>
      ),
      ...(error === undefined ? {} : { error }),
    },
  };
}

export function TextSetting(props: SettingProps & { readonly numeric?: boolean; readonly ltr?: boolean }) {
  const { place, readOnly, shared } = useSetting(props);
  const value = props.form.value(place);
  return (
    <TextInput
      {...shared}
      value={value === undefined || value === null ? "" : String(value)}
      readOnly={readOnly}
      autoComplete="off"
      spellCheck={false}
      dir={props.ltr ? "ltr" : "auto"}
      {...(props.numeric ? { inputMode: "decimal" as const, classNames: { wrapper: "short" } } : {})}
      onChange={(event) => {
        const text = event.currentTarget.value;
        props.form.change(place, props.numeric ? asNumber(text) : text);
      }}
    />
  );
}

/** A number once it is one; what is being typed stays as it is. */
export const asNumber = (text: string): number | string =>
  /^\d+(\.\d*[1-9])?$/.test(text.trim()) ? Number(text) : text;

/** Text of several lines. */
export function AreaSetting(props: SettingProps & { readonly rows?: number; readonly maxLength: number }) {
  const { place, readOnly, shared } = useSetting(props);
  return (
    <Textarea
      {...shared}
      value={String(props.form.value(place) ?? "")}
      rows={props.rows ?? 3}
      maxLength={props.maxLength}
      readOnly={readOnly}
      dir="auto"
      onChange={(event) => props.form.change(place, event.currentTarget.value)}
    />
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What follows from it. */
  readonly note: string;
}

/** A choice among few, each with what follows from it in place of the setting's doc, which names them as files do. */
export function RadioSetting(props: SettingProps & { readonly choices: readonly Choice[] }) {
  const { place, readOnly, shared, origin } = useSetting(props);
  return (
    <Radio.Group
      {...shared}
      description={origin}
      value={String(props.form.value(place) ?? "")}
      onChange={(value) => props.form.change(place, value)}
    >
      <div className="radio-list">
        {props.choices.map(({ value, label, note }) => (
          <Radio key={value} value={value} label={label} description={note} disabled={readOnly} />
        ))}
      </div>
    </Radio.Group>
  );
}

export function SwitchSetting(props: SettingProps) {
  const { place, readOnly, shared } = useSetting(props);
  return (
    <Switch
      {...shared}
      checked={props.form.value(place) === true}
      disabled={readOnly}
      onChange={(event) => props.form.change(place, event.currentTarget.checked)}
    />
  );
}

export function SelectSetting(
  props: SettingProps & { readonly options: readonly Pick<Choice, "value" | "label">[] },
) {
  const { place, readOnly, shared } = useSetting(props);
  return (
    <NativeSelect
      {...shared}
      data={[...props.options]}
      value={String(props.form.value(place) ?? "")}
      disabled={readOnly}
      onChange={(event) => props.form.change(place, event.currentTarget.value)}
    />
  );
}

export function SecretSetting({ form, tenant, name }: SettingProps) {
  const can = useCanChange();
  const full = tenant === null ? `platform/${name}` : `tenant/${tenant}/${name}`;
  const docs: Readonly<Record<string, string>> = tenant === null ? PLATFORM_SECRETS : TENANT_SECRETS;
  const lock = lockOf(form.view, secretPlace(full));
  const error = form.errorAt(secretPlace(full));
  return (
    <SecretField
      label={nameOf({ tenant, name })}
      hint={lock === undefined ? (docs[name] ?? "") : sayOrigin(form.view, secretPlace(full))}
      facts={form.view.secrets[full] ?? null}
      value={form.secret(full)}
      onChange={(value) => form.changeSecret(full, value)}
      readOnly={!can || lock !== undefined}
      removable
      {...(error === undefined ? {} : { error })}
    />
  );
}
