// What narrows the do-not-contact list: words, kind, state. Kept in the route.
import { useCallback } from "react";
import { type SuppressionPage, suppressionPageSchema } from "../../../shared/console/contact-rules.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { FilterChips } from "../kit/filter-chips.tsx";
import { useParams } from "../kit/hash-route.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { useRead } from "../kit/use-read.ts";
import { LIST } from "../texts/contact.ts";

const KINDS = ["opt_out", "do_not_call"] as const;
const STATES = (["active", "ended", "all"] as const).map((value) => ({ value, label: LIST.states[value] }));

export function useSuppressionFilter(tenant: string) {
  const [params, change] = useParams();
  const kind = KINDS.find((one) => one === params.kind) ?? null;
  const state = STATES.find(({ value }) => value === params.state)?.value ?? "active";
  const search = params.q?.slice(0, 200) ?? "";
  return {
    query: { tenant, kind, state, search },
    filtered: kind !== null || state !== "active" || search !== "",
    change,
  };
}

export function SuppressionFilters({ tenant }: { readonly tenant: string }) {
  const { query, change } = useSuppressionFilter(tenant);
  const search = useCallback((q: string) => change({ q }), [change]);
  const page = useRead("/suppressions", suppressionPageSchema, { query: { tenant, limit: 1 } });
  return (
    <div className="filters">
      <SearchBox label={LIST.find} value={query.search} onChange={search} />
      <FilterChips
        label={LIST.kind}
        options={kindsOf(page.data)}
        value={query.kind}
        onChange={(kind) => change({ kind })}
      />
      <FilterChips
        label={LIST.state}
        options={STATES}
        value={query.state}
        onChange={(state) => change({ state: state === "active" ? null : state })}
      />
    </div>
  );
}

const kindsOf = (page: SuppressionPage | undefined) =>
  KINDS.map((value) => {
    const word = LIST.kinds[value];
    return { value, label: page === undefined ? word : LIST.countOf(word, sayNumber(page.counts[value])) };
  });
