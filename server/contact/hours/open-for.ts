// For how long from now somebody may still be contacted by the hours of the day. Asked where what goes out may wait on its
// way, so that it does not arrive at night.
import { type ContactDeps, type ContactQuestion, checkHours } from "../check-contact.ts";

const SECOND_MS = 1_000;

/** Whole seconds in ms, at most `most` (less than any pause between opening hours is long); 0: not allowed now. */
export function openFor(deps: ContactDeps, question: ContactQuestion, most: number): number {
  const isOpen = (seconds: number): boolean => {
    const tenant = deps.tenant(question.tenant);
    const at = question.at + seconds * SECOND_MS;
    return tenant !== undefined && checkHours(deps, tenant, { ...question, at }).decision === "allowed";
  };
  const seconds = Math.floor(most / SECOND_MS);
  if (!isOpen(0)) return 0;
  if (isOpen(seconds)) return seconds * SECOND_MS;
  let [open, closed] = [0, seconds];
  while (closed - open > 1) {
    const middle = Math.floor((open + closed) / 2);
    if (isOpen(middle)) open = middle;
    else closed = middle;
  }
  return open * SECOND_MS;
}
