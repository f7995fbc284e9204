// How a contact is addressed. A CRM's name field holds anything: full names, companies, numbers, whatever a form let in.
// Used by scripted texts and by the language model's prompt.

/** One word of letters, as in "Anne-Marie" or "D’Arcy". */
const NAME = /^\p{L}[\p{L}\p{M}'’.-]{0,29}$/u;
const NO_NAMES = new Set(["no", "unknown", "lead", "the", "mr", "mrs", "ms", "miss", "mx", "dr", "prof"]);

/** The first word of a name, or null when that is nothing to address somebody by. */
export function firstName(name: string | null): string | null {
  const first = (name ?? "").trim().split(/\s+/)[0] ?? "";
  return NAME.test(first) && !NO_NAMES.has(first.toLowerCase().replace(/\.$/, "")) ? first : null;
}
