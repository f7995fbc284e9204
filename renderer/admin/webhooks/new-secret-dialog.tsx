// A newly made signing secret, shown this once to be copied. Gone from the page as soon as it is closed.
import { Button, Modal } from "@mantine/core";
import { CopyField } from "../kit/copy-field.tsx";
import { FORWARDING } from "../texts/forwarding.ts";

const words = FORWARDING.secret;

export function NewSecretDialog({
  secret,
  onClose,
}: {
  readonly secret: string | null;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={words.title}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
    >
      <div className="stack-form">
        <p>{words.text}</p>
        {secret === null ? null : <CopyField label={words.label} value={secret} />}
      </div>
      <div className="modal-actions">
        <Button onClick={onClose}>{words.done}</Button>
      </div>
    </Modal>
  );
}
