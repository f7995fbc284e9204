// What came to a webhook address but could not be proven genuine, each with the likely mistake.
import { useState } from "react";
import type { z } from "zod";
import { type rejectedDeliverySchema, rejectedPageSchema } from "../../../shared/delivery.schema.ts";
import type { Column } from "../kit/data-table.tsx";
import { Facts } from "../kit/facts.tsx";
import { goTo, keptQuery } from "../kit/hash-route.ts";
import { ListPanel } from "../kit/list-panel.tsx";
import { Empty, Loading } from "../kit/load-state.tsx";
import { Problem } from "../kit/problem.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { usePagedList } from "../kit/use-paged-list.ts";
import { useRest } from "../kit/use-rest.ts";
import { When } from "../kit/when.tsx";
import { REJECTED, WEBHOOKS } from "../texts/webhooks.ts";
import { RawDelivery } from "./raw-delivery.tsx";
import { useViewedTenant } from "./use-viewed-tenant.ts";
import { rejectedRoute } from "./webhook-routes.ts";

type Rejected = z.infer<typeof rejectedDeliverySchema>;
const words = REJECTED.columns;
const pick = (page: { readonly rejected: Rejected[]; readonly next: number | null }) => ({
  rows: page.rejected,
  next: page.next,
});

const COLUMNS: readonly Column<Rejected>[] = [
  {
    id: "why",
    header: words.why,
    width: "minmax(0, 1fr)",
    cell: ({ sentence }) => (
      <span className="entry">
        <ToneShape tone="wait" />
        <span className="ellipsis" dir="auto" title={sentence}>
          {sentence}
        </span>
      </span>
    ),
  },
  {
    id: "tenant",
    header: words.tenant,
    width: "160px",
    secondary: true,
    cell: ({ domain_name }) => <bdi className="quiet">{domain_name}</bdi>,
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    cell: ({ received_at }) => (
      <span className="quiet">
        <When at={received_at} />
      </span>
    ),
  },
];

export function RejectedPart() {
  const tenant = useViewedTenant();
  const [held, setHeld] = useState(false);
  const [, opened] = useRest();
  const list = usePagedList({
    path: "/rejected-deliveries",
    schema: rejectedPageSchema,
    query: { tenant },
    pick,
    held,
  });
  const shown = list.rows?.find(({ id }) => String(id) === opened);
  return (
    <>
      <p className="quiet">{REJECTED.note}</p>
      <ListPanel
        list={list}
        label={REJECTED.list}
        columns={COLUMNS}
        nameOf={({ sentence }) => REJECTED.row(sentence)}
        onOpen={({ id }) => goTo(`${rejectedRoute(id)}${keptQuery()}`)}
        openKey={opened ?? null}
        filtered={false}
        onHeld={setHeld}
        empty={<Empty title={REJECTED.none} text={REJECTED.noneText} />}
      />
      <SideDrawer
        opened={opened !== undefined}
        title={REJECTED.title}
        onClose={() => goTo(`/webhooks/rejected${keptQuery()}`)}
      >
        {shown === undefined ? (
          list.rows === null ? (
            <Loading />
          ) : (
            <Empty title={REJECTED.gone} />
          )
        ) : (
          <RejectedDetail rejected={shown} />
        )}
      </SideDrawer>
    </>
  );
}

function RejectedDetail({ rejected }: { readonly rejected: Rejected }) {
  return (
    <>
      <Problem
        tone="wait"
        cause={rejected.sentence}
        remedy={REJECTED.remedy}
        action={{ label: REJECTED.platform, to: "/settings/platform" }}
      />
      <Facts
        rows={[
          [WEBHOOKS.fields.arrived, <When key="w" at={rejected.received_at} exact />],
          [WEBHOOKS.fields.tenant, rejected.domain_name],
          [WEBHOOKS.fields.reason, REJECTED.reasons[rejected.reason] ?? rejected.reason],
        ]}
      />
      <RawDelivery headers={rejected.headers} body={rejected.body} />
    </>
  );
}
