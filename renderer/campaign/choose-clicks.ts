// Which click id a review and its start go under: the same choices keep theirs, so that a list is not read twice.

export interface Clicks {
  /** The id for these choices. */
  idFor(choices: object): string;
  /** What it stood for is started, canceled or too old: the next review is a new one. */
  spend(): void;
}

export function createClicks(newId: () => string): Clicks {
  let open: { readonly key: string; readonly id: string } | null = null;
  return {
    idFor: (choices) => {
      const key = JSON.stringify(choices);
      if (open?.key !== key) open = { key, id: newId() };
      return open.id;
    },
    spend: () => {
      open = null;
    },
  };
}
