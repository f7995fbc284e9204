// Hub outcome → Follow Up Boss call outcome: the guide's table, the tenant's changes to it, then FUB's own labels.
import { FUB_CALL_OUTCOMES, type FubCallOutcome, STANDARD_OUTCOMES } from "../../shared/values.ts";

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
