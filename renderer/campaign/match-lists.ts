// Finds Smart Lists by what somebody types: every word, anywhere in the name, whatever its case and accents.
import type { SmartList } from "../../shared/campaign.schema.ts";

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLocaleLowerCase();

export function matchLists(lists: readonly SmartList[], typed: string): readonly SmartList[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return lists;
  return lists.filter((list) => {
    const name = plain(list.name);
    return words.every((word) => name.includes(word));
  });
}
