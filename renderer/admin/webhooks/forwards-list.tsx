// What was forwarded lately, how it was received, and sending it again.
import { useState } from "react";
import { FORWARD_STATES, type Forward, forwardPageSchema } from "../../../shared/fan-out.schema.ts";
import type { Column } from "../kit/data-table.tsx";
import { FilterChips } from "../kit/filter-chips.tsx";
import { goTo, keptQuery, useParams } from "../kit/hash-route.ts";
import { ListPanel } from "../kit/list-panel.tsx";
import { Empty, Loading } from "../kit/load-state.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { usePagedList } from "../kit/use-paged-list.ts";
import { useRest } from "../kit/use-rest.ts";
import { When } from "../kit/when.tsx";
import { FORWARDING } from "../texts/forwarding.ts";
import { FORWARD_TONES, ForwardDetail } from "./forward-detail.tsx";
import { useViewedTenant } from "./use-viewed-tenant.ts";
import { forwardRoute } from "./webhook-routes.ts";

const words = FORWARDING.columns;
const pick = (page: { readonly attempts: Forward[]; readonly next: number | null }) => ({
  rows: page.attempts,
  next: page.next,
});
const STATES = FORWARD_STATES.map((value) => ({ value, label: FORWARDING.states[value] }));

const COLUMNS: readonly Column<Forward>[] = [
  {
    id: "state",
    header: words.state,
    width: "116px",
    cell: ({ state }) => <StateBadge tone={FORWARD_TONES[state]} word={FORWARDING.states[state]} plain />,
  },
  {
    id: "event",
    header: words.event,
    width: "minmax(120px, 1fr)",
    cell: ({ event }) => <code>{event}</code>,
  },
  {
    id: "target",
    header: words.target,
    width: "minmax(80px, 0.6fr)",
    cell: ({ target }) => <bdi>{target}</bdi>,
  },
  {
    id: "result",
    header: words.result,
    width: "minmax(0, 1.4fr)",
    secondary: true,
    cell: ({ result }) => (
      <span className="quiet ellipsis" dir="auto" title={result ?? ""}>
        {result}
      </span>
    ),
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    cell: ({ tried_at, created_at }) => (
      <span className="quiet">
        <When at={tried_at ?? created_at} />
      </span>
    ),
  },
];

export function ForwardsList() {
  const tenant = useViewedTenant();
  const [params, change] = useParams();
  const [held, setHeld] = useState(false);
  const [, opened] = useRest();
  const state = FORWARD_STATES.find((one) => one === params.state) ?? null;
  const list = usePagedList({
    path: "/fan-out-attempts",
    schema: forwardPageSchema,
    query: { tenant, state },
    pick,
    held,
  });
  const shown = list.rows?.find(({ id }) => String(id) === opened);
  return (
    <>
      <div className="filters">
        <h2>{FORWARDING.recent}</h2>
        <FilterChips
          label={FORWARDING.state}
          options={STATES}
          value={state}
          onChange={(next) => change({ state: next })}
        />
      </div>
      <ListPanel
        list={list}
        label={FORWARDING.recent}
        columns={COLUMNS}
        nameOf={(one) => FORWARDING.row(one.event, one.target, FORWARDING.states[one.state])}
        onOpen={({ id }) => goTo(`${forwardRoute(id)}${keptQuery()}`)}
        openKey={opened ?? null}
        filtered={state !== null}
        onHeld={setHeld}
        empty={<Empty title={FORWARDING.recentNone} text={FORWARDING.recentNoneText} />}
      />
      <SideDrawer
        opened={opened !== undefined}
        title={FORWARDING.forward}
        onClose={() => goTo(`/webhooks/forwarding${keptQuery()}`)}
      >
        {shown !== undefined ? (
          <ForwardDetail forward={shown} />
        ) : list.rows === null ? (
          <Loading />
        ) : (
          <Empty title={FORWARDING.gone} />
        )}
      </SideDrawer>
    </>
  );
}
