// Forwarding: the brokerage's own addresses that are told of every webhook, how they do, and what was forwarded.
import { useState } from "react";
import { type TargetHealth, targetListSchema } from "../../../shared/fan-out.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { useTenant } from "../shell/tenant.tsx";
import { FORWARDING } from "../texts/forwarding.ts";
import { ForwardsList } from "./forwards-list.tsx";
import { NewSecretDialog } from "./new-secret-dialog.tsx";
import { TargetCard } from "./target-card.tsx";
import { TargetDialog } from "./target-dialog.tsx";
import { useViewedTenant } from "./use-viewed-tenant.ts";

type Editing = { readonly tenant: string; readonly target: TargetHealth | null } | null;

export function ForwardingPart() {
  const tenant = useViewedTenant();
  const { one } = useTenant();
  const targets = useRead("/fan-out", targetListSchema, { query: { tenant }, everyMs: 10_000 });
  const [editing, setEditing] = useState<Editing>(null);
  /** Held here only until the dialog is closed; nowhere else. */
  const [secret, setSecret] = useState<string | null>(null);
  const into = tenant ?? one;
  return (
    <>
      <Panel
        title={FORWARDING.targets}
        aside={
          into === null ? undefined : (
            <ChangeButton size="xs" onClick={() => setEditing({ tenant: into, target: null })}>
              {FORWARDING.add}
            </ChangeButton>
          )
        }
      >
        <p className="quiet">{FORWARDING.note}</p>
        <Loaded of={targets}>
          {({ targets: all }) =>
            all.length === 0 ? (
              <Empty title={FORWARDING.none} text={FORWARDING.noneText} />
            ) : (
              <ul className="targets">
                {all.map((target) => (
                  <li key={`${target.domain_name}/${target.id}`}>
                    <TargetCard
                      target={target}
                      onEdit={() => setEditing({ tenant: target.domain_name, target })}
                      onSecret={setSecret}
                    />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      <ForwardsList />
      <TargetDialog editing={editing} onClose={() => setEditing(null)} onSecret={setSecret} />
      <NewSecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
