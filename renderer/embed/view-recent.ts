// The last three outreaches to this person: result, channel, when, who; each opens.
import type { RecentEngagement } from "../../shared/embed.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { timeElement } from "../ui/relative-time.ts";
import { CHANNEL_NAMES, sayStanding } from "../ui/wording.ts";

const SHOWN = 3;

function recentRow(row: RecentEngagement, now: number, open: (id: string) => void): HTMLElement {
  const { word, tone } = sayStanding(row);
  const name = `${word}, ${CHANNEL_NAMES[row.channel]}`;
  return element(
    "li",
    {},
    toneShape(tone),
    element(
      "div",
      {},
      element("b", {}, word),
      element(
        "p",
        { class: "quiet" },
        `${CHANNEL_NAMES[row.channel]} · `,
        timeElement(row.at, now),
        ...(row.by === "" ? [] : [" · ", element("bdi", {}, row.by)]),
      ),
      row.summary ? element("p", { class: "clamp", title: row.summary, dir: "auto" }, row.summary) : null,
    ),
    element(
      "button",
      {
        type: "button",
        class: "small",
        "aria-label": `Show: ${name}`,
        onclick: () => open(row.engagement_id),
      },
      "Show",
    ),
  );
}

export function recentView(
  rows: readonly RecentEngagement[],
  now: number,
  open: (id: string) => void,
): HTMLElement {
  return element(
    "section",
    { class: "recent" },
    element("h2", {}, "Last outreaches"),
    rows.length === 0
      ? element("p", { class: "quiet" }, "None yet. What you start here will be listed with its result.")
      : element("ul", {}, ...rows.slice(0, SHOWN).map((row) => recentRow(row, now, open))),
  );
}

/** The list with an engagement's newest standing: replaced where it was, or put first. */
export function withEngagement(
  rows: readonly RecentEngagement[],
  engagement: Engagement,
  known: { readonly at: string; readonly by: string },
): readonly RecentEngagement[] {
  const old = rows.find((row) => row.engagement_id === engagement.engagement_id);
  const { engagement_id, status, outcome, channel, type, user_id, contact, summary } = engagement;
  const row: RecentEngagement = {
    ...{ engagement_id, status, outcome, channel, type, user_id, contact, summary },
    at: old?.at ?? engagement.started_at ?? known.at,
    by: old?.by ?? known.by,
  };
  return old ? rows.map((other) => (other === old ? row : other)) : [row, ...rows];
}
