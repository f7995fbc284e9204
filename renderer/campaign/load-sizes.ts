// Learns how many people are on the lists somebody looks at, a few at a time: each size costs Follow Up Boss a request.
import type { Answer } from "../ui/read-answer.ts";

export interface SizeLoader {
  /** These lists came into view, or left it. Sizes known or asked for are not asked again. */
  seen(ids: readonly string[], visible: boolean): void;
  known(id: string): number | undefined;
  /** Nobody looks at lists any more. */
  forget(): void;
}
export interface SizeDeps {
  readonly ask: (ids: readonly string[]) => Promise<Answer<ReadonlyMap<string, number>>>;
  readonly onSize: (id: string, size: number) => void;
  /** Runs later, so that scrolling past many lists asks for few. */
  readonly later: (act: () => void) => void;
}

/** The most lists one request may name (shared/campaign.schema.ts). */
export const SIZES_AT_ONCE = 20;
const ENOUGH_FAILURES = 2;

export function createSizeLoader({ ask, onSize, later }: SizeDeps): SizeLoader {
  const sizes = new Map<string, number>();
  const asked = new Set<string>();
  const wanted = new Set<string>();
  let busy = false;
  let failures = 0;

  const next = async (): Promise<void> => {
    const ids = [...wanted].slice(0, SIZES_AT_ONCE);
    if (ids.length === 0 || failures >= ENOUGH_FAILURES) {
      busy = false;
      return;
    }
    for (const id of ids) {
      wanted.delete(id);
      asked.add(id);
    }
    const answer = await ask(ids);
    if ("failure" in answer) failures += 1;
    else {
      failures = 0;
      for (const [id, size] of answer.value) {
        sizes.set(id, size);
        onSize(id, size);
      }
    }
    await next();
  };
  return {
    known: (id) => sizes.get(id),
    forget: () => wanted.clear(),
    seen: (ids, visible) => {
      for (const id of ids) {
        if (visible && !asked.has(id)) wanted.add(id);
        else wanted.delete(id);
      }
      if (busy || wanted.size === 0) return;
      busy = true;
      later(() => void next());
    },
  };
}
