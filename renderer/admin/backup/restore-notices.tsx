// What a restore or a move left for a person to decide: let outreach go on, take the gateway back.
import { useState } from "react";
import { type BackupState, backupStateSchema } from "../../../shared/console/backup.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { Problem } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { BACKUP } from "../texts/backup.ts";
import { useBegin, useWorkEnd } from "./use-backup.ts";
import { WorkOf } from "./work-progress.tsx";

export function RestoreNotices({ state }: { readonly state: BackupState }) {
  return (
    <>
      {state.restored === null ? null : <Restored restored={state.restored} />}
      {state.moved === null ? null : <Moved state={state} at={state.moved.at} />}
    </>
  );
}

function Restored({ restored }: { readonly restored: NonNullable<BackupState["restored"]> }) {
  const goOn = useChange(backupStateSchema, ["/backup", "/home", "/outreach"]);
  const act = (): void =>
    goOn.mutate(
      { path: "/restore/go-on" },
      { onSuccess: () => noticeDone(BACKUP.wentOn), onError: noticeFailed },
    );
  return (
    <Problem
      tone="wait"
      cause={
        <>
          {BACKUP.since[restored.how]} <When at={restored.made_at} exact />.{" "}
          {BACKUP.waited(restored.waiting, restored.people)}
        </>
      }
      remedy={BACKUP.goOnText}
    >
      <p>{BACKUP.optOuts}</p>
      <p className="notice-act">
        <ChangeButton size="xs" loading={goOn.isPending} onClick={act}>
          {BACKUP.goOn}
        </ChangeButton>
      </p>
    </Problem>
  );
}

function Moved({ state, at }: { readonly state: BackupState; readonly at: string }) {
  const [asking, setAsking] = useState(false);
  const begin = useBegin();
  useWorkEnd(state, begin.data?.work, ({ state: how, problem }) => {
    if (how === "done") noticeDone(BACKUP.takenBack);
    else noticeFailed(new Error(problem ?? ""));
  });
  const act = (): void => {
    setAsking(false);
    begin.mutate({ path: "/backup/take-back" }, { onError: noticeFailed });
  };
  return (
    <Problem
      tone="wait"
      cause={
        <>
          {BACKUP.moved} <When at={at} />.
        </>
      }
      remedy={BACKUP.movedText}
    >
      <p className="notice-act">
        <ChangeButton size="xs" variant="default" loading={begin.isPending} onClick={() => setAsking(true)}>
          {BACKUP.takeBack}
        </ChangeButton>
      </p>
      <WorkOf work={state.work} of={["take_back"]} />
      <ConfirmDialog
        opened={asking}
        title={BACKUP.takeBackTitle}
        text={BACKUP.takeBackSure}
        name={null}
        act={BACKUP.takeBack}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </Problem>
  );
}
