// Restoring a file: choose it, have it checked, read what it is, then let the gateway start again with it.
import { PasswordInput } from "@mantine/core";
import { useState } from "react";
import type { BackupAbout, BackupState } from "../../../shared/console/backup.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { Facts } from "../kit/facts.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { Panel } from "../kit/panel.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { When } from "../kit/when.tsx";
import { BACKUP } from "../texts/backup.ts";
import { sendFile } from "./send-file.ts";
import { useBegin, useWorkEnd } from "./use-backup.ts";
import { WorkOf, WorkProgress } from "./work-progress.tsx";

/** A file at the gateway whose passphrase was tried. */
interface Sent {
  readonly name: string;
  readonly passphrase: string;
}

export function RestoreFile({ state }: { readonly state: BackupState }) {
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [share, setShare] = useState<number | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [sent, setSent] = useState<Sent | null>(null);
  const check = useBegin();
  // Here, since what was checked is gone from sight once it is being restored.
  const restore = useBegin();
  useWorkEnd(state, restore.data?.work, ({ state: how }) => {
    if (how !== "done") return;
    setPassphrase("");
    noticeDone(BACKUP.restored);
  });
  const { work } = state;
  const busy = work?.state === "working" || share !== null || check.isPending;

  const forget = (): void => {
    setSent(null);
    setFailure(null);
    check.reset();
  };
  const act = async (): Promise<void> => {
    if (file === null || passphrase === "" || busy) return;
    forget();
    setShare(0);
    try {
      const name = await sendFile(file, setShare);
      setSent({ name, passphrase });
      check.mutate({ path: "/restore/check", body: { file: name, passphrase } });
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setShare(null);
    }
  };
  const checked = work?.what === "check" && work.id === check.data?.work ? work : null;
  return (
    <Panel title={BACKUP.restore}>
      <form
        className="stack-form"
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
      >
        <p>{BACKUP.restoreText}</p>
        <label className="file-field">
          <span className="field-label">{BACKUP.file}</span>
          <input
            type="file"
            accept=".gwbackup"
            disabled={busy}
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null);
              forget();
            }}
          />
        </label>
        <PasswordInput
          className="passphrase"
          label={BACKUP.filePassphrase}
          autoComplete="off"
          spellCheck={false}
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.currentTarget.value);
            forget();
          }}
        />
        <div>
          <ChangeButton variant="default" disabled={file === null || passphrase === "" || busy}>
            {BACKUP.check}
          </ChangeButton>
        </div>
        {share === null ? null : <WorkProgress step={BACKUP.sending} share={share} />}
        <WorkOf work={work} of={["check", "restore"]} />
        {failure === null ? null : <Failure error={failure} />}
        {check.error === null ? null : <Failure error={check.error} />}
        {checked?.state === "failed" ? <Problem cause={checked.problem} /> : null}
        {checked?.about && sent ? (
          <Checked
            about={checked.about}
            busy={restore.isPending}
            onRestore={() =>
              restore.mutate({ path: "/restore", body: { file: sent.name, passphrase: sent.passphrase } })
            }
          />
        ) : null}
        {restore.error === null ? null : <Failure error={restore.error} />}
        {work?.what === "restore" && work.state === "failed" ? <Problem cause={work.problem} /> : null}
      </form>
    </Panel>
  );
}

function Checked({
  about,
  busy,
  onRestore,
}: {
  readonly about: BackupAbout;
  readonly busy: boolean;
  readonly onRestore: () => void;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <div role="status">
      <Problem tone="none" cause={BACKUP.checked}>
        <Facts
          rows={[
            [BACKUP.about.made, <When key="made" at={about.made_at} exact />],
            [BACKUP.about.kind, BACKUP.kind[about.kind]],
            [BACKUP.about.keys, BACKUP.keys[about.secrets ? "true" : "false"]],
            [BACKUP.about.program, about.program],
          ]}
        />
        <p className="notice-act">
          <ChangeButton size="xs" loading={busy} onClick={() => setAsking(true)}>
            {BACKUP.restoreAct}
          </ChangeButton>
        </p>
      </Problem>
      <ConfirmDialog
        opened={asking}
        title={BACKUP.restoreTitle}
        text={BACKUP.restoreSure[about.kind]}
        name={null}
        act={BACKUP.restoreAct}
        onConfirm={() => {
          setAsking(false);
          onRestore();
        }}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
