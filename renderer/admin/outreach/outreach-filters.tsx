// The filters of the list, kept in the route so that a link shows the same.
import { useCallback } from "react";
import { ENGAGEMENT_STATUSES } from "../../../shared/values.ts";
import { sayStatus } from "../../ui/wording.ts";
import { FilterChips } from "../kit/filter-chips.tsx";
import { useParams } from "../kit/hash-route.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { OUTREACH } from "../texts/outreach.ts";

const KINDS = [
  { value: "single", label: OUTREACH.single },
  { value: "campaigns", label: OUTREACH.campaigns },
];
const STATUSES = ENGAGEMENT_STATUSES.map((status) => ({
  value: status,
  label: status === "in_progress" ? "In progress" : sayStatus(status, "phone").word,
}));

export function OutreachFilters() {
  const [params, change] = useParams();
  const search = useCallback((q: string) => change({ q, kind: null }), [change]);
  return (
    <div className="filters">
      <SearchBox label={OUTREACH.find} value={params.q ?? ""} onChange={search} />
      <FilterChips
        label={OUTREACH.kinds}
        options={KINDS}
        value={params.kind ?? null}
        onChange={(kind) => change({ kind, ...(kind === "campaigns" ? { status: null, q: null } : {}) })}
      />
      {params.kind === "campaigns" ? null : (
        <FilterChips
          label={OUTREACH.status}
          options={STATUSES}
          value={params.status ?? null}
          onChange={(status) => change({ status })}
        />
      )}
    </div>
  );
}
