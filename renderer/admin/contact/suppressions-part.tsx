// Settings, Do not contact: who is not to be contacted and why, one entry in full at the side, adding, importing, ending.
import { useState } from "react";
import { type SuppressionPage, suppressionPageSchema } from "../../../shared/console/contact-rules.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { goTo, keptQuery } from "../kit/hash-route.ts";
import { ListPanel } from "../kit/list-panel.tsx";
import { Empty, Loading } from "../kit/load-state.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { usePagedList } from "../kit/use-paged-list.ts";
import { useRest } from "../kit/use-rest.ts";
import { ChooseBrokerage, NoBrokerage, useShownBrokerage } from "../settings/brokerage-part.tsx";
import type { BrokerageProps, SettingsForm } from "../settings/use-settings-form.ts";
import { IMPORT_LIST, LIST } from "../texts/contact.ts";
import { AddSuppression } from "./add-suppression.tsx";
import { ImportSuppressions } from "./import-suppressions.tsx";
import { suppressionName } from "./say-suppression.ts";
import { SUPPRESSION_COLUMNS } from "./suppression-columns.tsx";
import { SuppressionDetail } from "./suppression-detail.tsx";
import { SuppressionFilters, useSuppressionFilter } from "./suppression-filters.tsx";

const ROUTE = "/settings/do-not-contact";
const pick = ({ suppressions, next }: SuppressionPage) => ({ rows: suppressions, next });

export function SuppressionsPart({ form }: { readonly form: SettingsForm }) {
  const tenant = useShownBrokerage(form);
  if (tenant === null) return <NoBrokerage />;
  return (
    <>
      <ChooseBrokerage form={form} tenant={tenant} />
      <OfBrokerage key={tenant} tenant={tenant} />
    </>
  );
}

function OfBrokerage({ tenant }: Pick<BrokerageProps, "tenant">) {
  const { query, filtered } = useSuppressionFilter(tenant);
  const [held, setHeld] = useState(false);
  const [dialog, setDialog] = useState<"add" | "import" | null>(null);
  const [, opened] = useRest();
  const list = usePagedList({ path: "/suppressions", schema: suppressionPageSchema, query, pick, held });
  const shown = list.rows?.find(({ id }) => String(id) === opened);
  const close = (): void => setDialog(null);
  return (
    <>
      <div className="note-line">
        <p className="quiet">{LIST.note}</p>
        <div className="row">
          <ChangeButton size="xs" variant="default" onClick={() => setDialog("import")}>
            {IMPORT_LIST.open}
          </ChangeButton>
          <ChangeButton size="xs" onClick={() => setDialog("add")}>
            {LIST.add}
          </ChangeButton>
        </div>
      </div>
      <SuppressionFilters tenant={tenant} />
      <ListPanel
        list={list}
        label={LIST.table}
        columns={SUPPRESSION_COLUMNS}
        nameOf={suppressionName}
        onOpen={({ id }) => goTo(`${ROUTE}/${id}${keptQuery()}`)}
        openKey={opened ?? null}
        filtered={filtered}
        onHeld={setHeld}
        empty={<Empty title={LIST.none} text={LIST.noneText} />}
      />
      <SideDrawer
        opened={opened !== undefined}
        title={LIST.entry}
        onClose={() => goTo(`${ROUTE}${keptQuery()}`)}
      >
        {shown !== undefined ? (
          <SuppressionDetail key={shown.id} row={shown} />
        ) : list.rows === null ? (
          <Loading />
        ) : (
          <Empty title={LIST.gone} />
        )}
      </SideDrawer>
      <AddSuppression tenant={tenant} opened={dialog === "add"} onClose={close} />
      <ImportSuppressions tenant={tenant} opened={dialog === "import"} onClose={close} />
    </>
  );
}
