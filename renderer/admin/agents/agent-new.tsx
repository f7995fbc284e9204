// A new agent: an id of their own, and the same fields as any other.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { userFields } from "../../../shared/settings.schema.ts";
import { useCanChange } from "../kit/can-change.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { UnsavedGuard } from "../kit/unsaved.tsx";
import { setupOf } from "../setup/draft.ts";
import { SaveTrouble } from "../setup/save-trouble.tsx";
import { useDraft } from "../setup/use-draft.ts";
import { AGENTS } from "../texts/agents.ts";
import { FIELD } from "../texts/setup.ts";
import { AgentFields } from "./agent-fields.tsx";
import { NEW_AGENT } from "./agent-routes.ts";

/** Why this cannot be a new agent's id; null when it can. */
export function idFault(id: string, taken: readonly string[]): string | null {
  if (id.trim() === "") return AGENTS.idMissing;
  if (!userFields.id.safeParse(id).success) return AGENTS.idBad;
  return taken.includes(id.trim()) ? AGENTS.idTaken : null;
}

interface Props {
  readonly tenant: string;
  readonly settings: SettingsView;
  readonly onDone: () => void;
}

export function AgentNew({ tenant, settings, onDone }: Props) {
  const [id, setId] = useState("");
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState(false);
  const form = useDraft(settings);
  const can = useCanChange();
  const brokerage = settings.tenants.find(({ domain_name }) => domain_name === tenant);
  const fault = idFault(id, brokerage?.users.map((user) => user.id) ?? []);
  const create = (): void => {
    setTried(true);
    if (fault !== null || form.faults.length > 0 || form.saving.busy) return;
    form.saving.save(newAgent(tenant, id.trim(), setupOf(form.draft)), settings.revision, () => {
      setDone(true);
      noticeDone(AGENTS.created(String(form.value(nameField(tenant))) || id.trim()));
      setTimeout(onDone);
    });
  };
  return (
    <form
      className="step-form"
      aria-label={AGENTS.drawerNew}
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <TextInput
        label={AGENTS.id}
        description={AGENTS.idHint}
        value={id}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        onChange={(event) => setId(event.currentTarget.value)}
        {...(tried && fault !== null ? { error: fault } : {})}
      />
      <AgentFields form={form} tenant={tenant} user={NEW_AGENT} track={brokerage?.track ?? "A"} />
      <SaveTrouble form={form} />
      {tried && form.faults.length > 0 ? <p className="tone-bad">{FIELD.faults}</p> : null}
      <div className="row">
        <Button type="submit" loading={form.saving.busy} disabled={!can}>
          {AGENTS.create}
        </Button>
      </div>
      <UnsavedGuard dirty={!done && (id !== "" || form.draft.size > 0)} />
    </form>
  );
}

const nameField = (tenant: string) => ({ scope: "user", tenant, user: NEW_AGENT, name: "name" }) as const;

/** The draft was written for an agent without an id yet. */
function newAgent(tenant: string, id: string, setup: Record<string, unknown>): unknown {
  const [drafted] = (setup.tenants ?? []) as readonly { readonly users?: readonly object[] }[];
  return { tenants: [{ domain_name: tenant, users: [{ ...drafted?.users?.[0], id }] }] };
}
