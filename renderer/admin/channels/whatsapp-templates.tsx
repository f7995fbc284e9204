// WhatsApp's approved templates: which text opens which outreach, and what its variables become.
import { Button, Checkbox, TextInput } from "@mantine/core";
import type { WhatsappTemplate } from "../../../shared/twilio-settings.schema.ts";
import { CALL_TYPE_NAMES, CALL_TYPE_ORDER } from "../../ui/wording.ts";
import { ChangeButton, useCanChange } from "../kit/can-change.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { TEMPLATES } from "../texts/channels.ts";
import { TemplateVariables } from "./template-variables.tsx";

const NEW: WhatsappTemplate = {
  name: "",
  content_sid: "",
  call_types: [...CALL_TYPE_ORDER],
  variables: { 1: "{first_name}" },
};

export function WhatsappTemplates({ form, tenant }: BrokerageProps) {
  const place = tenantPlace(tenant, "whatsapp_templates");
  const rows = form.value(place) as readonly WhatsappTemplate[];
  const put = (next: readonly WhatsappTemplate[]): void => form.change(place, next);
  return (
    <fieldset className="tag-table">
      <legend className="field-label">{TEMPLATES.title}</legend>
      <p className="field-hint">{rows.length === 0 ? TEMPLATES.none : TEMPLATES.note}</p>
      {rows.map((row, index) => (
        <Template
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
          key={index}
          number={index + 1}
          row={row}
          errorAt={(name) => form.errorAt(`${place}[${index}].${name}`)}
          onChange={(next) => put(rows.map((other, at) => (at === index ? next : other)))}
          onRemove={() => put(rows.filter((_other, at) => at !== index))}
        />
      ))}
      <div>
        <ChangeButton size="xs" variant="default" onClick={() => put([...rows, NEW])}>
          {TEMPLATES.add}
        </ChangeButton>
      </div>
    </fieldset>
  );
}

interface TemplateProps {
  readonly number: number;
  readonly row: WhatsappTemplate;
  readonly errorAt: (name: string) => string | undefined;
  readonly onChange: (row: WhatsappTemplate) => void;
  readonly onRemove: () => void;
}

function Template({ number, row, errorAt, onChange, onRemove }: TemplateProps) {
  const can = useCanChange();
  const field = (name: "name" | "content_sid", label: string) => {
    const error = errorAt(name);
    return (
      <TextInput
        label={label}
        value={row[name]}
        readOnly={!can}
        autoComplete="off"
        dir={name === "name" ? "auto" : "ltr"}
        onChange={(event) => onChange({ ...row, [name]: event.currentTarget.value })}
        {...(error === undefined ? {} : { error })}
      />
    );
  };
  return (
    <fieldset className="template">
      <legend className="sr-only">{TEMPLATES.one(number)}</legend>
      <div className="template-head">
        {field("name", TEMPLATES.name)}
        {field("content_sid", TEMPLATES.sid)}
      </div>
      <CallTypes row={row} error={errorAt("call_types")} onChange={onChange} />
      <TemplateVariables
        variables={row.variables}
        error={errorAt("variables")}
        onChange={(variables) => onChange({ ...row, variables })}
      />
      {can ? (
        <div>
          <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
            {TEMPLATES.remove}
            <span className="sr-only"> {row.name}</span>
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

function CallTypes({
  row,
  error,
  onChange,
}: Pick<TemplateProps, "row" | "onChange"> & { readonly error: string | undefined }) {
  const can = useCanChange();
  return (
    <Checkbox.Group
      label={TEMPLATES.types}
      value={row.call_types}
      onChange={(types) =>
        onChange({ ...row, call_types: CALL_TYPE_ORDER.filter((type) => types.includes(type)) })
      }
      {...(error === undefined ? {} : { error })}
    >
      <div className="check-row">
        {CALL_TYPE_ORDER.map((type) => (
          <Checkbox key={type} value={type} label={CALL_TYPE_NAMES[type]} disabled={!can} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
