// What the gateway kept by itself, and the way back to each of them.
import { useState } from "react";
import type { BackupState, RestorePoint } from "../../../shared/console/backup.schema.ts";
import { exactTime } from "../../ui/relative-time.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { Empty } from "../kit/load-state.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { Panel } from "../kit/panel.tsx";
import { saySize } from "../kit/say-size.ts";
import { When } from "../kit/when.tsx";
import { BACKUP } from "../texts/backup.ts";
import { useBegin, useWorkEnd } from "./use-backup.ts";
import { WorkOf } from "./work-progress.tsx";

const words = BACKUP.columns;

export function RestorePoints({ state }: { readonly state: BackupState }) {
  const [chosen, setChosen] = useState<RestorePoint | null>(null);
  const undo = useBegin();
  useWorkEnd(state, undo.data?.work, ({ state: how, problem }) => {
    if (how === "done") noticeDone(BACKUP.went);
    else noticeFailed(new Error(problem ?? ""));
  });
  const act = (): void => {
    if (chosen) undo.mutate({ path: "/restore/undo", body: { point: chosen.id } }, { onError: noticeFailed });
    setChosen(null);
  };
  const busy = state.work?.state === "working" || undo.isPending;
  return (
    <Panel title={BACKUP.points}>
      <div className="stack">
        <p>{BACKUP.pointsText}</p>
        <WorkOf work={state.work} of={["undo"]} />
        {state.points.length === 0 ? (
          <Empty title={BACKUP.pointsNone} text={BACKUP.pointsNoneText} />
        ) : (
          <PointTable points={state.points} busy={busy} onChoose={setChosen} />
        )}
      </div>
      <ConfirmDialog
        opened={chosen !== null}
        title={BACKUP.backTitle(chosen === null ? "" : exactTime(Date.parse(chosen.kept_at)))}
        text={BACKUP.backSure}
        name={null}
        act={BACKUP.back}
        onConfirm={act}
        onClose={() => setChosen(null)}
      />
    </Panel>
  );
}

interface TableProps {
  readonly points: readonly RestorePoint[];
  readonly busy: boolean;
  readonly onChoose: (point: RestorePoint) => void;
}

function PointTable({ points, busy, onChoose }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className="grid-scroll" tabIndex={0}>
      <table className="grid">
        <thead>
          <tr>
            {[words.kept, words.why, words.size, words.program].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.id}>
              <td>
                <When at={point.kept_at} exact />
              </td>
              <td>{BACKUP.reasons[point.reason]}</td>
              <td>{saySize(point.bytes)}</td>
              <td>{point.program}</td>
              <td>
                <ChangeButton
                  size="compact-xs"
                  variant="default"
                  disabled={busy}
                  onClick={() => onChoose(point)}
                >
                  {BACKUP.back}
                  <span className="sr-only"> {exactTime(Date.parse(point.kept_at))}</span>
                </ChangeButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
