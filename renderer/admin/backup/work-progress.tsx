// How far long work has come, for the eye and the ear.
import { Progress } from "@mantine/core";
import type { BackupWork } from "../../../shared/console/backup.schema.ts";
import { KIT } from "../texts/kit.ts";

export function WorkProgress({ step, share }: { readonly step: string; readonly share: number | null }) {
  const percent = share === null ? null : Math.floor(share * 100);
  const label = step === "" ? KIT.loading : step;
  return (
    <div className="work">
      <p className="work-step">
        <span role="status">{label}</span>
        <span className="quiet">{percent === null ? null : `${percent} %`}</span>
      </p>
      <Progress.Root>
        <Progress.Section
          value={percent ?? 100}
          animated={percent === null}
          striped={percent === null}
          aria-label={label}
        />
      </Progress.Root>
    </div>
  );
}

/** The work that goes on, if it is one of these. */
export function WorkOf({
  work,
  of,
}: {
  readonly work: BackupWork | null;
  readonly of: readonly BackupWork["what"][];
}) {
  return work?.state === "working" && of.includes(work.what) ? (
    <WorkProgress step={work.step} share={work.progress} />
  ) : null;
}
