// The columns of the list: what it came to, to whom, over what, by whom, when, and whether Follow Up Boss knows it.
import { sayCampaign } from "../../ui/campaign-words.ts";
import { sayPeople } from "../../ui/say-count.ts";
import { CHANNEL_NAMES, isOver, sayCode, sayStanding, type Words } from "../../ui/wording.ts";
import type { Column } from "../kit/data-table.tsx";
import { Icon } from "../kit/icon.tsx";
import { Phone } from "../kit/phone.tsx";
import { StateBadge, ToneShape } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { KIT } from "../texts/kit.ts";
import { CAMPAIGN, OUTREACH } from "../texts/outreach.ts";
import { CRM_WORDS } from "./allowed-actions.ts";
import type { ListItem } from "./merge-list.ts";

const words = OUTREACH.columns;

export const standingOf = (item: ListItem): Words =>
  item.kind === "single" ? sayStanding(item.row) : sayCampaign(item.row);

export const whoOf = (item: ListItem): string =>
  item.kind === "single" ? (item.row.contact ?? OUTREACH.noContact) : item.row.name;

export const overOf = (item: ListItem): string =>
  item.row.channel === null ? (CAMPAIGN.sources.bulk ?? "") : CHANNEL_NAMES[item.row.channel];

export const OUTREACH_COLUMNS: readonly Column<ListItem>[] = [
  {
    id: "state",
    header: words.state,
    width: "minmax(150px, 1.6fr)",
    cell: (item) => {
      const { tone, word } = standingOf(item);
      return <StateBadge tone={tone} word={word} plain />;
    },
  },
  {
    id: "who",
    header: words.who,
    width: "minmax(132px, 1.5fr)",
    cell: (item) =>
      item.kind === "single" ? (
        <Phone value={item.row.contact} />
      ) : (
        <span className="ellipsis">
          <bdi>
            <b>{item.row.name}</b>
          </bdi>{" "}
          <span className="quiet tabular">{sayPeople(item.row.total)}</span>
        </span>
      ),
  },
  {
    id: "over",
    header: words.over,
    width: "minmax(120px, 1fr)",
    secondary: true,
    cell: (item) => (
      <span className="over">
        <Icon name={item.row.channel ?? "outreach"} size={16} /> {overOf(item)}
      </span>
    ),
  },
  {
    id: "by",
    header: words.by,
    width: "minmax(100px, 1fr)",
    secondary: true,
    cell: (item) => (
      <bdi>
        {item.row.by ??
          (item.kind === "single" ? sayCode(item.row.source) : (CAMPAIGN.sources[item.row.source] ?? ""))}
      </bdi>
    ),
  },
  {
    id: "when",
    header: words.when,
    width: "104px",
    secondary: "tiny",
    cell: (item) => (
      <span className="quiet">
        <When at={item.at} />
      </span>
    ),
  },
  { id: "crm", header: words.crm, width: "minmax(132px, 1fr)", secondary: true, cell: crmCell },
];

function crmCell(item: ListItem) {
  if (item.kind === "campaign") {
    const left = item.row.records_failed > 0;
    return <span className={left ? "tone-bad" : "quiet"}>{KIT.none}</span>;
  }
  // While it goes on there is nothing to write yet, which says nothing.
  if (item.row.crm_state === "none" && !isOver(item.row.status))
    return <span className="quiet">{KIT.none}</span>;
  const { tone, word, short } = CRM_WORDS[item.row.crm_state];
  return (
    <span className={`crm tone-${tone}`} title={word}>
      <ToneShape tone={tone} /> {short}
    </span>
  );
}
