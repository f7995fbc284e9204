// The filters of the Journal: search, severity, and the rest folded; what narrows the view stands below as chips.
import { Button, NativeSelect, Popover, TextInput } from "@mantine/core";
import { useCallback } from "react";
import { SEVERITIES } from "../../../shared/journal.schema.ts";
import { CHANNELS, OUTCOMES, REFUSAL_REASONS } from "../../../shared/values.ts";
import { exactTime } from "../../ui/relative-time.ts";
import { CHANNEL_NAMES, sayOutcome } from "../../ui/wording.ts";
import { FilterChips } from "../kit/filter-chips.tsx";
import { Icon } from "../kit/icon.tsx";
import { toIso, toLocal } from "../kit/local-time.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { JOURNAL } from "../texts/journal.ts";
import { EXTRA, useFilter } from "./use-filter.ts";

const SEVERITY_OPTIONS = SEVERITIES.toReversed().map((value) => ({
  value,
  label: JOURNAL.severities[value],
}));
const any = { value: "", label: JOURNAL.any };
const CHANNEL_OPTIONS = [any, ...CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] }))];
const OUTCOME_OPTIONS = [
  any,
  ...[...new Set<string>([...OUTCOMES, ...REFUSAL_REASONS])].map((value) => ({
    value,
    label: sayOutcome(value).word,
  })),
];

export function JournalFilters() {
  const { params, change } = useFilter();
  const search = useCallback((q: string) => change({ q }), [change]);
  return (
    <div className="stack">
      <div className="filters fill">
        <SearchBox label={JOURNAL.find} value={params.q ?? ""} onChange={search} />
        <FilterChips
          label={JOURNAL.severity}
          options={SEVERITY_OPTIONS}
          value={params.severity ?? null}
          onChange={(severity) => change({ severity })}
        />
        <MoreFilters />
      </div>
      <Narrowed />
    </div>
  );
}

function MoreFilters() {
  const { params, change } = useFilter();
  return (
    <Popover position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" rightSection={<Icon name="down" size={12} />}>
          {JOURNAL.more}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="more-filters">
          <NativeSelect
            label={JOURNAL.channel}
            data={CHANNEL_OPTIONS}
            value={params.channel ?? ""}
            onChange={(event) => change({ channel: event.currentTarget.value })}
          />
          <NativeSelect
            label={JOURNAL.outcome}
            data={OUTCOME_OPTIONS}
            value={params.outcome ?? ""}
            onChange={(event) => change({ outcome: event.currentTarget.value })}
          />
          {(["user_id", "person_id"] as const).map((name) => (
            <TextInput
              key={name}
              label={name === "user_id" ? JOURNAL.agent : JOURNAL.person}
              value={params[name] ?? ""}
              onChange={(event) => change({ [name]: event.currentTarget.value.trim() })}
            />
          ))}
          {(["since", "until"] as const).map((name) => (
            <TextInput
              key={name}
              type="datetime-local"
              label={JOURNAL[name]}
              value={toLocal(params[name])}
              onChange={(event) => change({ [name]: toIso(event.currentTarget.value) })}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Narrowed() {
  const { params, change } = useFilter();
  const shown = EXTRA.filter((name) => params[name]);
  if (shown.length === 0) return null;
  return (
    <ul className="row">
      {shown.map((name) => (
        <li key={name}>
          <Button
            size="compact-xs"
            variant="light"
            rightSection={<Icon name="close" size={12} />}
            aria-label={JOURNAL.remove(JOURNAL.filters[name])}
            onClick={() => change({ [name]: null })}
          >
            {JOURNAL.filters[name]}: {say(name, params[name] ?? "")}
          </Button>
        </li>
      ))}
      <li>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => change(Object.fromEntries(EXTRA.map((name) => [name, null])))}
        >
          {JOURNAL.clear}
        </Button>
      </li>
    </ul>
  );
}

function say(name: (typeof EXTRA)[number], value: string): string {
  if (name === "outcome") return sayOutcome(value).word;
  if (name === "channel") return CHANNELS.find((c) => c === value) ? CHANNEL_NAMES[value as "phone"] : value;
  const ms = Date.parse(value);
  return (name === "since" || name === "until") && Number.isFinite(ms) ? exactTime(ms) : value;
}
