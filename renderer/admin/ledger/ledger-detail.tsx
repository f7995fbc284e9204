// One line of the ledger in words: what was attempted, what was decided, by which rule, on what grounds.
import type { LedgerRow } from "../../../shared/console/contact-rules.schema.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import { Facts } from "../kit/facts.tsx";
import { Icon } from "../kit/icon.tsx";
import { Id } from "../kit/id.tsx";
import { Phone } from "../kit/phone.tsx";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { KIT } from "../texts/kit.ts";
import { LEDGER } from "../texts/ledger.ts";
import { DecisionBadge, ruleOf, whoOf } from "./ledger-columns.tsx";

const words = LEDGER.fields;

export function LedgerDetail({ row }: { readonly row: LedgerRow }) {
  return (
    <>
      <div className="stack">
        <p className="who">
          <Icon name={row.channel} /> <Phone value={row.contact} copy />
          <span className="quiet small">{CHANNEL_NAMES[row.channel]}</span>
        </p>
        <DecisionBadge row={row} plain={false} />
        <p dir="auto">{LEDGER.sentences[row.decision](LEDGER.attempts[row.channel], whoOf(row))}</p>
      </div>
      {row.detail === null ? null : (
        <section aria-label={LEDGER.looked}>
          <h3>{LEDGER.looked}</h3>
          <p dir="auto">{row.detail}</p>
        </section>
      )}
      <Facts
        rows={[
          [words.rule, ruleOf(row)],
          [words.stage, LEDGER.stages[row.stage]],
          [words.at, <When key="w" at={row.at} exact />],
          [words.agent, row.user_id ?? KIT.none],
          [words.person, <Id key="p" value={row.person_id} what={words.person} />],
          [words.id, <Id key="i" value={String(row.id)} what={words.id} />],
        ]}
      />
      <div className="row">
        {row.engagement_id === null ? null : (
          <a href={`#${storyRoute({ engagement_id: row.engagement_id })}`}>{LEDGER.story}</a>
        )}
        {row.campaign_id === null ? null : (
          <a href={`#/outreach/c/${encodeURIComponent(row.campaign_id)}`}>{LEDGER.campaign}</a>
        )}
      </div>
    </>
  );
}
