// Ends an entry of the do-not-contact list in two steps: the gateway says what would follow, then the number or address is
// typed once more and a reason given.
import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { endedSuppressionSchema, type Suppression } from "../../../shared/console/contact-rules.schema.ts";
import { noticeDone } from "../kit/notices.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { LIST } from "../texts/contact.ts";
import { KIT } from "../texts/kit.ts";
import { isSame } from "./read-typed.ts";
import { whoOf } from "./say-suppression.ts";

const TOUCHES = ["/suppressions", "/home"];

interface Props {
  readonly row: Suppression;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function EndSuppression({ row, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={LIST.endTitle(whoOf(row))}>
      {opened ? <Steps row={row} onClose={onClose} /> : null}
    </Modal>
  );
}

function Steps({ row, onClose }: Omit<Props, "opened">) {
  const path = `/suppressions/${row.id}/end`;
  const { mutate: look, ...first } = useChange(endedSuppressionSchema);
  const end = useChange(endedSuppressionSchema, TOUCHES);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  // Without a confirmation nothing is changed: the answer only says what would follow.
  useEffect(() => look({ path, body: {} }), [look, path]);
  const sure = isSame(row, typed) && reason.trim() !== "" && first.data !== undefined;
  const act = (): void =>
    end.mutate(
      { path, body: { reason: reason.trim(), confirm: row.contact ?? row.person_id ?? typed.trim() } },
      {
        onSuccess: ({ sentence }) => {
          noticeDone(sentence);
          onClose();
        },
      },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (sure) act();
      }}
    >
      <div className="stack-form">
        <div role="status">
          {first.data === undefined ? (
            first.error === null ? (
              <p className="quiet">{LIST.looking}</p>
            ) : null
          ) : (
            <Problem tone="wait" cause={first.data.sentence} />
          )}
        </div>
        {first.error === null ? null : <Failure error={first.error} />}
        <TextInput
          label={LIST.endType(row.contact === null ? (row.person_id ?? "") : whoOf(row))}
          value={typed}
          autoComplete="off"
          dir="ltr"
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
          {...(typed.length > 2 && !isSame(row, typed) ? { error: LIST.endDiffers } : {})}
        />
        <Textarea
          label={LIST.endWhy}
          description={LIST.endWhyHint}
          value={reason}
          maxLength={300}
          rows={2}
          dir="auto"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {end.error === null ? null : <Failure error={end.error} />}
      </div>
      <div className="modal-actions">
        <Button variant="default" onClick={onClose}>
          {KIT.cancel}
        </Button>
        <Button type="submit" color="red.8" loading={end.isPending} disabled={!sure}>
          {LIST.endAct}
        </Button>
      </div>
    </form>
  );
}
