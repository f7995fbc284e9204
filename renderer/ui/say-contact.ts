// Shows a number as people in its country write it. North American numbers only; all others stay E.164.

/** "+14165550111" → "(416) 555-0111"; anything else is given back as it is. */
export function sayContact(contact: string): string {
  const match = /^\+1([2-9]\d{2})(\d{3})(\d{4})$/.exec(contact);
  return match ? `(${match[1]}) ${match[2]}-${match[3]}` : contact;
}

/** The name to use in "Call …": the first word, or the whole name where that is a title or an initial. */
export function firstName(name: string): string {
  const whole = name.trim();
  const first = whole.split(/\s+/u)[0] ?? "";
  if (whole === "") return "this person";
  return first.endsWith(".") || [...first].length < 2 ? whole : first;
}
