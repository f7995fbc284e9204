// What narrows the ledger: words, decision, rule, dates. Kept in the route, and sent with the download as well.
import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { useCallback } from "react";
import { REFUSAL_REASONS } from "../../../shared/values.ts";
import { sayOutcome } from "../../ui/wording.ts";
import type { Query } from "../kit/api.ts";
import { FilterChips } from "../kit/filter-chips.tsx";
import { useParams } from "../kit/hash-route.ts";
import { Icon } from "../kit/icon.tsx";
import { toIso, toLocal } from "../kit/local-time.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { LEDGER } from "../texts/ledger.ts";

const DECISIONS = (["allowed", "held", "refused"] as const).map((value) => ({
  value,
  label: LEDGER.decisions[value],
}));
const RULES = [
  { value: "", label: LEDGER.anyRule },
  ...REFUSAL_REASONS.map((value) => ({ value, label: sayOutcome(value).word })),
];

/** A time that is no time would make the gateway refuse the whole question. */
const timeOf = (text: string | undefined): string =>
  text !== undefined && Number.isFinite(Date.parse(text)) && /^\d{4}-.*Z$/.test(text) ? text : "";

export function useLedgerFilter(tenant: string) {
  const [params, change] = useParams();
  const query = {
    tenant,
    search: params.q?.slice(0, 200) ?? "",
    decision: DECISIONS.find(({ value }) => value === params.decision)?.value ?? "",
    rule: params.rule?.slice(0, 60) ?? "",
    from: timeOf(params.from),
    to: timeOf(params.to),
  } satisfies Query;
  const filtered = Object.entries(query).some(([name, value]) => name !== "tenant" && value !== "");
  return { query, filtered, change };
}

export function LedgerFilters({ tenant }: { readonly tenant: string }) {
  const { query, change } = useLedgerFilter(tenant);
  const search = useCallback((q: string) => change({ q }), [change]);
  return (
    <div className="filters">
      <SearchBox label={LEDGER.find} value={query.search} onChange={search} />
      <FilterChips
        label={LEDGER.decision}
        options={DECISIONS}
        value={query.decision || null}
        onChange={(decision) => change({ decision })}
      />
      <NativeSelect
        aria-label={LEDGER.rule}
        size="xs"
        className="event-filter"
        data={
          RULES.some(({ value }) => value === query.rule)
            ? RULES
            : [...RULES, { value: query.rule, label: sayOutcome(query.rule).word }]
        }
        value={query.rule}
        onChange={(event) => change({ rule: event.currentTarget.value })}
      />
      <Dates tenant={tenant} />
    </div>
  );
}

function Dates({ tenant }: { readonly tenant: string }) {
  const { query, change } = useLedgerFilter(tenant);
  const set = query.from !== "" || query.to !== "";
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant={set ? "light" : "default"} rightSection={<Icon name="down" size={12} />}>
          {LEDGER.dates}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack-form">
          {(["from", "to"] as const).map((name) => (
            <TextInput
              key={name}
              type="datetime-local"
              label={LEDGER[name]}
              value={toLocal(query[name])}
              onChange={(event) => change({ [name]: toIso(event.currentTarget.value) })}
            />
          ))}
          {set ? (
            <Button size="compact-xs" variant="subtle" onClick={() => change({ from: null, to: null })}>
              {LEDGER.clear}
            </Button>
          ) : null}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
