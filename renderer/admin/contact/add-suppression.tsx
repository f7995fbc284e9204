// Puts a number or an address on the do-not-contact list by hand.
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { addedSuppressionSchema } from "../../../shared/console/contact-rules.schema.ts";
import { CHANNEL_NAMES, CHANNEL_ORDER } from "../../ui/wording.ts";
import { fieldErrors } from "../kit/field-errors.ts";
import { noticeDone } from "../kit/notices.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { sentence } from "../settings/use-settings-form.ts";
import { LIST } from "../texts/contact.ts";
import { KIT } from "../texts/kit.ts";

const KINDS = (["do_not_call", "opt_out"] as const).map((value) => ({ value, label: LIST.kinds[value] }));
const SCOPES = [
  { value: "all", label: LIST.allChannels },
  ...CHANNEL_ORDER.map((value) => ({ value, label: CHANNEL_NAMES[value] })),
];

interface Props {
  readonly tenant: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function AddSuppression({ tenant, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={LIST.addTitle}>
      {opened ? <AddForm tenant={tenant} onClose={onClose} /> : null}
    </Modal>
  );
}

function AddForm({ tenant, onClose }: Omit<Props, "opened">) {
  const [contact, setContact] = useState("");
  const [kind, setKind] = useState<string>("do_not_call");
  const [scope, setScope] = useState("all");
  const [note, setNote] = useState("");
  const add = useChange(addedSuppressionSchema, ["/suppressions", "/home"]);
  const errors = fieldErrors(add.error);
  const wrong = errors.get("contact");
  const act = (): void =>
    add.mutate(
      { path: "/suppressions", body: { tenant, kind, contact: contact.trim(), scope, note: note.trim() } },
      {
        onSuccess: ({ added }) => {
          noticeDone(added ? LIST.added : LIST.known);
          onClose();
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (contact.trim() !== "") act();
      }}
    >
      <div className="stack-form">
        <TextInput
          label={LIST.contact}
          description={LIST.contactHint}
          value={contact}
          autoComplete="off"
          maxLength={254}
          dir="ltr"
          data-autofocus
          onChange={(event) => setContact(event.currentTarget.value)}
          {...(wrong === undefined ? {} : { error: sentence(wrong) })}
        />
        <NativeSelect
          label={LIST.kind}
          data={KINDS}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
        <NativeSelect
          label={LIST.scope}
          data={SCOPES}
          value={scope}
          onChange={(event) => setScope(event.currentTarget.value)}
        />
        <TextInput
          label={LIST.why}
          description={LIST.whyHint}
          value={note}
          maxLength={300}
          dir="auto"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {add.error === null || wrong !== undefined ? null : <Failure error={add.error} />}
      </div>
      <div className="modal-actions">
        <Button variant="default" onClick={onClose}>
          {KIT.close}
        </Button>
        <Button type="submit" loading={add.isPending} disabled={contact.trim().length < 3}>
          {LIST.addAct}
        </Button>
      </div>
    </form>
  );
}
