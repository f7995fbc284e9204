// One person: their numbers, every outreach to them, and all of it as one story.
import { Link } from "wouter";
import { type Story, storySchema } from "../../../shared/console/story.schema.ts";
import { sayStanding } from "../../ui/wording.ts";
import { Icon } from "../kit/icon.tsx";
import { Id } from "../kit/id.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Phone } from "../kit/phone.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { OUTREACH } from "../texts/outreach.ts";
import { StoryLines } from "./story-line.tsx";
import { storyRoute } from "./story-route.ts";

export function PersonDetail({ tenant, personId }: { readonly tenant: string; readonly personId: string }) {
  const story = useRead("/story", storySchema, { query: { tenant, person_id: personId } });
  return (
    <Loaded of={story}>
      {(data) => (
        <>
          <div className="stack">
            <p className="who">
              <Icon name="person" />{" "}
              <bdi>
                <b>{data.person.name}</b>
              </bdi>
            </p>
            <div className="row">
              {data.person.contacts.map((contact) => (
                <Phone key={contact} value={contact} copy />
              ))}
            </div>
            <p className="quiet small">
              {OUTREACH.fields.person} <Id value={data.person.id} what={OUTREACH.fields.person} /> ·{" "}
              <bdi>{data.tenant}</bdi>
            </p>
          </div>
          <Outreaches rows={data.engagements} />
          <section aria-label={OUTREACH.story}>
            <h3>{OUTREACH.story}</h3>
            <StoryLines story={data} />
          </section>
        </>
      )}
    </Loaded>
  );
}

function Outreaches({ rows }: { readonly rows: Story["engagements"] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={OUTREACH.personOutreach}>
      <h3>{OUTREACH.personOutreach}</h3>
      <ul className="stories boxed">
        {rows.map((row) => {
          const { tone, word } = sayStanding({ ...row, parked_reason: row.parked_reason ?? undefined });
          return (
            <li key={row.engagement_id}>
              <Link href={storyRoute({ engagement_id: row.engagement_id })} className="story-link">
                <Icon name={row.channel} size={18} />
                <StateBadge tone={tone} word={word} plain />
                <span className="story-sentence quiet">
                  <bdi>{row.by}</bdi>
                </span>
                <span className="quiet small">
                  <When at={row.at} />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
