// One brokerage's places: event by place, who holds it, how it does; compared and mended with one click.
import { useState } from "react";
import {
  slotCheckSchema,
  slotsRemovedSchema,
  type WebhookSlot,
} from "../../../shared/console/webhook-slots.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { Empty } from "../kit/load-state.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { Panel } from "../kit/panel.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { SLOTS } from "../texts/webhooks.ts";
import { SlotGrid } from "./slot-grid.tsx";
import { isLimited } from "./use-slots.ts";

const TOUCHES = ["/webhook-slots", "/doctor", "/problems", "/home"];
/** Each account is asked in turn; a team in Track B has many. */
const LONG_MS = 120_000;

export function SlotsPanel({
  tenant,
  slots,
}: {
  readonly tenant: string;
  readonly slots: readonly WebhookSlot[];
}) {
  const check = useChange(slotCheckSchema, TOUCHES);
  const act = (): void =>
    check.mutate({ path: "/webhook-slots/reconcile", body: { tenant }, timeoutMs: LONG_MS });
  const accounts = [...new Set(slots.map(({ account }) => account))];
  return (
    <Panel
      title={SLOTS.title(tenant)}
      aside={
        slots.length === 0 ? undefined : (
          <div className="row">
            <RemoveOurs tenant={tenant} />
            <ChangeButton size="xs" loading={check.isPending} onClick={act}>
              {SLOTS.check}
            </ChangeButton>
          </div>
        )
      }
    >
      <div className="stack">
        <div role="status" className="fill">
          {check.data === undefined ? null : (
            <Problem tone={check.data.registered ? "none" : "bad"} cause={check.data.message} />
          )}
        </div>
        {check.error === null ? null : <Failure error={check.error} retry={act} />}
        {slots.length === 0 ? (
          <Empty title={SLOTS.none} text={SLOTS.noneText}>
            <ChangeButton size="xs" loading={check.isPending} onClick={act}>
              {SLOTS.register}
            </ChangeButton>
          </Empty>
        ) : (
          accounts.map((account) => (
            <SlotGrid
              key={account}
              title={accounts.length === 1 && account === "" ? null : SLOTS.account(account)}
              slots={slots.filter((slot) => slot.account === account)}
            />
          ))
        )}
        {slots.length === 0 ? null : (
          <p className="quiet small">{slots.every(isLimited) ? SLOTS.note : SLOTS.noteOther}</p>
        )}
      </div>
    </Panel>
  );
}

function RemoveOurs({ tenant }: { readonly tenant: string }) {
  const [asking, setAsking] = useState(false);
  const remove = useChange(slotsRemovedSchema, TOUCHES);
  const act = (): void => {
    setAsking(false);
    remove.mutate(
      { path: "/webhook-slots/remove", body: { tenant }, timeoutMs: LONG_MS },
      { onSuccess: ({ removed }) => noticeDone(SLOTS.removed(removed)), onError: noticeFailed },
    );
  };
  return (
    <>
      <ChangeButton size="xs" variant="default" loading={remove.isPending} onClick={() => setAsking(true)}>
        {SLOTS.remove}
      </ChangeButton>
      <ConfirmDialog
        opened={asking}
        title={SLOTS.removeTitle(tenant)}
        text={SLOTS.removeText}
        name={null}
        act={SLOTS.removeAct}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
