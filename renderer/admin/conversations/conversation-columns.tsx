// The columns of the conversations, and the words for one of them.
import type { ConversationList } from "../../../shared/console/channels.schema.ts";
import { sayContact } from "../../ui/say-contact.ts";
import { CHANNEL_NAMES } from "../../ui/wording.ts";
import type { Column } from "../kit/data-table.tsx";
import { Icon } from "../kit/icon.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { CONVERSATIONS } from "../texts/conversations.ts";

export type ConversationRow = ConversationList["conversations"][number];
const words = CONVERSATIONS.columns;
const TONES = { agent: "run", automated: "run", nobody: "none" } as const satisfies Readonly<
  Record<ConversationRow["answers"], Tone>
>;

const stateOf = ({ needs_agent, answers }: ConversationRow): string =>
  needs_agent === null ? CONVERSATIONS.states[answers] : CONVERSATIONS.waiting;
const whoOf = ({ person_name, contact }: ConversationRow): string =>
  person_name || sayContact(contact ?? "") || CONVERSATIONS.someone;
export const conversationName = (row: ConversationRow): string =>
  CONVERSATIONS.row(stateOf(row), whoOf(row), CHANNEL_NAMES[row.channel]);

export const CONVERSATION_COLUMNS: readonly Column<ConversationRow>[] = [
  {
    id: "state",
    header: words.state,
    width: "minmax(176px, 1.5fr)",
    cell: (row) => (
      <span title={row.needs_agent ?? undefined}>
        <StateBadge
          tone={row.needs_agent === null ? TONES[row.answers] : "wait"}
          word={stateOf(row)}
          plain={row.needs_agent === null}
        />
      </span>
    ),
  },
  {
    id: "who",
    header: words.who,
    width: "minmax(120px, 1.2fr)",
    cell: (row) => (
      <span className="ellipsis" dir="auto" title={row.contact ?? undefined}>
        {whoOf(row)}
      </span>
    ),
  },
  {
    id: "last",
    header: words.last,
    width: "minmax(0, 2fr)",
    secondary: true,
    cell: ({ last_text }) => (
      <span className="quiet ellipsis" dir="auto" title={last_text ?? ""}>
        {last_text}
      </span>
    ),
  },
  {
    id: "over",
    header: words.over,
    width: "minmax(168px, 1fr)",
    secondary: true,
    cell: ({ channel }) => (
      <span className="over">
        <Icon name={channel} size={16} /> {CHANNEL_NAMES[channel]}
      </span>
    ),
  },
  {
    id: "by",
    header: words.by,
    width: "minmax(90px, 0.8fr)",
    secondary: true,
    cell: ({ by, tenant }) => <bdi>{by ?? tenant}</bdi>,
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    secondary: "tiny",
    cell: ({ last_at }) => (
      <span className="quiet">
        <When at={last_at} />
      </span>
    ),
  },
];
