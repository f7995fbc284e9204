// A newest-first list that never jumps: while somebody reads further down (or has the keyboard in a row), new rows
// wait behind a button that counts them. The journal and the outreach list are both one.
import { element } from "./build-element.ts";
import { sayNumber } from "./say-count.ts";

export interface PinnedRow {
  readonly key: string;
  readonly node: HTMLElement;
}
export interface PinnedList {
  readonly node: HTMLElement;
  /** Replaces everything, newest first, and goes to the top. */
  reset(rows: readonly PinnedRow[]): void;
  /** Newest first. Known keys are replaced where they stand; others go on top, now or when asked for. */
  add(rows: readonly PinnedRow[]): void;
  /** Older rows below what is shown. */
  append(rows: readonly PinnedRow[]): void;
  /** Shown in place of rows: loading, empty, failed. */
  say(message: Node | null): void;
  size(): number;
}

const KEPT = 2000;

/** The words on the button: "37 new". */
export const newCount = (count: number): string => `${sayNumber(count)} new`;

function listFrame(label: string, className: string) {
  const list = element("ul", {});
  const message = element("div", { class: "message" });
  const more = element("button", { type: "button", class: "new-rows primary small", hidden: true });
  const region = element(
    "div",
    { class: `pinned ${className}`, tabindex: 0, role: "region", "aria-label": label },
    message,
    list,
  );
  const node = element("div", { class: "pinned-frame" }, more, region);
  return { list, message, more, region, node };
}

export function pinnedList(label: string, className: string): PinnedList {
  const rows = new Map<string, HTMLElement>();
  let waiting: PinnedRow[] = [];
  const { list, message, more, region, node } = listFrame(label, className);

  const showCount = (): void => {
    more.hidden = waiting.length === 0;
    more.textContent = newCount(waiting.length);
  };
  const keep = (row: PinnedRow): void => {
    row.node.dataset.key = row.key;
    rows.set(row.key, row.node);
  };
  const put = (added: readonly PinnedRow[]): void => {
    for (const row of added.toReversed()) {
      keep(row);
      list.prepend(row.node);
    }
    while (list.children.length > KEPT) {
      const oldest = list.lastElementChild;
      if (oldest instanceof HTMLElement) rows.delete(oldest.dataset.key ?? "");
      oldest?.remove();
    }
  };
  const release = (): void => {
    const added = waiting;
    waiting = [];
    put(added);
    showCount();
  };
  const reading = (): boolean => region.scrollTop > 8 || list.contains(document.activeElement);
  more.addEventListener("click", () => {
    release();
    region.scrollTop = 0;
    region.focus();
  });
  region.addEventListener("scroll", () => {
    if (waiting.length > 0 && region.scrollTop === 0) release();
  });

  return {
    node,
    size: () => rows.size + waiting.length,
    say: (content) => message.replaceChildren(...(content === null ? [] : [content])),
    reset: (all) => {
      rows.clear();
      waiting = [];
      list.replaceChildren();
      put(all);
      showCount();
      region.scrollTop = 0;
    },
    append: (older) => {
      for (const row of older) {
        if (rows.has(row.key)) continue;
        keep(row);
        list.append(row.node);
      }
    },
    add: (incoming) => {
      const fresh: PinnedRow[] = [];
      for (const row of incoming) {
        const old = rows.get(row.key);
        if (old === undefined) fresh.push(row);
        else if (!old.contains(document.activeElement)) {
          keep(row);
          old.replaceWith(row.node);
        }
      }
      const keys = new Set(fresh.map((row) => row.key));
      waiting = [...fresh, ...waiting.filter((row) => !keys.has(row.key))];
      if (reading()) showCount();
      else release();
    },
  };
}
