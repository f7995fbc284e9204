// The Journal: everything the gateway did, newest first, live. Reading further down or pausing holds the new ones back.
import { Button } from "@mantine/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { JournalEntry } from "../../../shared/journal.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { DataTable } from "../kit/data-table.tsx";
import { goTo, keptQuery } from "../kit/hash-route.ts";
import { Icon } from "../kit/icon.tsx";
import { Empty, Loading } from "../kit/load-state.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { Failure } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { useStreamLive } from "../kit/stream.tsx";
import { useRest } from "../kit/use-rest.ts";
import { JOURNAL } from "../texts/journal.ts";
import { KIT } from "../texts/kit.ts";
import { EntryDrawer } from "./entry-drawer.tsx";
import { JOURNAL_COLUMNS } from "./journal-columns.tsx";
import { JournalFilters } from "./journal-filters.tsx";
import { useFilter } from "./use-filter.ts";
import { useJournal } from "./use-journal.ts";

const keyOf = (entry: JournalEntry): string => String(entry.seq);
const nameOf = (entry: JournalEntry): string =>
  JOURNAL.row(JOURNAL.severityOne[entry.severity], entry.message);
const open = (entry: JournalEntry): void => goTo(`/journal/${entry.seq}${keptQuery()}`);

export function JournalRoom() {
  const { filter } = useFilter();
  const journal = useJournal(filter);
  const { buffer, hold } = journal;
  const state = journal.state();
  const live = useStreamLive();
  const [seq] = useRest();
  const [paused, setPaused] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const settle = useCallback(() => hold(paused || (scroller.current?.scrollTop ?? 0) > 0), [hold, paused]);
  useEffect(settle, [settle]);
  const showNew = (): void => {
    setPaused(false);
    scroller.current?.scrollTo({ top: 0 });
    hold(false);
  };
  const waiting = buffer.waiting();
  const filtered = Object.keys(filter).length > 0;
  const version = buffer.version();
  // What only waits to be shown does not draw the table again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the buffer's rows
  const table = useMemo(
    () => (
      <DataTable
        label={JOURNAL.list}
        columns={JOURNAL_COLUMNS}
        count={buffer.size()}
        rowAt={buffer.rowAt}
        keyOf={keyOf}
        nameOf={nameOf}
        onOpen={open}
        openKey={seq ?? null}
        rowHeight={40}
        scrollRef={scroller}
        onScrolled={settle}
        onEnd={() => void journal.older()}
        empty={
          filtered ? (
            <Empty title={KIT.noMatch} text={KIT.noMatchText} />
          ) : (
            <Empty title={JOURNAL.none} text={JOURNAL.noneText} />
          )
        }
      />
    ),
    [journal, buffer, version, seq, settle, filtered],
  );
  return (
    <>
      <RoomHead title={JOURNAL.title}>
        <LiveBadge live={live} paused={paused} />
        <Button
          size="xs"
          variant="default"
          aria-pressed={paused}
          leftSection={<Icon name={paused ? "play" : "pause"} size={14} />}
          onClick={() => setPaused((now) => !now)}
        >
          {paused ? JOURNAL.resume : JOURNAL.pause}
        </Button>
      </RoomHead>
      <JournalFilters />
      <div className="table-panel">
        {waiting > 0 ? (
          <div className="new-rows">
            <Button size="compact-sm" leftSection={<Icon name="up" size={14} />} onClick={showNew}>
              {JOURNAL.newRows(sayNumber(waiting))}
            </Button>
          </div>
        ) : null}
        {state === "loading" ? (
          <div className="table-empty">
            <Loading lines={10} />
          </div>
        ) : state instanceof Error ? (
          <Failure error={state} retry={() => void journal.first()} />
        ) : (
          table
        )}
      </div>
      <EntryDrawer seq={seq ?? null} buffer={buffer} onClose={() => goTo(`/journal${keptQuery()}`)} />
    </>
  );
}

function LiveBadge({ live, paused }: { readonly live: boolean; readonly paused: boolean }) {
  if (paused) return <StateBadge tone="wait" word={JOURNAL.paused} />;
  return live ? <StateBadge tone="ok" word={JOURNAL.live} /> : <StateBadge tone="none" word={JOURNAL.away} />;
}
