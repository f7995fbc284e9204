// One entry of the do-not-contact list in full, and ending it.
import { useState } from "react";
import type { Suppression } from "../../../shared/console/contact-rules.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Facts } from "../kit/facts.tsx";
import { Id } from "../kit/id.tsx";
import { Phone } from "../kit/phone.tsx";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { LIST } from "../texts/contact.ts";
import { KIT } from "../texts/kit.ts";
import { EndSuppression } from "./end-suppression.tsx";
import { sayBy, sayScope, saySource } from "./say-suppression.ts";
import { SuppressionBadge } from "./suppression-columns.tsx";

const words = LIST.fields;

export function SuppressionDetail({ row }: { readonly row: Suppression }) {
  const [ending, setEnding] = useState(false);
  return (
    <>
      <div className="stack">
        <p className="who">
          <Phone value={row.contact} copy />
        </p>
        <SuppressionBadge row={row} />
      </div>
      {row.said === null ? null : (
        <section aria-label={LIST.said}>
          <h3>{LIST.said}</h3>
          <blockquote className="said" dir="auto">
            {row.said}
          </blockquote>
        </section>
      )}
      <Facts rows={factsOf(row)} />
      {row.engagement_id === null ? null : (
        <a href={`#${storyRoute({ engagement_id: row.engagement_id })}`}>{LIST.story}</a>
      )}
      {row.ended_at === null ? (
        <div>
          <ChangeButton size="xs" variant="default" onClick={() => setEnding(true)}>
            {LIST.end}
          </ChangeButton>
        </div>
      ) : null}
      <EndSuppression row={row} opened={ending} onClose={() => setEnding(false)} />
    </>
  );
}

const factsOf = (row: Suppression) =>
  [
    [words.scope, sayScope(row.scope)],
    [words.source, saySource(row.source)],
    [words.by, row.created_by === null ? KIT.none : sayBy(row.created_by)],
    [words.since, <When key="s" at={row.created_at} exact />],
    ...(row.ended_at === null
      ? []
      : ([
          [words.ended, <When key="e" at={row.ended_at} exact />],
          [words.endedBy, row.ended_by === null ? KIT.none : sayBy(row.ended_by)],
        ] as const)),
    [words.person, <Id key="p" value={row.person_id} what={words.person} />],
  ] as const;
