// The identity matrix: one row per agent, one column per thing that must agree, the problems in words below the row.
import { Button, Table } from "@mantine/core";
import { Fragment, useState } from "react";
import type { IdentityMatrix, IdentityRow } from "../../../shared/console/identity.schema.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { AGENTS } from "../texts/agents.ts";
import { COLUMNS, IdentityCell } from "./identity-cell.tsx";

const PAGE = 100;
const SEARCH_FROM = 12;

export function IdentityTable(props: {
  readonly matrix: IdentityMatrix;
  readonly onOpen: (userId: string) => void;
}) {
  const { rows, tenant } = props.matrix;
  const [shown, setShown] = useState(PAGE);
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(({ name, user_id }) => `${name} ${user_id}`.toLowerCase().includes(wanted));
  return (
    <>
      {rows.length < SEARCH_FROM ? null : (
        <div className="matrix-search">
          <SearchBox label={AGENTS.search} value={search} onChange={setSearch} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="check-scroll" tabIndex={0} aria-label={AGENTS.table(tenant)}>
        <Table verticalSpacing="sm" horizontalSpacing="md" className="matrix">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{AGENTS.columns.agent}</Table.Th>
              {COLUMNS.map((column) => (
                <Table.Th key={column} scope="col">
                  {AGENTS.columns[column]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.slice(0, shown).map((row) => (
              <Fragment key={row.user_id}>
                <AgentRow row={row} onOpen={props.onOpen} />
                <ProblemRow row={row} />
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      {found.length <= shown ? null : (
        <Button variant="subtle" onClick={() => setShown(shown + PAGE)}>
          {AGENTS.more(Math.min(PAGE, found.length - shown))}
        </Button>
      )}
    </>
  );
}

function AgentRow({ row, onOpen }: { readonly row: IdentityRow; readonly onOpen: (id: string) => void }) {
  return (
    <Table.Tr className={row.problems.length === 0 ? "" : "matrix-joined"}>
      <Table.Th scope="row">
        <button type="button" className="link" dir="auto" onClick={() => onOpen(row.user_id)}>
          {row.name}
        </button>
        <span className="quiet small block">{row.user_id}</span>
      </Table.Th>
      {COLUMNS.map((column) => (
        <IdentityCell key={column} row={row} column={column} />
      ))}
    </Table.Tr>
  );
}

function ProblemRow({ row }: { readonly row: IdentityRow }) {
  if (row.problems.length === 0) return null;
  return (
    <Table.Tr>
      <Table.Td colSpan={COLUMNS.length + 1} className="matrix-problems">
        <ul>
          {row.problems.map(({ id, severity, sentence, remedy }) => (
            <li key={`${id} ${sentence}`} className={severity === "error" ? "tone-box-bad" : "tone-box-wait"}>
              <ToneShape tone={severity === "error" ? "bad" : "wait"} />
              <span dir="auto">
                <strong>{sentence}</strong> {remedy}
              </span>
            </li>
          ))}
        </ul>
      </Table.Td>
    </Table.Tr>
  );
}
