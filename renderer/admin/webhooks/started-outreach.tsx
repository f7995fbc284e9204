// The outreach a delivery led to, each with the way to its story.
import type { DeliveryDetail } from "../../../shared/delivery.schema.ts";
import { sayCode, sayOutcome } from "../../ui/wording.ts";
import { StateBadge } from "../kit/state-badge.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";

type Started = DeliveryDetail["engagements"][number];

export function StartedOutreach({ engagements }: { readonly engagements: readonly Started[] }) {
  return (
    <section aria-label={WEBHOOKS.started}>
      <h3>{WEBHOOKS.started}</h3>
      {engagements.length === 0 ? (
        <p className="quiet">{WEBHOOKS.startedNone}</p>
      ) : (
        <ul className="lines">
          {engagements.map((one) => (
            <li key={one.engagement_id} className="line">
              <StateBadge {...standingOf(one)} />
              <div>
                {one.person_id === null ? null : <p>{WEBHOOKS.person(one.person_id)}</p>}
                <a href={`#${storyRoute({ engagement_id: one.engagement_id })}`}>
                  {WEBHOOKS.story}
                  <span className="sr-only"> {one.person_id ?? one.engagement_id}</span>
                </a>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const standingOf = ({ outcome, status }: Started) =>
  outcome === null ? ({ word: sayCode(status), tone: "run" } as const) : sayOutcome(outcome);
