// The newest results of a campaign, by person; a line leads to the story.
import { Link } from "wouter";
import type { CampaignPerson } from "../../../shared/campaign.schema.ts";
import { sayContact } from "../../ui/say-contact.ts";
import { sayOutcome } from "../../ui/wording.ts";
import { StateBadge } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { CAMPAIGN } from "../texts/outreach.ts";
import { storyRoute } from "./story-route.ts";

export function CampaignResults({ people }: { readonly people: readonly CampaignPerson[] }) {
  if (people.length === 0) return <p className="quiet">{CAMPAIGN.resultsNone}</p>;
  return (
    <ul className="stories boxed">
      {people.map((person) => (
        <li key={person.position}>
          {person.engagement_id === null ? (
            <span className="story-link">
              <Result person={person} />
            </span>
          ) : (
            <Link href={storyRoute({ engagement_id: person.engagement_id })} className="story-link">
              <Result person={person} />
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function Result({ person }: { readonly person: CampaignPerson }) {
  const said = sayOutcome(person.outcome ?? person.reason ?? person.state);
  return (
    <>
      <span className="story-sentence">
        <bdi>{person.name || sayContact(person.contact ?? "")}</bdi>
      </span>
      <StateBadge tone={said.tone} word={said.word} plain />
      <span className="quiet small">{person.at === null ? null : <When at={person.at} />}</span>
    </>
  );
}
