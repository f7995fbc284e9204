// One delivery in full: what came of it, whether it is genuine, what it started, headers and body.
import { type DeliveryDetail as Detail, deliveryDetailSchema } from "../../../shared/delivery.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Facts } from "../kit/facts.tsx";
import { Id } from "../kit/id.tsx";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Problem } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { KIT } from "../texts/kit.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";
import { DELIVERY_TONES, eventOf } from "./delivery-columns.tsx";
import { RawDelivery } from "./raw-delivery.tsx";
import { StartedOutreach } from "./started-outreach.tsx";
import { useReplay } from "./use-replay.ts";

const words = WEBHOOKS.fields;

export function DeliveryDetail({ id }: { readonly id: string }) {
  const number = /^\d{1,15}$/.test(id);
  const read = useRead(`/deliveries/${encodeURIComponent(id)}`, deliveryDetailSchema, {
    enabled: number,
    everyMs: 5_000,
  });
  if (!number || read.error?.code === "delivery_not_found") return <Empty title={WEBHOOKS.gone} />;
  return <Loaded of={read}>{(delivery) => <Shown delivery={delivery} />}</Loaded>;
}

function Shown({ delivery }: { readonly delivery: Detail }) {
  const { replay, busy } = useReplay();
  const failed = delivery.state === "failed";
  return (
    <>
      <div className="stack">
        <StateBadge tone={DELIVERY_TONES[delivery.state]} word={WEBHOOKS.states[delivery.state]} />
        <p className="entry-message">{eventOf(delivery)}</p>
        {failed ? null : <p className="quiet">{WEBHOOKS.stateHints[delivery.state]}</p>}
      </div>
      <section aria-label={WEBHOOKS.result}>
        <h3>{WEBHOOKS.result}</h3>
        {failed ? (
          <Problem cause={delivery.result ?? WEBHOOKS.states.failed} remedy={WEBHOOKS.stateHints.failed} />
        ) : (
          <p dir="auto">{delivery.result ?? KIT.none}</p>
        )}
        <div className="row">
          <ChangeButton
            size="xs"
            loading={busy}
            variant={failed ? "filled" : "default"}
            disabled={delivery.state === "waiting"}
            onClick={() => replay([delivery.id])}
          >
            {WEBHOOKS.replay}
          </ChangeButton>
          <span className="quiet small">{WEBHOOKS.replayNote}</span>
        </div>
      </section>
      <StartedOutreach engagements={delivery.engagements} />
      <section aria-label={WEBHOOKS.verified}>
        <h3>{WEBHOOKS.verified}</h3>
        <p>{saySignature(delivery)}</p>
      </section>
      <Facts rows={factsOf(delivery)} />
      <RawDelivery headers={delivery.headers} body={delivery.body} />
    </>
  );
}

function saySignature({ recovered, source, signature }: Detail): string {
  if (recovered) return WEBHOOKS.recovered;
  return source === "rollout" ? WEBHOOKS.signatureRollout : WEBHOOKS.signature[signature];
}

const factsOf = (delivery: Detail) =>
  [
    [words.arrived, <When key="a" at={delivery.received_at} exact />],
    [words.happened, <When key="h" at={delivery.event_created} exact />],
    [words.handled, <When key="d" at={delivery.processed_at} exact />],
    [words.tenant, delivery.domain_name],
    [words.account, delivery.account === "" ? words.brokerageAccount : delivery.account],
    [words.event, <code key="e">{delivery.event}</code>],
    [words.eventId, <Id key="i" value={delivery.event_id} what={words.eventId} />],
    [words.replays, delivery.replays === 0 ? KIT.never : words.times(delivery.replays)],
  ] as const;
