// The way back from practising: it ends, and what it made goes with it.
import { useState } from "react";
import {
  PRACTICE_TENANT,
  type SandboxCommand,
  sandboxSchema,
} from "../../../shared/console/sandbox.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { goTo } from "../kit/hash-route.ts";
import { noticeDone } from "../kit/notices.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { useTenant } from "../shell/tenant.tsx";
import { REHEARSE } from "../texts/setup.ts";
import { SANDBOX_TOUCH } from "./use-save.ts";

export function StopPractice() {
  const [asking, setAsking] = useState(false);
  const { tenants } = useTenant();
  const stop = useChange(sandboxSchema, SANDBOX_TOUCH);
  const act = (): void => {
    setAsking(false);
    const alone = tenants.every((tenant) => tenant === PRACTICE_TENANT);
    const done = (): void => {
      noticeDone(REHEARSE.stopped);
      // Back where it began, for whoever has nothing else here yet.
      if (alone) goTo("/");
    };
    // A promise, since the button goes with what it stops. What failed is shown beside it.
    const body: SandboxCommand = { action: "stop" };
    stop.mutateAsync({ path: "/sandbox", body, timeoutMs: 60_000 }).then(done, () => undefined);
  };
  return (
    <>
      <ChangeButton size="xs" variant="default" loading={stop.isPending} onClick={() => setAsking(true)}>
        {REHEARSE.stop}
      </ChangeButton>
      {stop.error === null ? null : <Failure error={stop.error} />}
      <ConfirmDialog
        opened={asking}
        title={REHEARSE.stopTitle}
        text={<Problem tone="none" cause={REHEARSE.stopText} />}
        name={null}
        act={REHEARSE.stop}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
