// A table of any length: only the rows in sight exist. One row is one button to its detail; arrows, Page, Home and End
// move through all of them. Narrow screens show the main columns only; the rest is in the detail.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, type ReactNode, type RefObject, useRef, useState } from "react";

export interface Column<T> {
  readonly id: string;
  readonly header: string;
  /** CSS grid track: "120px", "1fr", "minmax(160px, 2fr)". */
  readonly width: string;
  readonly cell: (row: T) => ReactNode;
  /** Left out on narrow screens; "tiny": only on those of a phone's width. */
  readonly secondary?: boolean | "tiny";
}

export interface DataTableProps<T> {
  /** Names the table for the ear. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly count: number;
  /** Row `index`, 0 is the topmost. */
  readonly rowAt: (index: number) => T | undefined;
  readonly keyOf: (row: T) => string;
  /** What a screen reader says for the row's button. */
  readonly nameOf: (row: T) => string;
  readonly onOpen: (row: T) => void;
  /** Key of the row whose detail is open. */
  readonly openKey?: string | null;
  readonly rowHeight?: number;
  /** Shown instead of rows. */
  readonly empty?: ReactNode;
  /** Called near the end, to read more. */
  readonly onEnd?: () => void;
  readonly scrollRef?: RefObject<HTMLDivElement | null>;
  /** Above 0: not at the top. */
  readonly onScrolled?: (top: number) => void;
  /** Row count when it is known that there are more than are loaded. */
  readonly total?: number;
}

const NEAR_END = 20;
/** Height of the head, which stays in sight; as in table.css. */
const HEAD_PX = 32;

export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, count, rowHeight = 44, onEnd } = props;
  const own = useRef<HTMLDivElement>(null);
  const scroller = props.scrollRef ?? own;
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: HEAD_PX,
    // Drawn with the next frame; forcing it within the scroll event costs frames.
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 1);
    const next = moved(event.key, active, count, page);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(next);
    focusRow(scroller.current, next);
  };
  return (
    <div
      ref={scroller}
      className="table-scroll"
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        props.onScrolled?.(scrollTop);
        if (scrollTop + clientHeight > scrollHeight - NEAR_END * rowHeight) onEnd?.();
      }}
    >
      <table aria-label={label} aria-rowcount={(props.total ?? count) + 1} style={tracks(columns)}>
        <HeadRow columns={columns} />
        <tbody style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
          {items.map(({ index, start }) => {
            const row = props.rowAt(index);
            return row === undefined ? null : (
              <MemoRow
                key={index}
                row={row}
                index={index}
                start={start}
                height={rowHeight}
                columns={columns}
                name={props.nameOf(row)}
                open={props.openKey != null && props.openKey === props.keyOf(row)}
                tabbable={index === Math.min(active, count - 1)}
                onOpen={props.onOpen}
                onActive={setActive}
              />
            );
          })}
        </tbody>
      </table>
      {count === 0 ? <div className="table-empty">{props.empty}</div> : null}
    </div>
  );
}

function HeadRow<T>({ columns }: { readonly columns: readonly Column<T>[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th key={column.id} scope="col" className={classOf(column)}>
            {column.header}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps<T> {
  readonly row: T;
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly columns: readonly Column<T>[];
  readonly name: string;
  readonly open: boolean;
  readonly tabbable: boolean;
  readonly onOpen: (row: T) => void;
  readonly onActive: (index: number) => void;
}

function BodyRow<T>({ row, index, start, height, columns, ...props }: RowProps<T>) {
  return (
    <tr
      aria-rowindex={index + 2}
      className={props.open ? "is-open" : ""}
      style={{ height, transform: `translateY(${start}px)` }}
      onClick={() => props.onOpen(row)}
    >
      {columns.map((column, at) => (
        <td key={column.id} className={classOf(column)}>
          {at === 0 ? (
            <button
              type="button"
              className="row-button"
              data-row={index}
              tabIndex={props.tabbable ? 0 : -1}
              aria-label={props.name}
              onFocus={() => props.onActive(index)}
            >
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

/** A row that has not changed is not drawn again: scrolling only pays for the rows that come into sight. */
const MemoRow = memo(BodyRow) as typeof BodyRow;

const classOf = ({ secondary }: { readonly secondary?: boolean | "tiny" }): string =>
  secondary === "tiny" ? "cell-tiny" : secondary ? "cell-secondary" : "";

/** Three sets of tracks; table.css takes the one for the width there is. */
function tracks<T>(columns: readonly Column<T>[]): Record<string, string> {
  const of = (some: readonly Column<T>[]): string => some.map(({ width }) => width).join(" ");
  const loose = (text: string): string => text.replaceAll(/minmax\(\d+px/g, "minmax(0");
  return {
    "--tracks": of(columns),
    "--tracks-narrow": loose(of(columns.filter(({ secondary }) => secondary !== true))),
    "--tracks-tiny": loose(of(columns.filter(({ secondary }) => !secondary))),
  };
}

function moved(key: string, from: number, count: number, page: number): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const next = to[key];
  return next === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, next));
}

/** The row may be drawn only after the list has scrolled to it. */
function focusRow(scroller: HTMLElement | null, index: number, tries = 40): void {
  const button = scroller?.querySelector<HTMLElement>(`[data-row="${index}"]`);
  if (button) button.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusRow(scroller, index, tries - 1));
}
