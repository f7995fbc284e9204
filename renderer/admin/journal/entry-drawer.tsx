// One entry in full: the sentence, who and what it is about, the exchange behind it (redacted by the gateway), and the
// ways on from here.
import { Button } from "@mantine/core";
import { journalPageSchema } from "../../../shared/admin-api.ts";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { sayCode, sayOutcome } from "../../ui/wording.ts";
import { withQuery } from "../kit/api.ts";
import { CopyButton } from "../kit/copy-button.tsx";
import { Facts } from "../kit/facts.tsx";
import { goTo } from "../kit/hash-route.ts";
import { Id } from "../kit/id.tsx";
import { Empty, Loaded } from "../kit/load-state.tsx";
import { Said } from "../kit/said.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { JOURNAL } from "../texts/journal.ts";
import { KIT } from "../texts/kit.ts";
import { EntryExchange } from "./entry-exchange.tsx";
import type { JournalBuffer } from "./journal-buffer.ts";
import { SEVERITY_TONES } from "./journal-columns.tsx";

export function EntryDrawer({
  seq,
  buffer,
  onClose,
}: {
  readonly seq: string | null;
  readonly buffer: JournalBuffer;
  readonly onClose: () => void;
}) {
  return (
    <SideDrawer opened={seq !== null} title={JOURNAL.entry} onClose={onClose}>
      {seq === null ? null : <FoundEntry key={seq} seq={Number(seq)} buffer={buffer} />}
    </SideDrawer>
  );
}

/** From the list, else from the gateway: a link may lead far back. */
function FoundEntry({ seq, buffer }: { readonly seq: number; readonly buffer: JournalBuffer }) {
  const here = find(buffer, seq);
  const page = useRead("/journal", journalPageSchema, {
    query: { before_seq: seq + 1, limit: 1 },
    enabled: here === undefined && Number.isSafeInteger(seq),
  });
  if (here !== undefined) return <Entry entry={here} />;
  if (!Number.isSafeInteger(seq)) return <Empty title={JOURNAL.entryGone} />;
  return (
    <Loaded of={page}>
      {({ entries }) => {
        const entry = entries.find((other) => other.seq === seq);
        return entry === undefined ? <Empty title={JOURNAL.entryGone} /> : <Entry entry={entry} />;
      }}
    </Loaded>
  );
}

/** Rows go down in seq: halves until found. */
function find(buffer: JournalBuffer, seq: number): JournalEntry | undefined {
  let [low, high] = [0, buffer.size() - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = buffer.rowAt(middle);
    if (entry === undefined || entry.seq === seq) return entry;
    if (entry.seq > seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function Entry({ entry }: { readonly entry: JournalEntry }) {
  return (
    <>
      <div className="stack">
        <StateBadge tone={SEVERITY_TONES[entry.severity]} word={JOURNAL.severityOne[entry.severity]} />
        <p className="entry-message" dir="auto">
          <Said>{entry.message}</Said>
        </p>
        <WaysOn entry={entry} />
      </div>
      <Facts rows={factsOf(entry)} />
      <EntryExchange detail={entry.detail} />
      <div className="row">
        <span className="quiet small">{JOURNAL.link}</span>
        <CopyButton value={linkTo(entry.seq)} what={JOURNAL.link} />
      </div>
    </>
  );
}

const linkTo = (seq: number): string => `${location.origin}${location.pathname}#/journal/${seq}`;

const factsOf = (entry: JournalEntry) =>
  [
    [JOURNAL.fields.when, <When key="w" at={entry.at} exact />],
    [JOURNAL.columns.tenant, entry.tenant ?? KIT.none],
    [JOURNAL.filters.user_id, entry.user_id ?? KIT.none],
    [JOURNAL.filters.person_id, <Id key="p" value={entry.person_id} what={JOURNAL.filters.person_id} />],
    [
      JOURNAL.filters.engagement_id,
      <Id key="e" value={entry.engagement_id} what={JOURNAL.filters.engagement_id} />,
    ],
    [JOURNAL.filters.outcome, entry.outcome === null ? KIT.none : sayOutcome(entry.outcome).word],
    [JOURNAL.fields.event, `${sayCode(entry.event)} (${entry.event})`],
    [JOURNAL.fields.seq, String(entry.seq)],
  ] as const;

/** The story, and the journal narrowed to what this entry is about. */
function WaysOn({ entry }: { readonly entry: JournalEntry }) {
  const { tenant, person_id, engagement_id } = entry;
  const story =
    tenant !== null && person_id !== null
      ? { label: JOURNAL.story, to: storyRoute({ tenant, person_id }) }
      : engagement_id !== null
        ? { label: JOURNAL.outreachStory, to: storyRoute({ engagement_id }) }
        : null;
  const narrow = [
    [JOURNAL.onlyPerson, "person_id", person_id],
    [JOURNAL.onlyOutreach, "engagement_id", engagement_id],
    [JOURNAL.onlyAgent, "user_id", entry.user_id],
    [JOURNAL.onlyEvent, "event", entry.event],
  ] as const;
  return (
    <>
      {story === null ? null : (
        <Button size="xs" component="a" href={`#${story.to}`}>
          {story.label}
        </Button>
      )}
      <div className="row">
        <span className="quiet small">{JOURNAL.only}</span>
        {narrow.map(([label, name, value]) =>
          value === null ? null : (
            <Button
              key={name}
              size="compact-xs"
              variant="default"
              onClick={() => goTo(withQuery("/journal", { tenant, [name]: value }))}
            >
              {label}
            </Button>
          ),
        )}
      </div>
    </>
  );
}
