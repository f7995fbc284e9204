// Registers this gateway's webhooks in Follow Up Boss for a brokerage, so that tags start outreach.
import { slotCheckSchema } from "../../../shared/console/webhook-slots.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { SETUP } from "../texts/setup.ts";

const LONG_MS = 120_000;

export function RegisterWebhook({ slug }: { readonly slug: string }) {
  const register = useChange(slotCheckSchema, ["/webhook-slots", "/tenants", "/home", "/problems"]);
  const run = (): void =>
    register.mutate({ path: "/webhook-slots/reconcile", body: { tenant: slug }, timeoutMs: LONG_MS });
  return (
    <div className="stack">
      <ChangeButton size="xs" variant="default" loading={register.isPending} onClick={run}>
        {SETUP.register}
      </ChangeButton>
      <div role="status" className="fill">
        {register.data === undefined ? null : (
          <Problem tone={register.data.registered ? "none" : "bad"} cause={register.data.message} />
        )}
      </div>
      {register.error === null ? null : <Failure error={register.error} retry={run} />}
    </div>
  );
}
