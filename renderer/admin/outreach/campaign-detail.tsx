// One campaign: where it stands, from the list to the outcome, results over time, pause and cancel, the latest results.
import { peoplePageSchema } from "../../../shared/campaign.schema.ts";
import {
  campaignDetailSchema,
  type CampaignDetail as Detail,
} from "../../../shared/console/campaigns.schema.ts";
import { isCampaignOver, sayCampaign } from "../../ui/campaign-words.ts";
import { sayNumber, sayPeople } from "../../ui/say-count.ts";
import { sayEta } from "../../ui/say-eta.ts";
import { Facts } from "../kit/facts.tsx";
import { Id } from "../kit/id.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Phone } from "../kit/phone.tsx";
import { Problem } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { KIT } from "../texts/kit.ts";
import { CAMPAIGN, OUTREACH } from "../texts/outreach.ts";
import { CampaignActions } from "./campaign-actions.tsx";
import { CampaignChart } from "./campaign-chart.tsx";
import { CampaignFunnel } from "./campaign-funnel.tsx";
import { CampaignResults } from "./campaign-results.tsx";

export function CampaignDetail({ id }: { readonly id: string }) {
  const path = `/campaigns/${encodeURIComponent(id)}`;
  const detail = useRead(path, campaignDetailSchema, { everyMs: 3_000 });
  const people = useRead(`${path}/people`, peoplePageSchema, {
    query: { order: "latest", limit: 50 },
    everyMs: 5_000,
  });
  return (
    <Loaded of={detail}>
      {(data) => (
        <>
          <Standing data={data} />
          <CampaignFunnel funnel={data.funnel} leftOut={data.left_out} />
          <CampaignChart chart={data.chart} />
          <section aria-label={CAMPAIGN.results}>
            <h3>{CAMPAIGN.results}</h3>
            <Loaded of={people}>{(page) => <CampaignResults people={page.people} />}</Loaded>
          </section>
          <section aria-label={OUTREACH.facts}>
            <h3>{OUTREACH.facts}</h3>
            <Facts rows={factsOf(data)} />
          </section>
        </>
      )}
    </Loaded>
  );
}

function Standing({ data: { campaign } }: { readonly data: Detail }) {
  const { tone, word } = sayCampaign(campaign);
  const left = isCampaignOver(campaign) ? null : sayEta(campaign.eta_seconds);
  return (
    <div className="stack">
      <p className="who">
        <bdi>
          <b>{campaign.name}</b>
        </bdi>
      </p>
      <div className="row">
        <StateBadge tone={tone} word={word} />
        <span className="quiet tabular">
          {sayNumber(campaign.done)} / {sayNumber(campaign.queued_calls)}
          {left === null ? "" : ` · ${CAMPAIGN.left(left)}`}
        </span>
      </div>
      {campaign.waiting_hours > 0 ? (
        <p className="quiet">
          {CAMPAIGN.waitingHours(sayPeople(campaign.waiting_hours))}
          {campaign.opens_at === null ? null : (
            <>
              {" "}
              {CAMPAIGN.opens} <When at={campaign.opens_at} exact />
            </>
          )}
        </p>
      ) : null}
      {campaign.message === null ? null : (
        <Problem tone={tone === "bad" ? "bad" : "wait"} cause={campaign.message} />
      )}
      {campaign.records_failed > 0 ? (
        <Problem
          cause={CAMPAIGN.recordsFailed(sayNumber(campaign.records_failed))}
          remedy={CAMPAIGN.recordsRemedy}
        />
      ) : null}
      <CampaignActions campaign={campaign} />
    </div>
  );
}

const factsOf = ({ campaign }: Detail) =>
  [
    [CAMPAIGN.fields.tenant, campaign.domain_name],
    [CAMPAIGN.fields.by, campaign.by ?? KIT.none],
    [CAMPAIGN.fields.source, CAMPAIGN.sources[campaign.source] ?? campaign.source],
    [CAMPAIGN.fields.from, <Phone key="f" value={campaign.from} />],
    [CAMPAIGN.fields.started, <When key="s" at={campaign.started_at} />],
    [CAMPAIGN.fields.ended, <When key="e" at={campaign.ended_at} />],
    [CAMPAIGN.fields.instruction, campaign.instruction || KIT.none],
    [CAMPAIGN.fields.id, <Id key="i" value={campaign.batch_id} what={CAMPAIGN.fields.id} />],
  ] as const;
