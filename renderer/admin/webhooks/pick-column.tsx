// Choosing several rows of a list to do the same with all of them.
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Column } from "../kit/data-table.tsx";
import { WEBHOOKS } from "../texts/webhooks.ts";

interface Row {
  readonly id: number;
}
export interface Chosen {
  readonly on: boolean;
  readonly ids: ReadonlySet<number>;
  readonly toggle: () => void;
  readonly clear: () => void;
  readonly choose: (rows: readonly Row[]) => void;
  readonly flip: (id: number) => void;
}

/** As many as the gateway takes at once. */
const MOST = 1000;

export function useChosen(): Chosen {
  const [on, setOn] = useState(false);
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  return {
    on,
    ids,
    toggle: () => {
      setOn(!on);
      setIds(new Set());
    },
    clear: () => setIds(new Set()),
    choose: (rows) => setIds(new Set(rows.slice(0, MOST).map(({ id }) => id))),
    flip: (id) =>
      setIds((now) =>
        now.has(id) ? new Set([...now].filter((other) => other !== id)) : new Set([...now, id]),
      ),
  };
}

export const pickColumn = <T extends Row>(chosen: Chosen, nameOf: (row: T) => string): Column<T> => ({
  id: "pick",
  header: "",
  width: "40px",
  cell: (row) => (
    <Checkbox
      size="xs"
      className="pick"
      aria-label={WEBHOOKS.pick(nameOf(row))}
      checked={chosen.ids.has(row.id)}
      onChange={() => chosen.flip(row.id)}
      // The row itself opens what is clicked.
      onClick={(event) => event.stopPropagation()}
    />
  ),
});
