// What was delivered, newest first, with the places above it; one in full at the side.
import { Button } from "@mantine/core";
import { useState } from "react";
import { type Delivery, deliveryPageSchema } from "../../../shared/delivery.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { goTo, keptQuery } from "../kit/hash-route.ts";
import { ListPanel } from "../kit/list-panel.tsx";
import { Empty } from "../kit/load-state.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { usePagedList } from "../kit/use-paged-list.ts";
import { useRest } from "../kit/use-rest.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";
import { CatchUpButton } from "./catch-up-button.tsx";
import { DELIVERY_COLUMNS, deliveryName } from "./delivery-columns.tsx";
import { DeliveryDetail } from "./delivery-detail.tsx";
import { DeliveryFilters, useDeliveryFilter } from "./delivery-filters.tsx";
import { FetchEventDialog } from "./fetch-event-dialog.tsx";
import { pickColumn, useChosen } from "./pick-column.tsx";
import { SlotsGlance } from "./slots-glance.tsx";
import { useReplay } from "./use-replay.ts";
import { deliveryRoute } from "./webhook-routes.ts";

const pick = (page: { readonly deliveries: Delivery[]; readonly next: number | null }) => ({
  rows: page.deliveries,
  next: page.next,
});

export function DeliveriesPart() {
  const { query, filtered } = useDeliveryFilter();
  const [held, setHeld] = useState(false);
  const [, opened] = useRest();
  const [fetching, setFetching] = useState(false);
  const chosen = useChosen();
  const { replay, busy } = useReplay();
  const list = usePagedList({ path: "/deliveries", schema: deliveryPageSchema, query, pick, held });
  const columns = chosen.on ? [pickColumn(chosen, deliveryName), ...DELIVERY_COLUMNS] : DELIVERY_COLUMNS;
  return (
    <>
      <SlotsGlance />
      <DeliveryFilters />
      <div className="row">
        <ChangeButton size="xs" variant="default" onClick={() => setFetching(true)}>
          {WEBHOOKS.fetch}
        </ChangeButton>
        <CatchUpButton />
        <Button size="xs" variant="default" aria-pressed={chosen.on} onClick={chosen.toggle}>
          {chosen.on ? WEBHOOKS.chooseEnd : WEBHOOKS.choose}
        </Button>
        {chosen.on ? (
          <>
            <Button size="xs" variant="subtle" onClick={() => chosen.choose(list.rows ?? [])}>
              {WEBHOOKS.chooseAll}
            </Button>
            <ChangeButton
              size="xs"
              loading={busy}
              disabled={chosen.ids.size === 0}
              onClick={() => replay([...chosen.ids], chosen.clear)}
            >
              {WEBHOOKS.replayChosen}
            </ChangeButton>
            <span role="status" className="quiet small">
              {WEBHOOKS.chosen(chosen.ids.size)}
            </span>
          </>
        ) : null}
      </div>
      <ListPanel
        list={list}
        label={WEBHOOKS.list}
        columns={columns}
        nameOf={deliveryName}
        onOpen={({ id }) => goTo(`${deliveryRoute(id)}${keptQuery()}`)}
        openKey={opened ?? null}
        filtered={filtered}
        onHeld={setHeld}
        empty={<Empty title={WEBHOOKS.none} text={WEBHOOKS.noneText} />}
      />
      <SideDrawer
        opened={opened !== undefined}
        title={WEBHOOKS.delivery}
        onClose={() => goTo(`/webhooks${keptQuery()}`)}
      >
        {opened === undefined ? null : <DeliveryDetail key={opened} id={opened} />}
      </SideDrawer>
      <FetchEventDialog opened={fetching} onClose={() => setFetching(false)} />
    </>
  );
}
