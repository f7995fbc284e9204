// Hub outcome → Follow Up Boss call outcome: the guide's table, the tenant's changes to it, then FUB's own labels.
import { FUB_CALL_OUTCOMES, type FubCallOutcome } from "../../shared/values.ts";

/** Seed 000, "Call outcome mapping". Outcomes not named here are written without one unless they are a FUB label. */
export const STANDARD_OUTCOMES: Readonly<Record<string, FubCallOutcome>> = {
  no_answer: "No Answer",
  voicemail: "Left Message",
  busy: "Busy",
  invalid_phone: "Bad Number",
  bad_number: "Bad Number",
  connected: "Interested",
  delivered: "Interested",
  completed: "Interested",
  not_interested: "Not Interested",
};

/** null: the call is written without an outcome. A tenant's entry, null included, goes before the standard table. */
export function mapOutcome(
  outcome: string | null,
  changes: Readonly<Record<string, FubCallOutcome | null | undefined>>,
): FubCallOutcome | null {
  if (outcome === null) return null;
  const changed = Object.hasOwn(changes, outcome) ? changes[outcome] : undefined;
  if (changed !== undefined) return changed;
  if (Object.hasOwn(STANDARD_OUTCOMES, outcome)) return STANDARD_OUTCOMES[outcome] ?? null;
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, "");
  return FUB_CALL_OUTCOMES.find((label) => plain(label) === plain(outcome)) ?? null;
}
