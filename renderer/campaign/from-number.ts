// Where calls and texts go out from, as words that stay together on one line; e-mails have no number.
import { element } from "../ui/build-element.ts";
import { sayContact } from "../ui/say-contact.ts";

/** " from (416) 555-0111" after `before`, or nothing. `from` is E.164 or as written. */
export function fromNumber(
  before: string,
  channel: string | null,
  from: string | null,
): readonly (Node | string)[] {
  if (channel === "email" || from === null || from === "") return [];
  return [before, element("span", { class: "whole", title: from }, `from ${sayContact(from)}`)];
}
