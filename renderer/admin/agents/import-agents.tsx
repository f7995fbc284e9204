// Takes people of a Follow Up Boss account over as agents: who is one already, who speaks against it, who is picked.
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { type CrmUsers, crmUsersSchema } from "../../../shared/console/crm-users.schema.ts";
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { UnsavedGuard } from "../kit/unsaved.tsx";
import { useRead } from "../kit/use-read.ts";
import { useSave } from "../setup/use-save.ts";
import { IMPORT } from "../texts/agents.ts";
import { KIT } from "../texts/kit.ts";
import { ImportRow, mayTake } from "./import-row.tsx";

interface Props {
  readonly tenant: string;
  readonly settings: SettingsView;
  readonly onDone: () => void;
}

export function ImportAgents({ tenant, settings, onDone }: Props) {
  const users = settings.tenants.find(({ domain_name }) => domain_name === tenant)?.users ?? [];
  const withKey = users.filter(({ id }) => `user/${tenant}/${id}/fub_api_key` in settings.secrets);
  const brokerage = `tenant/${tenant}/fub_api_key` in settings.secrets;
  const [key, setKey] = useState(brokerage ? "tenant" : (withKey[0]?.id ?? "tenant"));
  const people = useRead(`/tenants/${encodeURIComponent(tenant)}/crm-users`, crmUsersSchema, {
    query: { key },
  });
  return (
    <>
      {withKey.length === 0 ? null : (
        <NativeSelect
          label={IMPORT.with}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          data={[
            { value: "tenant", label: IMPORT.brokerageKey },
            ...withKey.map(({ id, name }) => ({ value: id, label: IMPORT.agentKey(name || id) })),
          ]}
        />
      )}
      <Loaded of={people} lines={6}>
        {(data) => (
          <People key={key} data={data} tenant={tenant} revision={settings.revision} onDone={onDone} />
        )}
      </Loaded>
    </>
  );
}

function People(props: {
  readonly data: CrmUsers;
  readonly tenant: string;
  readonly revision: string;
  readonly onDone: () => void;
}) {
  const { data } = props;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState(false);
  const { save, busy, error, conflict, keepMine } = useSave();
  const chosen = data.users.filter((row) => picked.has(row.crm_user_id) && mayTake(row));
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  const act = (): void => {
    const users = chosen.map(({ suggested_id, name, email, phones }) => ({
      id: suggested_id,
      name,
      email: email ?? "",
      default_broker_phone: phones.find(({ e164 }) => e164 !== null)?.e164 ?? "",
    }));
    save({ tenants: [{ domain_name: props.tenant, users }] }, props.revision, () => {
      setDone(true);
      noticeDone(IMPORT.done(users.length));
      setTimeout(props.onDone);
    });
  };
  return (
    <section aria-label={IMPORT.account(data.account.name ?? data.account.domain ?? data.account.id)}>
      <h3 dir="auto">{IMPORT.account(data.account.name ?? data.account.domain ?? data.account.id)}</h3>
      {data.complete ? null : <Problem tone="none" cause={IMPORT.partial} />}
      {data.users.some(mayTake) ? null : <Empty title={IMPORT.none} />}
      <ul className="lines">
        {data.users.map((row) => (
          <ImportRow
            key={row.crm_user_id}
            row={row}
            picked={picked.has(row.crm_user_id)}
            onPick={(on) => toggle(row.crm_user_id, on)}
          />
        ))}
      </ul>
      {error === null && conflict === null ? null : (
        <Failure
          error={error ?? new Error(KIT.conflict.title)}
          {...(conflict === null ? {} : { retry: keepMine })}
        />
      )}
      <div className="row">
        <ChangeButton loading={busy} disabled={chosen.length === 0} onClick={act}>
          {IMPORT.act(chosen.length)}
        </ChangeButton>
      </div>
      <UnsavedGuard dirty={!done && chosen.length > 0} />
    </section>
  );
}
