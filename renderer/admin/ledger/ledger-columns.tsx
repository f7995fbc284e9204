// The columns of the ledger, and the words for one line of it.
import type { LedgerRow } from "../../../shared/console/contact-rules.schema.ts";
import { sayContact } from "../../ui/say-contact.ts";
import { CHANNEL_NAMES, sayOutcome } from "../../ui/wording.ts";
import type { Column } from "../kit/data-table.tsx";
import { Icon } from "../kit/icon.tsx";
import { Phone } from "../kit/phone.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { LEDGER } from "../texts/ledger.ts";

const words = LEDGER.columns;
const TONES = { allowed: "ok", held: "wait", refused: "bad" } as const satisfies Readonly<
  Record<LedgerRow["decision"], Tone>
>;

export const whoOf = ({ contact }: LedgerRow): string =>
  contact === null ? LEDGER.nobody : sayContact(contact);
export const ruleOf = ({ rule }: LedgerRow): string =>
  rule === null ? LEDGER.noRule : sayOutcome(rule).word;
export const ledgerName = (row: LedgerRow): string =>
  LEDGER.row(LEDGER.decisions[row.decision], whoOf(row), ruleOf(row));

export const DecisionBadge = ({ row, plain }: { readonly row: LedgerRow; readonly plain: boolean }) => (
  <StateBadge tone={TONES[row.decision]} word={LEDGER.decisions[row.decision]} plain={plain} />
);

export const LEDGER_COLUMNS: readonly Column<LedgerRow>[] = [
  {
    id: "decision",
    header: words.decision,
    width: "minmax(112px, 0.8fr)",
    cell: (row) => <DecisionBadge row={row} plain />,
  },
  {
    id: "who",
    header: words.who,
    width: "minmax(130px, 1.2fr)",
    cell: ({ contact }) =>
      contact === null ? (
        <span className="quiet">{LEDGER.nobody}</span>
      ) : (
        <span className="ellipsis">
          <Phone value={contact} />
        </span>
      ),
  },
  {
    id: "rule",
    header: words.rule,
    width: "minmax(0, 1.6fr)",
    secondary: true,
    cell: (row) => (
      <span className={row.rule === null ? "quiet ellipsis" : "ellipsis"} title={row.detail ?? undefined}>
        {ruleOf(row)}
      </span>
    ),
  },
  {
    id: "over",
    header: words.over,
    width: "minmax(120px, 0.9fr)",
    secondary: true,
    cell: ({ channel }) => (
      <span className="over">
        <Icon name={channel} size={16} /> {CHANNEL_NAMES[channel]}
      </span>
    ),
  },
  {
    id: "stage",
    header: words.stage,
    width: "minmax(120px, 0.9fr)",
    secondary: true,
    cell: ({ stage }) => <span className="quiet ellipsis">{LEDGER.stagesShort[stage]}</span>,
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    secondary: "tiny",
    cell: ({ at }) => (
      <span className="quiet">
        <When at={at} />
      </span>
    ),
  },
];
