// The latest outreaches, one sentence each; a line leads to its story.
import { Link } from "wouter";
import type { Home, OutcomeGroup } from "../../../shared/console/home.schema.ts";
import { Icon } from "../kit/icon.tsx";
import { Empty } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { Said } from "../kit/said.tsx";
import { type Tone, ToneShape } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { HOME } from "../texts/home.ts";

export const GROUP_TONES: Readonly<Record<OutcomeGroup, Tone>> = {
  reached: "ok",
  missed: "wait",
  refused: "none",
  failed: "bad",
  open: "run",
};

export function LatestStories({ stories }: { readonly stories: Home["stories"] }) {
  return (
    <Panel
      title={HOME.stories}
      flush
      aside={stories.length > 0 ? <Link href="/outreach">{HOME.allStories}</Link> : null}
    >
      {stories.length === 0 ? (
        <Empty title={HOME.storiesNone} text={HOME.storiesNoneText} />
      ) : (
        <ul className="stories">
          {stories.map((story) => (
            <li key={story.engagement_id}>
              <Link href={storyRoute({ engagement_id: story.engagement_id })} className="story-link">
                <ToneShape tone={GROUP_TONES[story.group]} />
                <span className="sr-only">{HOME.groups[story.group]}: </span>
                <Icon name={story.channel} size={18} />
                <span className="story-sentence" dir="auto">
                  <Said>{story.sentence}</Said>
                </span>
                <span className="quiet small">
                  <When at={story.at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
