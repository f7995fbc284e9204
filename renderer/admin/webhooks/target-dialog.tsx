// Adds an address webhooks are forwarded to, or changes one.
import { Button, Modal, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { fanOutTargetSchema, type TargetHealth, targetSecretSchema } from "../../../shared/fan-out.schema.ts";
import { fieldErrors } from "../kit/field-errors.ts";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { FORWARDING } from "../texts/forwarding.ts";
import { KIT } from "../texts/kit.ts";
import { EventChoice } from "./event-choice.tsx";

const words = FORWARDING.form;
const TOUCHES = ["/fan-out", "/settings"];

export interface TargetDialogProps {
  readonly editing: { readonly tenant: string; readonly target: TargetHealth | null } | null;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

export function TargetDialog({ editing, onClose, onSecret }: TargetDialogProps) {
  const title =
    editing === null
      ? ""
      : editing.target === null
        ? words.addTitle(editing.tenant)
        : words.editTitle(editing.target.id);
  return (
    <Modal opened={editing !== null} onClose={onClose} title={title}>
      {editing === null ? null : (
        <TargetForm tenant={editing.tenant} target={editing.target} onClose={onClose} onSecret={onSecret} />
      )}
    </Modal>
  );
}

function useTarget(tenant: string, target: TargetHealth | null, done: (secret: string | null) => void) {
  const [id, setId] = useState(target?.id ?? "");
  const [url, setUrl] = useState(target?.url ?? "");
  const [events, setEvents] = useState((target?.events ?? []).filter((event) => event !== "*"));
  const [enabled, setEnabled] = useState(target?.enabled ?? true);
  const [inside, setInside] = useState(target?.allow_private ?? false);
  const add = useChange(targetSecretSchema, TOUCHES);
  const change = useChange(fanOutTargetSchema, TOUCHES);
  const fields = { url, events: events.length === 0 ? ["*"] : events, enabled, allow_private: inside };
  const path = `/fan-out/${encodeURIComponent(tenant)}`;
  const save = (): void => {
    if (target !== null)
      change.mutate(
        { path: `${path}/${encodeURIComponent(target.id)}/change`, body: fields },
        { onSuccess: () => done(null) },
      );
    else
      add.mutate(
        { path, body: { id, ...fields } },
        {
          onSuccess: ({ secret }) => {
            done(secret);
            add.reset();
          },
        },
      );
  };
  return {
    ...{ id, setId, url, setUrl, events, setEvents, enabled, setEnabled, inside, setInside, save },
    busy: add.isPending || change.isPending,
    error: add.error ?? change.error,
  };
}

function TargetForm({
  tenant,
  target,
  onClose,
  onSecret,
}: {
  readonly tenant: string;
  readonly target: TargetHealth | null;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}) {
  const form = useTarget(tenant, target, (secret) => {
    onClose();
    if (secret !== null) onSecret(secret);
  });
  const errors = fieldErrors(form.error);
  const at = (name: string) => (errors.has(name) ? { error: errors.get(name) } : {});
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      <div className="stack-form">
        {target === null ? (
          <TextInput
            label={words.id}
            description={words.idHint}
            required
            data-autofocus
            value={form.id}
            onChange={(event) => form.setId(event.currentTarget.value)}
            {...at("id")}
          />
        ) : null}
        <TextInput
          label={words.url}
          description={words.urlHint}
          required
          value={form.url}
          onChange={(event) => form.setUrl(event.currentTarget.value)}
          {...at("url")}
        />
        <EventChoice value={form.events} onChange={form.setEvents} error={errors.get("events")} />
        <Switch
          label={words.enabled}
          checked={form.enabled}
          onChange={(event) => form.setEnabled(event.currentTarget.checked)}
        />
        <Switch
          label={words.private}
          description={words.privateHint}
          checked={form.inside}
          onChange={(event) => form.setInside(event.currentTarget.checked)}
        />
        {form.error === null || errors.size > 0 ? null : <Failure error={form.error} />}
      </div>
      <div className="modal-actions">
        <Button variant="default" onClick={onClose}>
          {KIT.close}
        </Button>
        <Button type="submit" loading={form.busy}>
          {target === null ? words.add : words.save}
        </Button>
      </div>
    </form>
  );
}
