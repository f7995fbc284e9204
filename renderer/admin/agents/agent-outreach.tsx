// An agent's latest outreach, each leading to its story.
import { Link } from "wouter";
import { engagementListSchema } from "../../../shared/admin-api.ts";
import type { UserSettings } from "../../../shared/settings.schema.ts";
import { CHANNEL_NAMES, sayStanding } from "../../ui/wording.ts";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Phone } from "../kit/phone.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { AGENTS } from "../texts/agents.ts";

const LATEST = 5;

export function AgentOutreach({
  tenant,
  user,
}: {
  readonly tenant: string;
  readonly user: Readonly<UserSettings>;
}) {
  const list = useRead("/engagements", engagementListSchema, {
    query: { tenant, user: user.id, limit: LATEST },
  });
  return (
    <section aria-label={AGENTS.latest}>
      <h3>{AGENTS.latest}</h3>
      <Loaded of={list}>
        {({ engagements }) =>
          engagements.length === 0 ? (
            <Empty title={AGENTS.noLatest} />
          ) : (
            <ul className="lines">
              {engagements.slice(0, LATEST).map((row) => {
                const { tone, word } = sayStanding(row);
                return (
                  <li key={row.engagement_id} className="line">
                    <div>
                      <Link href={storyRoute({ engagement_id: row.engagement_id })}>
                        {CHANNEL_NAMES[row.channel]} <Phone value={row.contact} />
                      </Link>
                      <span className="block quiet small">
                        <When at={row.created_at} />
                      </span>
                    </div>
                    <StateBadge tone={tone} word={word} plain />
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
