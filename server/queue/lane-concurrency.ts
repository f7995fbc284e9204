// How many jobs of one lane run at once. Enough to keep the lane's budget used, no more: whoever waits for a slot at the
// CRM does so in the table, where it costs nothing, and not in a request whose time runs out. Asked by the worker.

/** `laneKey` is `<kind>:<account>`; the kinds with a number of their own need few side by side. */
export function laneConcurrency(laneKey: string): number {
  const kind = laneKey.slice(0, Math.max(0, laneKey.indexOf(":")));
  // Notes trickle (10 in 10 s, FUB docs: rate limiting); pages of a list come one after the other anyway.
  if (kind === "notes") return 3;
  // Everything that is handed to providers, of all brokerages.
  if (kind === "outreach") return 16;
  return kind === "list" ? 1 : 6;
}
