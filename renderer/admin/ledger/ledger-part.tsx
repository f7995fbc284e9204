// Outreach, Ledger: every attempt to contact somebody with what the rules said of it, one in words at the side, and all of
// them as a file.
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { type LedgerPage, ledgerPageSchema } from "../../../shared/console/contact-rules.schema.ts";
import { withQuery } from "../kit/api.ts";
import { goTo, keptQuery, useParams } from "../kit/hash-route.ts";
import { ListPanel } from "../kit/list-panel.tsx";
import { Empty, Loading } from "../kit/load-state.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { usePagedList } from "../kit/use-paged-list.ts";
import { useRest } from "../kit/use-rest.ts";
import { useTenant } from "../shell/tenant.tsx";
import { LEDGER } from "../texts/ledger.ts";
import { LEDGER_COLUMNS, ledgerName } from "./ledger-columns.tsx";
import { LedgerDetail } from "./ledger-detail.tsx";
import { LedgerFilters, useLedgerFilter } from "./ledger-filters.tsx";

const ROUTE = "/outreach/ledger";
const pick = ({ rows, next }: LedgerPage) => ({ rows, next });

/** One brokerage's at a time: the one of the route, else the one chosen in the rail, else the first. */
export function LedgerPart() {
  const [params, change] = useParams();
  const { one, tenants, known } = useTenant();
  const tenant = tenants.find((slug) => slug === params.tenant) ?? one;
  if (!known) return <Loading lines={8} />;
  if (tenant === null) return <Empty title={LEDGER.noTenant} text={LEDGER.noTenantText} />;
  return (
    <>
      {tenants.length < 2 ? null : (
        <NativeSelect
          className="choose-brokerage"
          label={LEDGER.brokerage}
          data={[...tenants]}
          value={tenant}
          onChange={(event) => change({ tenant: event.currentTarget.value })}
        />
      )}
      <OfBrokerage key={tenant} tenant={tenant} />
    </>
  );
}

function OfBrokerage({ tenant }: { readonly tenant: string }) {
  const { query, filtered } = useLedgerFilter(tenant);
  const [held, setHeld] = useState(false);
  const [, opened] = useRest();
  const list = usePagedList({ path: "/ledger", schema: ledgerPageSchema, query, pick, held });
  const shown = list.rows?.find(({ id }) => String(id) === opened);
  return (
    <>
      <div className="note-line">
        <p className="quiet">{LEDGER.note}</p>
        <Button
          component="a"
          size="xs"
          variant="default"
          href={withQuery("/api/ledger.csv", query)}
          download
          title={LEDGER.downloadHint}
        >
          {LEDGER.download}
        </Button>
      </div>
      <LedgerFilters tenant={tenant} />
      <ListPanel
        list={list}
        label={LEDGER.list}
        columns={LEDGER_COLUMNS}
        nameOf={ledgerName}
        onOpen={({ id }) => goTo(`${ROUTE}/${id}${keptQuery()}`)}
        openKey={opened ?? null}
        filtered={filtered}
        onHeld={setHeld}
        empty={<Empty title={LEDGER.none} text={LEDGER.noneText} />}
      />
      <SideDrawer
        opened={opened !== undefined}
        title={LEDGER.entry}
        onClose={() => goTo(`${ROUTE}${keptQuery()}`)}
      >
        {shown !== undefined ? (
          <LedgerDetail row={shown} />
        ) : list.rows === null ? (
          <Loading />
        ) : (
          <Empty title={LEDGER.gone} />
        )}
      </SideDrawer>
    </>
  );
}
