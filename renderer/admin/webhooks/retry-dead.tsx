// Sends again what was given up for one address.
import { z } from "zod";
import type { TargetHealth } from "../../../shared/fan-out.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { FORWARDING } from "../texts/forwarding.ts";

export const replayedSchema = z.object({ replayed: z.number() });

export function RetryDead({ target }: { readonly target: TargetHealth }) {
  const retry = useChange(replayedSchema, ["/fan-out", "/fan-out-attempts"]);
  if (target.dead === 0) return null;
  const act = (): void =>
    retry.mutate(
      { path: "/fan-out-attempts/replay", body: { tenant: target.domain_name, target: target.id } },
      { onSuccess: ({ replayed }) => noticeDone(FORWARDING.retried(replayed)), onError: noticeFailed },
    );
  return (
    <ChangeButton size="xs" loading={retry.isPending} onClick={act}>
      {FORWARDING.retryDead(target.dead)}
    </ChangeButton>
  );
}
