// One outreach in full: standing, what can be done, the story, the conversation, the facts.
import type { z } from "zod";
import { engagementListSchema } from "../../../shared/admin-api.ts";
import { storySchema } from "../../../shared/console/story.schema.ts";
import { conversationSchema } from "../../../shared/conversation.schema.ts";
import { engagementSchema } from "../../../shared/engagement.schema.ts";
import { sayDuration } from "../../ui/say-duration.ts";
import { CALL_TYPE_NAMES, CHANNEL_NAMES, isOver, sayCode, sayStanding } from "../../ui/wording.ts";
import { ConversationPanel } from "../conversations/conversation-panel.tsx";
import { Facts } from "../kit/facts.tsx";
import { Icon } from "../kit/icon.tsx";
import { Id } from "../kit/id.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Phone } from "../kit/phone.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { KIT } from "../texts/kit.ts";
import { OUTREACH } from "../texts/outreach.ts";
import { CRM_WORDS } from "./allowed-actions.ts";
import { EngagementActions } from "./engagement-actions.tsx";
import type { OutreachRow } from "./engagement-feed.ts";
import { StoryLines } from "./story-line.tsx";
import { storyRoute } from "./story-route.ts";
import { Talk } from "./talk.tsx";

/** null where there is nothing to converse about. */
const conversationAnswer = conversationSchema.nullable();
type Engagement = z.infer<typeof engagementSchema>;
const orDash = (value: string | null | undefined): string => value || KIT.none;

export function EngagementDetail({ id }: { readonly id: string }) {
  const engagement = useRead(`/engagements/${encodeURIComponent(id)}`, engagementSchema);
  // The rule, the source and the state of its record are known by the list only; a search for the id finds its row.
  const list = useRead("/engagements", engagementListSchema, { query: { search: id, limit: 1 } });
  const row = list.data?.engagements.find(({ engagement_id }) => engagement_id === id) ?? null;
  const story = useRead("/story", storySchema, { query: { engagement_id: id } });
  const conversation = useRead(`/engagements/${encodeURIComponent(id)}/conversation`, conversationAnswer);
  const talks = conversation.data ?? null;
  return (
    <Loaded of={engagement}>
      {(detail) => (
        <>
          <Standing detail={detail} row={row} />
          {talks === null ? null : <ConversationPanel detail={detail} conversation={talks} />}
          <section aria-label={OUTREACH.story}>
            <div className="row">
              <h3>{OUTREACH.story}</h3>
              <span className="grow" />
              {detail.person_id === null ? null : (
                <a href={`#${storyRoute({ tenant: detail.domain_name, person_id: detail.person_id })}`}>
                  {OUTREACH.wholePerson}
                </a>
              )}
            </div>
            <Loaded of={story}>{(data) => <StoryLines story={data} />}</Loaded>
          </section>
          {talks === null ? (
            <section aria-label={OUTREACH.conversation}>
              <h3>{OUTREACH.conversation}</h3>
              {conversation.error === null ? null : <Failure error={conversation.error} />}
              <Talk rows={detail.transcript} />
            </section>
          ) : null}
          <section aria-label={OUTREACH.facts}>
            <h3>{OUTREACH.facts}</h3>
            <Facts rows={factsOf(detail, row)} />
          </section>
        </>
      )}
    </Loaded>
  );
}

function Standing({ detail, row }: { readonly detail: Engagement; readonly row: OutreachRow | null }) {
  const { tone, word } = sayStanding(detail);
  const early = row?.crm_state === "none" && !isOver(detail.status);
  const crm = row === null || early ? null : CRM_WORDS[row.crm_state];
  return (
    <div className="stack">
      <p className="who">
        <Icon name={detail.channel} /> <Phone value={detail.contact} copy />
        <span className="quiet small">{CHANNEL_NAMES[detail.channel]}</span>
      </p>
      <div className="row">
        <StateBadge tone={tone} word={word} />
        {crm === null ? null : <StateBadge tone={crm.tone} word={crm.word} />}
      </div>
      {detail.waits_until === undefined ? null : (
        <p className="quiet">
          {OUTREACH.waitsUntil} <When at={detail.waits_until} exact />
        </p>
      )}
      {detail.parked_reason === undefined ? null : <Problem tone="wait" cause={detail.parked_reason} />}
      {detail.summary === null ? null : <p dir="auto">{detail.summary}</p>}
      <EngagementActions detail={detail} crm={row?.crm_state} />
    </div>
  );
}

const factsOf = (detail: Engagement, row: OutreachRow | null) =>
  [
    [OUTREACH.fields.tenant, detail.domain_name],
    [OUTREACH.fields.agent, orDash(row?.by ?? detail.user_id)],
    [OUTREACH.fields.type, CALL_TYPE_NAMES[detail.type]],
    [OUTREACH.fields.source, row === null ? KIT.none : sayCode(row.source)],
    [OUTREACH.fields.rule, row?.rule ? sayCode(row.rule) : KIT.none],
    [OUTREACH.fields.length, orDash(sayDuration(detail.duration))],
    [OUTREACH.fields.started, <When key="at" at={detail.started_at} />],
    [OUTREACH.fields.person, <Id key="p" value={detail.person_id} what={OUTREACH.fields.person} />],
    [OUTREACH.fields.id, <Id key="i" value={detail.engagement_id} what={OUTREACH.fields.id} />],
  ] as const;
