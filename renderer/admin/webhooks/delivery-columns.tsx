// The columns of the deliveries, and the words for one of them.
import type { Delivery } from "../../../shared/delivery.schema.ts";
import type { Column } from "../kit/data-table.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { WEBHOOKS } from "../texts/webhooks.ts";

const words = WEBHOOKS.columns;
export const DELIVERY_TONES = {
  stored: "none",
  waiting: "run",
  done: "ok",
  failed: "bad",
} as const satisfies Readonly<Record<Delivery["state"], Tone>>;

export const eventOf = ({ meaning, event }: Delivery): string => meaning ?? event;
export const deliveryName = (delivery: Delivery): string =>
  WEBHOOKS.row(WEBHOOKS.states[delivery.state], eventOf(delivery), delivery.domain_name);

export const DELIVERY_COLUMNS: readonly Column<Delivery>[] = [
  {
    id: "state",
    header: words.state,
    width: "116px",
    cell: ({ state }) => <StateBadge tone={DELIVERY_TONES[state]} word={WEBHOOKS.states[state]} plain />,
  },
  {
    id: "event",
    header: words.event,
    width: "minmax(160px, 1.1fr)",
    cell: (delivery) => (
      <span className="ellipsis" title={delivery.event}>
        {eventOf(delivery)}
      </span>
    ),
  },
  {
    id: "result",
    header: words.result,
    width: "minmax(0, 1.6fr)",
    secondary: true,
    cell: ({ result }) => (
      <span className="quiet ellipsis" dir="auto" title={result ?? ""}>
        {result}
      </span>
    ),
  },
  {
    id: "tenant",
    header: words.tenant,
    width: "132px",
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
