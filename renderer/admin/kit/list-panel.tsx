// The frame of lists that grow at the top: loading, failed, empty, the count of new ones, and the table.
import { Button } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { sayNumber } from "../../ui/say-count.ts";
import { KIT } from "../texts/kit.ts";
import { type Column, DataTable } from "./data-table.tsx";
import { Icon } from "./icon.tsx";
import { Empty, Loading } from "./load-state.tsx";
import { Failure } from "./problem.tsx";
import type { PagedList } from "./use-paged-list.ts";

export interface ListPanelProps<Row> {
  readonly list: PagedList<Row>;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly nameOf: (row: Row) => string;
  readonly onOpen: (row: Row) => void;
  readonly openKey: string | null;
  readonly filtered: boolean;
  readonly empty: ReactNode;
  /** True: somebody reads further down. */
  readonly onHeld: (held: boolean) => void;
}

export function ListPanel<Row extends { readonly id: number }>(props: ListPanelProps<Row>) {
  const { list } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const showNew = (): void => {
    scroller.current?.scrollTo({ top: 0 });
    props.onHeld(false);
  };
  if (list.rows === null)
    return (
      <div className="table-panel">
        <div className="table-empty">
          {list.error === null ? <Loading lines={8} /> : <Failure error={list.error} retry={list.again} />}
        </div>
      </div>
    );
  const rows = list.rows;
  return (
    <div className="table-panel">
      {list.newer > 0 ? (
        <div className="new-rows">
          <Button size="compact-sm" leftSection={<Icon name="up" size={14} />} onClick={showNew}>
            {KIT.newRows(sayNumber(list.newer))}
          </Button>
        </div>
      ) : null}
      <DataTable
        label={props.label}
        columns={props.columns}
        count={rows.length}
        rowAt={(index) => rows[index]}
        keyOf={({ id }) => String(id)}
        nameOf={props.nameOf}
        onOpen={props.onOpen}
        openKey={props.openKey}
        scrollRef={scroller}
        onScrolled={(top) => props.onHeld(top > 0)}
        onEnd={list.older}
        empty={
          props.filtered ? (
            <Empty title={KIT.noMatch} text={KIT.noMatchText}>
              {list.hasMore ? (
                <Button size="xs" variant="default" loading={list.loadingMore} onClick={list.older}>
                  {KIT.more}
                </Button>
              ) : null}
            </Empty>
          ) : (
            props.empty
          )
        }
      />
    </div>
  );
}
