// One agent: what is not right, their fields, their latest outreach, removing them.
import type { IdentityProblem } from "../../../shared/console/identity.schema.ts";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import type { UserSettings } from "../../../shared/settings.schema.ts";
import { noticeDone } from "../kit/notices.tsx";
import { Problem } from "../kit/problem.tsx";
import { SaveBar, UnsavedGuard } from "../kit/unsaved.tsx";
import { SaveTrouble } from "../setup/save-trouble.tsx";
import { saveForm } from "../setup/step-here.tsx";
import { useDraft } from "../setup/use-draft.ts";
import { AGENTS } from "../texts/agents.ts";
import { FIELD } from "../texts/setup.ts";
import { AgentFields } from "./agent-fields.tsx";
import { AgentOutreach } from "./agent-outreach.tsx";
import { RemoveAgent } from "./remove-agent.tsx";

export function AgentEdit(props: {
  readonly tenant: string;
  readonly user: Readonly<UserSettings>;
  readonly settings: SettingsView;
  readonly problems: readonly IdentityProblem[];
  readonly onRemoved: () => void;
}) {
  const { tenant, user, settings } = props;
  const form = useDraft(settings);
  const track = settings.tenants.find(({ domain_name }) => domain_name === tenant)?.track ?? "A";
  const save = (): void => saveForm(form, () => noticeDone(AGENTS.saved));
  return (
    <>
      {props.problems.length === 0 ? null : (
        <section aria-label={AGENTS.problems}>
          {props.problems.map(({ id, severity, sentence, remedy }) => (
            <Problem
              key={`${id} ${sentence}`}
              tone={severity === "error" ? "bad" : "wait"}
              cause={sentence}
              remedy={remedy}
            />
          ))}
        </section>
      )}
      <form
        className="step-form"
        aria-label={user.name || user.id}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <AgentFields form={form} tenant={tenant} user={user.id} track={track} />
      </form>
      <SaveTrouble form={form} />
      <SaveBar
        changes={form.draft.size}
        saving={form.saving.busy}
        problem={form.faults.length > 0 ? FIELD.faults : null}
        onDiscard={form.discard}
        onSave={save}
      />
      <AgentOutreach tenant={tenant} user={user} />
      <RemoveAgent
        tenant={tenant}
        user={user}
        revision={settings.revision}
        onRemoved={() => {
          form.discard();
          props.onRemoved();
        }}
      />
      <UnsavedGuard dirty={form.draft.size > 0} />
    </>
  );
}
