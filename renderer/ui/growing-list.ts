// A list of rows that are only ever added or corrected in place: a transcript, steps, messages. Nothing else is touched, so
// neither a selection nor a screen reader's place is lost.

export interface GrowingList<T> {
  readonly node: HTMLElement;
  /** Shows the rows, touching only what is new or has changed. */
  update(rows: readonly T[]): void;
}

/** `render` is asked anew for a row whose JSON has changed. */
export function growingList<T>(node: HTMLElement, render: (row: T) => HTMLElement): GrowingList<T> {
  let shown: string[] = [];
  return {
    node,
    update: (rows) => {
      const wanted = rows.map((row) => JSON.stringify(row));
      for (const [index, row] of rows.entries()) {
        const child = node.children[index];
        if (child === undefined) node.append(render(row));
        else if (shown[index] !== wanted[index]) child.replaceWith(render(row));
      }
      while (node.children.length > rows.length) node.lastElementChild?.remove();
      shown = wanted;
    },
  };
}
