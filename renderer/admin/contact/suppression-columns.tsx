// The columns of the do-not-contact list.
import type { Suppression } from "../../../shared/console/contact-rules.schema.ts";
import type { Column } from "../kit/data-table.tsx";
import { Phone } from "../kit/phone.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { LIST } from "../texts/contact.ts";
import { saySource, whoOf } from "./say-suppression.ts";

const words = LIST.columns;

export const SuppressionBadge = ({ row }: { readonly row: Suppression }) =>
  row.ended_at === null ? (
    <StateBadge tone="bad" word={LIST.kinds[row.kind]} plain />
  ) : (
    <StateBadge tone="none" word={`${LIST.kinds[row.kind]}, ${LIST.states.ended.toLowerCase()}`} plain />
  );

export const SUPPRESSION_COLUMNS: readonly Column<Suppression>[] = [
  {
    id: "who",
    header: words.who,
    width: "minmax(140px, 1.4fr)",
    cell: (row) =>
      row.contact === null ? (
        <span className="ellipsis">{whoOf(row)}</span>
      ) : (
        <span className="ellipsis">
          <Phone value={row.contact} />
        </span>
      ),
  },
  {
    id: "kind",
    header: words.kind,
    width: "minmax(120px, 1fr)",
    cell: (row) => <SuppressionBadge row={row} />,
  },
  {
    id: "source",
    header: words.source,
    width: "minmax(120px, 1fr)",
    secondary: true,
    cell: ({ source }) => <span className="ellipsis">{saySource(source)}</span>,
  },
  {
    id: "said",
    header: words.said,
    width: "minmax(0, 1.6fr)",
    secondary: true,
    cell: ({ said }) => (
      <span className="quiet ellipsis" dir="auto" title={said ?? ""}>
        {said}
      </span>
    ),
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    secondary: "tiny",
    cell: ({ created_at }) => (
      <span className="quiet">
        <When at={created_at} />
      </span>
    ),
  },
];
