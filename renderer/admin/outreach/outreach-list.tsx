// Engagements and campaigns in one list, filters as chips, one in full at the side.
import { useCallback } from "react";
import { campaignListSchema } from "../../../shared/console/campaigns.schema.ts";
import { DataTable } from "../kit/data-table.tsx";
import { goTo, keptQuery, useParams } from "../kit/hash-route.ts";
import { Empty, Loading } from "../kit/load-state.tsx";
import { Failure } from "../kit/problem.tsx";
import { useRead } from "../kit/use-read.ts";
import { useTenant } from "../shell/tenant.tsx";
import { KIT } from "../texts/kit.ts";
import { OUTREACH } from "../texts/outreach.ts";
import { type ListItem, mergeList } from "./merge-list.ts";
import { OUTREACH_COLUMNS, overOf, standingOf, whoOf } from "./outreach-columns.tsx";
import { OutreachDrawer } from "./outreach-drawer.tsx";
import { OutreachFilters } from "./outreach-filters.tsx";
import { useEngagements } from "./use-engagements.ts";
import { useOpen } from "./use-open.ts";

const keyOf = (item: ListItem): string => item.key;
const nameOf = (item: ListItem): string => OUTREACH.row(standingOf(item).word, whoOf(item), overOf(item));

export function OutreachList() {
  const [params] = useParams();
  const { tenant } = useTenant();
  const { opened, openSingle, openCampaign } = useOpen();
  const kind = params.kind ?? "";
  const status = params.status ?? "";
  const search = params.q ?? "";
  const withCampaigns = kind !== "single" && status === "" && search === "";
  const singles = useEngagements({ tenant, status, search }, kind !== "campaigns");
  const campaigns = useRead("/campaigns", campaignListSchema, {
    query: { tenant, limit: 100 },
    enabled: withCampaigns,
    everyMs: 10_000,
  });
  const rows = mergeList(
    kind === "campaigns" ? [] : (singles.rows() ?? []),
    withCampaigns ? (campaigns.data?.campaigns ?? []) : [],
    singles.hasMore() && kind !== "campaigns",
  );
  const error = singles.error() ?? (withCampaigns ? campaigns.error : null);
  const waiting = kind === "campaigns" ? campaigns.isPending : singles.rows() === null;
  const open = useCallback(
    (item: ListItem) => (item.kind === "single" ? openSingle(item.key) : openCampaign(item.key)),
    [openSingle, openCampaign],
  );
  const filtered = status !== "" || search !== "" || kind !== "";
  return (
    <>
      <OutreachFilters />
      {error === null ? null : <Failure error={error} retry={() => void singles.head()} />}
      <div className="table-panel">
        {waiting && error === null ? (
          <div className="table-empty">
            <Loading lines={8} />
          </div>
        ) : (
          <DataTable
            label={OUTREACH.list}
            columns={OUTREACH_COLUMNS}
            count={rows.length}
            rowAt={(index) => rows[index]}
            keyOf={keyOf}
            nameOf={nameOf}
            onOpen={open}
            openKey={opened === null ? null : opened.id}
            onEnd={() => void singles.older()}
            empty={
              error !== null ? null : filtered ? (
                <Empty title={KIT.noMatch} text={KIT.noMatchText} />
              ) : (
                <Empty title={OUTREACH.none} text={OUTREACH.noneText} />
              )
            }
          />
        )}
      </div>
      <OutreachDrawer opened={opened} onClose={() => goTo(`/outreach${keptQuery()}`)} />
    </>
  );
}
