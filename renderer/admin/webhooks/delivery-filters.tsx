// What narrows the deliveries: words, state, event. Kept in the route.
import { NativeSelect } from "@mantine/core";
import { useCallback } from "react";
import { DELIVERY_STATES } from "../../../shared/delivery.schema.ts";
import { WEBHOOK_EVENTS } from "../../../shared/webhook.schema.ts";
import { FilterChips } from "../kit/filter-chips.tsx";
import { useParams } from "../kit/hash-route.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { WEBHOOKS } from "../texts/webhooks.ts";
import { useViewedTenant } from "./use-viewed-tenant.ts";

const words = WEBHOOKS.filters;
const STATES = DELIVERY_STATES.map((value) => ({ value, label: WEBHOOKS.states[value] }));
const EVENTS = [
  { value: "", label: words.anyEvent },
  ...Object.entries(WEBHOOK_EVENTS).map(([value, meaning]) => ({ value, label: `${meaning} (${value})` })),
];

export function useDeliveryFilter() {
  const [params, change] = useParams();
  const tenant = useViewedTenant();
  const state = DELIVERY_STATES.find((one) => one === params.state) ?? null;
  const event = params.event?.slice(0, 100) ?? "";
  const search = params.q?.slice(0, 100) ?? "";
  return {
    query: { tenant, state, event, search },
    filtered: state !== null || event !== "" || search !== "",
    change,
  };
}

export function DeliveryFilters() {
  const { query, change } = useDeliveryFilter();
  const search = useCallback((q: string) => change({ q }), [change]);
  const events = EVENTS.some(({ value }) => value === query.event)
    ? EVENTS
    : [...EVENTS, { value: query.event, label: query.event }];
  return (
    <div className="filters">
      <SearchBox label={words.find} value={query.search} onChange={search} />
      <FilterChips
        label={words.state}
        options={STATES}
        value={query.state}
        onChange={(state) => change({ state })}
      />
      <NativeSelect
        aria-label={words.event}
        size="xs"
        className="event-filter"
        data={events}
        value={query.event}
        onChange={(event) => change({ event: event.currentTarget.value })}
      />
    </div>
  );
}
