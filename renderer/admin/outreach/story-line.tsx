// The story: one person, one vertical line, from the opened app to the record in Follow Up Boss; every line opens to the
// exchange behind it.
import { Link } from "wouter";
import type { Exchange, Story, StoryKind, StoryLine } from "../../../shared/console/story.schema.ts";
import { formatTime } from "../../ui/viewer.ts";
import { Icon, type IconName } from "../kit/icon.tsx";
import { Empty } from "../kit/load-state.tsx";
import { Said } from "../kit/said.tsx";
import { When } from "../kit/when.tsx";
import { OUTREACH, STORY_KIND_NAMES } from "../texts/outreach.ts";

const ICONS: Readonly<Record<StoryKind, IconName>> = {
  opened: "eye",
  webhook: "webhooks",
  asked: "hand",
  rule: "rule",
  handed_over: "outreach",
  progress: "play",
  message_out: "outbound",
  message_in: "inbound",
  outcome: "flag",
  person: "person",
  record: "record",
  control: "settings",
  problem: "warn",
  note: "note",
};

const day = (iso: string): string => formatTime(Date.parse(iso), { dateStyle: "full" });

export function StoryLines({ story }: { readonly story: Pick<Story, "lines" | "cut"> }) {
  if (story.lines.length === 0) return <Empty title={OUTREACH.storyNone} />;
  const days = [...Map.groupBy(story.lines, ({ at }) => day(at))];
  return (
    <div className="stack fill">
      {story.cut ? <p className="quiet small">{OUTREACH.storyCut}</p> : null}
      {days.map(([name, lines]) => (
        <div key={name} className="fill">
          <h4 className="story-day">{name}</h4>
          <ol className="story">
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

function Line({ line }: { readonly line: StoryLine }) {
  const more = line.detail !== null || line.exchange !== null || line.journal_seq !== null;
  const tone = line.severity === "error" ? "bad" : line.severity === "warn" ? "wait" : "none";
  const head = (
    <>
      <span className="story-words" dir="auto">
        <span className="sr-only">{STORY_KIND_NAMES[line.kind]}: </span>
        <Said>{line.sentence}</Said>
      </span>
      <span className="quiet small">
        <When at={line.at} />
      </span>
    </>
  );
  return (
    <li className={`story-line story-${line.kind} tone-line-${tone}`}>
      <span className="story-dot">
        <Icon name={ICONS[line.kind]} size={15} />
      </span>
      {more ? (
        <details>
          <summary>{head}</summary>
          <div className="story-more">
            {line.detail === null ? null : (
              <p dir="auto">
                <Said>{line.detail}</Said>
              </p>
            )}
            {line.exchange === null ? null : <ExchangeFacts exchange={line.exchange} />}
            {line.journal_seq === null ? null : (
              <Link href={`/journal/${line.journal_seq}`}>{OUTREACH.inJournal}</Link>
            )}
          </div>
        </details>
      ) : (
        <div className="story-head">{head}</div>
      )}
    </li>
  );
}

/** What was said between the gateway and another system. */
export function ExchangeFacts({ exchange }: { readonly exchange: Exchange }) {
  const rows: [string, string | null][] = [
    [OUTREACH.request, exchange.request],
    [OUTREACH.answer, exchange.answer],
    [OUTREACH.reference, exchange.reference],
    ...exchange.fields.map(({ name, value }): [string, string] => [name, value]),
  ];
  return (
    <section className="exchange" aria-label={OUTREACH.exchange}>
      <b>{exchange.partner}</b>
      <dl>
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
