// What a message outreach came to, once more is known than that it was delivered. Pure.

/** known → what may take its place: they answered, they declined, or it came back after all. */
const MAY_BECOME: Readonly<Record<string, readonly string[]>> = {
  delivered: ["connected", "not_interested", "failed"],
  completed: ["connected", "not_interested"],
  connected: ["not_interested"],
};

/** The outcome after `said` was heard: never back, never out of a result of another kind. */
export function refineOutcome(known: string | null, said: string): string | null {
  if (known === null) return known;
  return Object.hasOwn(MAY_BECOME, known) && MAY_BECOME[known]?.includes(said) ? said : known;
}
