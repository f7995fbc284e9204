// One cell of the identity matrix: what was seen, and a shape and colour where something speaks against it.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { IdentityRow } from "../../../shared/console/identity.schema.ts";
import { Phone } from "../kit/phone.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { storyRoute } from "../outreach/story-route.ts";
import { AGENTS } from "../texts/agents.ts";

export const COLUMNS = ["crm_user", "matched", "phone", "key", "embed", "outreach"] as const;
export type Column = (typeof COLUMNS)[number];

export function IdentityCell({ row, column }: { readonly row: IdentityRow; readonly column: Column }) {
  const problems = row.problems.filter((problem) => problem.column === column);
  const severity = problems.some((problem) => problem.severity === "error")
    ? "error"
    : problems.length > 0
      ? "warn"
      : null;
  const Body = BODIES[column];
  return (
    <Table.Td className={severity === null ? "" : severity === "error" ? "tone-box-bad" : "tone-box-wait"}>
      {severity === null ? null : (
        <>
          <ToneShape tone={severity === "error" ? "bad" : "wait"} />
          <span className="sr-only">{severity === "error" ? AGENTS.wrong : AGENTS.look}: </span>
        </>
      )}
      <Body row={row} />
    </Table.Td>
  );
}

type CellProps = { readonly row: IdentityRow };

function CrmUser({ row: { crm_user, account } }: CellProps) {
  if (crm_user === null) return <span className="quiet">{AGENTS.notMatched}</span>;
  return (
    <>
      <span dir="auto">{crm_user.name ?? crm_user.id}</span>
      <span className="quiet small block">{account?.domain ?? account?.name ?? ""}</span>
    </>
  );
}

function Matched({ row: { matched_by, matched_at } }: CellProps) {
  if (matched_by === null) return <span className="quiet">{AGENTS.notSeen}</span>;
  return (
    <>
      <span>{AGENTS.rules[matched_by]}</span>
      <span className="quiet small block">
        <When at={matched_at} />
      </span>
    </>
  );
}

function Phones({ row: { phone_here, display_number, phones_there } }: CellProps) {
  const there =
    phones_there === null ? (
      <span className="quiet">{AGENTS.notRead}</span>
    ) : phones_there.length === 0 ? (
      <span className="quiet">{AGENTS.noPhoneThere}</span>
    ) : (
      phones_there.map((phone) => <Phone key={phone.given} value={phone.e164 ?? phone.given} />)
    );
  return (
    <dl className="pair">
      <div>
        <dt>{AGENTS.here}</dt>
        <dd>
          <Phone value={phone_here?.e164 ?? phone_here?.given ?? null} />
        </dd>
      </div>
      {display_number === null ? null : (
        <div>
          <dt>{AGENTS.second}</dt>
          <dd>
            <Phone value={display_number.e164 ?? display_number.given} />
          </dd>
        </div>
      )}
      <div>
        <dt>{AGENTS.there}</dt>
        <dd>{there}</dd>
      </div>
    </dl>
  );
}

function Key({ row: { key } }: CellProps) {
  const works = AGENTS.keyWorks[key.works === null ? "unknown" : key.works ? "yes" : "no"];
  const whose = key.whose;
  return (
    <span title={key.sentence}>
      {key.used === "none" ? AGENTS.keyUsed.none : `${AGENTS.keyUsed[key.used]}, ${works}`}
      {whose === null ? null : (
        <span className="quiet small block" dir="auto">
          {AGENTS.whoseKey(
            whose.user_name ?? whose.user_id,
            whose.account_domain ?? whose.account_name ?? "",
          )}
        </span>
      )}
    </span>
  );
}

function Embed({ row: { embed_seen } }: CellProps) {
  if (embed_seen === null) return <span className="quiet">{AGENTS.notSeen}</span>;
  return (
    <span title={embed_seen.sentence}>
      {embed_seen.journal_seq === null ? (
        <When at={embed_seen.at} />
      ) : (
        <Link href={`/journal/${embed_seen.journal_seq}`}>
          <When at={embed_seen.at} />
        </Link>
      )}
    </span>
  );
}

function Outreach({ row: { last_outreach } }: CellProps) {
  if (last_outreach === null) return <span className="quiet">{AGENTS.noOutreach}</span>;
  return (
    <>
      <Link href={storyRoute({ engagement_id: last_outreach.engagement_id })}>{last_outreach.sentence}</Link>
      <span className="quiet small block">
        <When at={last_outreach.at} />
      </span>
    </>
  );
}

const BODIES: Readonly<Record<Column, (props: CellProps) => ReactNode>> = {
  crm_user: CrmUser,
  matched: Matched,
  phone: Phones,
  key: Key,
  embed: Embed,
  outreach: Outreach,
};
