// The grid of one account: a row per event, a cell per place with its holder, and how it does.
import type { WebhookSlot } from "../../../shared/console/webhook-slots.schema.ts";
import { Problem } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useNow, When } from "../kit/when.tsx";
import { SLOTS } from "../texts/webhooks.ts";
import { healthOf, hostOf, type Place, placesOf } from "./use-slots.ts";

export function SlotGrid({
  title,
  slots,
}: {
  /** Whose account; null where there is only one. */
  readonly title: string | null;
  readonly slots: readonly WebhookSlot[];
}) {
  const sentences = [...new Set(slots.flatMap(({ sentence }) => (sentence === null ? [] : [sentence])))];
  return (
    <section className="slots fill" aria-label={title ?? SLOTS.account("")}>
      {title === null ? null : <h3 dir="auto">{title}</h3>}
      {sentences.map((sentence) => (
        <Problem key={sentence} cause={sentence} />
      ))}
      {slots.some(({ result }) => result === "full") ? (
        <Problem cause={SLOTS.full} remedy={SLOTS.fullRemedy} />
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls on narrow screens, so the keyboard must reach it */}
      <div className="grid-scroll" tabIndex={0}>
        <table className="grid">
          <thead>
            <tr>
              {[SLOTS.event, SLOTS.place(1), SLOTS.place(2), SLOTS.health, SLOTS.received, SLOTS.checked].map(
                (head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {slots.map((slot) => (
              <SlotRow key={slot.event} slot={slot} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SlotRow({ slot }: { readonly slot: WebhookSlot }) {
  const health = healthOf(slot, useNow());
  const [first, second, ...more] = placesOf(slot);
  return (
    <tr>
      <th scope="row">
        {slot.meaning ?? slot.event}
        <code className="quiet">{slot.event}</code>
      </th>
      <td>{first === undefined ? null : <Holder place={first} />}</td>
      <td>
        {second === undefined ? null : <Holder place={second} />}
        {more.length === 0 ? null : <span className="quiet small"> {SLOTS.others(more.length)}</span>}
      </td>
      <td>
        <StateBadge {...health} plain />
      </td>
      <td>
        <When at={slot.last_received_at} />
      </td>
      <td>
        <When at={new Date(slot.checked_at).toISOString()} />
      </td>
    </tr>
  );
}

function Holder({ place }: { readonly place: Place }) {
  if (place.kind === "free") return <span className="quiet">{SLOTS.free}</span>;
  if (place.kind === "unknown") return <span className="quiet">{SLOTS.notKnown}</span>;
  return (
    <span className={`holder holder-${place.kind}`} title={place.url}>
      {place.kind === "ours" ? SLOTS.ours : hostOf(place.url)}
    </span>
  );
}
