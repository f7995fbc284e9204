// Making a backup, or the one with which the gateway moves: a passphrase, progress, the file.
import { Button, Checkbox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { BackupState, BackupWork } from "../../../shared/console/backup.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { Panel } from "../kit/panel.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { saySize } from "../kit/say-size.ts";
import { When } from "../kit/when.tsx";
import { BACKUP } from "../texts/backup.ts";
import { NOTHING_TYPED, PassphraseFields, passphraseProblem, type Typed } from "./passphrase-fields.tsx";
import { useBegin } from "./use-backup.ts";
import { WorkOf } from "./work-progress.tsx";

interface Props {
  readonly state: BackupState;
}

export function MakeBackup({ state }: Props) {
  const [without, setWithout] = useState(false);
  const forced = state.keys_problem !== null;
  const last = state.last_backup;
  return (
    <Panel title={BACKUP.make} aside={<LastBackup at={last?.at ?? null} />}>
      <BackupForm state={state} what="backup" text={BACKUP.makeText} without={without || forced}>
        {forced ? <Problem tone="wait" cause={BACKUP.keysProblem} remedy={state.keys_problem} /> : null}
        <Checkbox
          label={BACKUP.withoutKeys}
          description={BACKUP.withoutKeysHint}
          checked={without || forced}
          disabled={forced}
          onChange={(event) => setWithout(event.currentTarget.checked)}
        />
      </BackupForm>
    </Panel>
  );
}

function LastBackup({ at }: { readonly at: string | null }) {
  return (
    <span className="quiet">
      {at === null ? (
        BACKUP.lastNone
      ) : (
        <>
          {BACKUP.last} <When at={at} />
        </>
      )}
    </span>
  );
}

export function MoveGateway({ state }: Props) {
  return (
    <Panel title={BACKUP.move}>
      <BackupForm state={state} what="move" text={BACKUP.moveText} without={false} />
    </Panel>
  );
}

interface FormProps extends Props {
  readonly what: "backup" | "move";
  readonly text: string;
  readonly without: boolean;
  readonly children?: ReactNode;
}

function BackupForm({ state, what, text, without, children }: FormProps) {
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED);
  const [sent, setSent] = useState(false);
  const [asking, setAsking] = useState(false);
  const begin = useBegin();
  const { work } = state;
  const mine = work?.what === what ? work : null;
  const make = (): void => {
    setAsking(false);
    const body = { passphrase: typed.passphrase, without_secrets: without, move: what === "move" };
    begin.mutate(
      { path: "/backup", body },
      {
        onSuccess: () => {
          setTyped(NOTHING_TYPED);
          setSent(false);
        },
      },
    );
  };
  const send = (): void => {
    setSent(true);
    if (passphraseProblem(typed) !== null) return;
    if (what === "move") setAsking(true);
    else make();
  };
  const busy = work?.state === "working";
  return (
    <form
      className="stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) send();
      }}
    >
      <p>{text}</p>
      {busy && mine ? null : (
        <>
          <PassphraseFields typed={typed} onChange={setTyped} complain={sent} />
          {children}
          <div>
            <ChangeButton loading={begin.isPending} disabled={busy}>
              {what === "move" ? BACKUP.moveAct : BACKUP.act}
            </ChangeButton>
          </div>
        </>
      )}
      <WorkOf work={work} of={[what]} />
      <Finished work={mine} />
      {begin.error === null ? null : <Failure error={begin.error} />}
      <ConfirmDialog
        opened={asking}
        title={BACKUP.moveTitle}
        text={BACKUP.moveSure}
        name={null}
        act={BACKUP.moveAct}
        onConfirm={make}
        onClose={() => setAsking(false)}
      />
    </form>
  );
}

function Finished({ work }: { readonly work: BackupWork | null }) {
  if (work?.state === "failed") return <Problem cause={work.problem} />;
  if (work?.state !== "done" || work.file_name === null) return null;
  const size = saySize(work.bytes ?? 0);
  const moved = work.what === "move";
  return (
    <div role="status">
      <Problem
        tone="none"
        cause={moved ? BACKUP.moveReady(size) : BACKUP.ready(size)}
        remedy={moved ? BACKUP.moveReadyText : BACKUP.readyText}
      >
        <p className="notice-act">
          <Button
            component="a"
            size="xs"
            href={`/api/backup/file/${encodeURIComponent(work.id)}`}
            download={work.file_name}
          >
            {BACKUP.save}
          </Button>
        </p>
      </Problem>
    </div>
  );
}
