// The second column of a step: the very fields it is about; a key can be tried before it is saved. All steps share one
// draft, so that nothing typed is lost on the way to the next.
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { SETUP } from "../texts/setup.ts";
import { type FieldRef, keyOf, refOf } from "./field-ref.ts";
import { RegisterWebhook } from "./register-webhook.tsx";
import { SettingField } from "./setting-field.tsx";
import { TestConnection } from "./test-connection.tsx";
import type { DraftForm } from "./use-draft.ts";

/** Not a setting: the button that registers the webhooks. */
const WEBHOOK = "webhook";

export function StepHere({ step, slug, form }: { step: GuideStep; slug: string; form: DraftForm }) {
  const refs = step.here
    .map((here) => refOf(here, slug, step.user_id))
    .filter((ref): ref is FieldRef => ref !== null && ref.name !== "track");
  const fields = refs.filter(({ name }) => name !== WEBHOOK);
  const key = fields.find(({ name }) => name === "fub_api_key");
  const webhook = refs.length > fields.length || step.copy.some(({ text }) => text.includes("/webhook/"));
  if (fields.length === 0 && !webhook) return <p className="quiet">{SETUP.nothingHere}</p>;
  return (
    <form
      className="step-form"
      aria-label={`${SETUP.columns.here}: ${step.title}`}
      onSubmit={(event) => {
        event.preventDefault();
        saveForm(form);
      }}
    >
      {fields.map((field) => (
        <SettingField key={keyOf(field)} form={form} field={field} />
      ))}
      {key === undefined ? null : <TestConnection form={form} field={key} />}
      {webhook ? <RegisterWebhook slug={slug} /> : null}
    </form>
  );
}

export function saveForm(form: DraftForm, onDone?: () => void): void {
  if (form.draft.size > 0 && form.faults.length === 0 && !form.saving.busy) form.save(onDone);
}
