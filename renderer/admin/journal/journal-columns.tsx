// The columns of the Journal.
import type { JournalEntry, Severity } from "../../../shared/journal.schema.ts";
import type { Column } from "../kit/data-table.tsx";
import { Said } from "../kit/said.tsx";
import { type Tone, ToneShape } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { JOURNAL } from "../texts/journal.ts";

const words = JOURNAL.columns;
export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { info: "none", warn: "wait", error: "bad" };

export const JOURNAL_COLUMNS: readonly Column<JournalEntry>[] = [
  {
    id: "what",
    header: words.what,
    width: "minmax(0, 1fr)",
    cell: (entry) => (
      <span className={`entry entry-${entry.severity}`}>
        <ToneShape tone={SEVERITY_TONES[entry.severity]} />
        <span className="ellipsis" dir="auto" title={entry.message}>
          <Said>{entry.message}</Said>
        </span>
      </span>
    ),
  },
  {
    id: "tenant",
    header: words.tenant,
    width: "132px",
    secondary: true,
    cell: (entry) => <bdi className="quiet">{entry.tenant}</bdi>,
  },
  {
    id: "who",
    header: words.who,
    width: "88px",
    secondary: true,
    cell: (entry) => <bdi className="quiet">{entry.user_id}</bdi>,
  },
  {
    id: "event",
    header: words.event,
    width: "176px",
    secondary: true,
    cell: (entry) => <code className="quiet">{entry.event}</code>,
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    secondary: "tiny",
    cell: (entry) => (
      <span className="quiet">
        <When at={entry.at} />
      </span>
    ),
  },
];
