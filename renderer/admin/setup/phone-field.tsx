// A phone number typed in any spelling; says how it will be stored and who has it already, before anything is saved.
import { TextInput } from "@mantine/core";
import { sayContact } from "../../ui/say-contact.ts";
import { FIELD, FIELD_NAMES } from "../texts/setup.ts";
import type { TypedProps } from "./field-props.ts";
import { faultOf, isOwnPhone } from "./field-ref.ts";
import { isAbroad, othersWith, readPhone } from "./read-phone.ts";

export function PhoneField({ form, field, hint, readOnly }: TypedProps) {
  const text = String(form.value(field));
  const e164 = readPhone(text);
  const others =
    e164 === null || field.scope !== "user" || !isOwnPhone(field)
      ? []
      : othersWith(form.settings, field.tenant, field.user, e164);
  const error = faultOf(field, text) ?? (others.length > 0 ? FIELD.taken(others.join(", ")) : null);
  return (
    <div className="phone-field">
      <TextInput
        label={FIELD_NAMES[field.scope]?.[field.name] ?? field.name}
        description={hint}
        type="tel"
        value={text}
        readOnly={readOnly}
        autoComplete="off"
        onChange={(event) => form.change(field, event.currentTarget.value)}
        {...(error === null ? {} : { error })}
      />
      <p className="field-hint" aria-live="polite">
        {e164 === null ? "" : sayReading(text, e164)}
      </p>
    </div>
  );
}

function sayReading(text: string, e164: string): string {
  if (isAbroad(e164)) return text === e164 ? "" : FIELD.abroad(e164);
  return text === e164 ? FIELD.read(sayContact(e164)) : FIELD.stored(sayContact(e164), e164);
}
