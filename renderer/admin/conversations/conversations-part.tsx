// Outreach, Conversations: those in which somebody waits for a person first, one in full at the side.

import { DataTable } from "../kit/data-table.tsx";
import { FilterChips } from "../kit/filter-chips.tsx";
import { goTo, keptQuery, useParams } from "../kit/hash-route.ts";
import { Empty, Loading } from "../kit/load-state.tsx";
import { Failure } from "../kit/problem.tsx";
import { SideDrawer } from "../kit/side-drawer.tsx";
import { useRest } from "../kit/use-rest.ts";
import { EngagementDetail } from "../outreach/engagement-detail.tsx";
import { CONVERSATIONS } from "../texts/conversations.ts";
import { CONVERSATION_COLUMNS, type ConversationRow, conversationName } from "./conversation-columns.tsx";
import { useConversations } from "./use-conversations.ts";

const ROUTE = "/outreach/conversations";
const SHOW = [{ value: "waiting", label: CONVERSATIONS.waiting }];
const keyOf = (row: ConversationRow): string => row.engagement_id;
const open = (row: ConversationRow): void =>
  goTo(`${ROUTE}/${encodeURIComponent(row.engagement_id)}${keptQuery()}`);

export function ConversationsPart() {
  const read = useConversations();
  const [params, change] = useParams();
  const [, opened] = useRest();
  const waiting = params.show === "waiting";
  const all = read.data?.conversations ?? [];
  const rows = waiting ? all.filter(({ needs_agent }) => needs_agent !== null) : all;
  return (
    <>
      <p className="quiet">{CONVERSATIONS.note}</p>
      <div className="filters">
        <FilterChips
          label={CONVERSATIONS.filter}
          options={SHOW}
          value={waiting ? "waiting" : null}
          onChange={(show) => change({ show })}
        />
      </div>
      {read.error === null ? null : <Failure error={read.error} retry={() => void read.refetch()} />}
      <div className="table-panel">
        {read.data === undefined ? (
          <div className="table-empty">{read.error === null ? <Loading lines={8} /> : null}</div>
        ) : (
          <DataTable
            label={CONVERSATIONS.list}
            columns={CONVERSATION_COLUMNS}
            count={rows.length}
            rowAt={(index) => rows[index]}
            keyOf={keyOf}
            nameOf={conversationName}
            onOpen={open}
            openKey={opened ?? null}
            empty={
              waiting ? (
                <Empty title={CONVERSATIONS.noMatchWaiting} />
              ) : (
                <Empty title={CONVERSATIONS.none} text={CONVERSATIONS.noneText} />
              )
            }
          />
        )}
      </div>
      <SideDrawer
        opened={opened !== undefined}
        title={CONVERSATIONS.drawer}
        onClose={() => goTo(`${ROUTE}${keptQuery()}`)}
      >
        {opened === undefined ? null : <EngagementDetail key={opened} id={opened} />}
      </SideDrawer>
    </>
  );
}
