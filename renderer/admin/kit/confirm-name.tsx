// A destructive act that cannot be taken back asks for the name of the thing.
import { Button, Modal, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { KIT } from "../texts/kit.ts";

/** `name` null: nothing has to be typed, the dialog only asks once more. */
export function ConfirmDialog(props: {
  readonly opened: boolean;
  readonly title: string;
  readonly text: ReactNode;
  readonly name: string | null;
  /** "Remove acme" */
  readonly act: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  useEffect(() => {
    if (!props.opened) setTyped("");
  }, [props.opened]);
  const sure = props.name === null || typed.trim() === props.name;
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // Asked from within a form, it would send that one off too.
          event.stopPropagation();
          if (sure) props.onConfirm();
        }}
      >
        <div className="stack">
          <div dir="auto">{props.text}</div>
          {props.name === null ? null : (
            <TextInput
              label={KIT.confirm.type(props.name)}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
        </div>
        <div className="modal-actions">
          <Button variant="default" onClick={props.onClose}>
            {KIT.cancel}
          </Button>
          <Button type="submit" color="red.8" disabled={!sure}>
            {props.act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
