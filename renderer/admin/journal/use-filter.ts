// The Journal's filters as they stand in the route, with the brokerage chosen in the rail.
import { SEVERITIES } from "../../../shared/journal.schema.ts";
import { useParams } from "../kit/hash-route.ts";
import { useTenant } from "../shell/tenant.tsx";
import type { JournalFilter } from "./match-journal.ts";

/** Filters shown as a chip that can be taken away. */
export const EXTRA = [
  "tenant",
  "user_id",
  "person_id",
  "engagement_id",
  "event",
  "channel",
  "outcome",
  "since",
  "until",
] as const;

/** A time that is no time would make the gateway refuse the whole question. */
const isTime = (text: string): boolean => Number.isFinite(Date.parse(text)) && /^\d{4}-.*Z$/.test(text);

export function useFilter() {
  const [params, change] = useParams();
  const { tenant } = useTenant();
  const filter: Record<string, string> = {};
  for (const name of EXTRA) {
    const value = params[name];
    if (value && (!(name === "since" || name === "until") || isTime(value))) filter[name] = value;
  }
  if (SEVERITIES.some((severity) => severity === params.severity)) filter.severity = params.severity ?? "";
  if (params.q) filter.q = params.q.slice(0, 200);
  // A link may name another brokerage than the one chosen in the rail.
  if (!filter.tenant && tenant !== null) filter.tenant = tenant;
  return { filter: filter as JournalFilter, params, change };
}
