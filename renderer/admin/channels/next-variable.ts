// What the next variable of a WhatsApp template is called.

/** "3" after "1" and "2": what Twilio calls the next one. */
export function nextVariable(variables: Readonly<Record<string, string>>): string {
  const numbers = Object.keys(variables)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return String(Math.max(0, ...numbers) + 1);
}
