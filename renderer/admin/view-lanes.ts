// How fast Follow Up Boss lets each account go: how much of each limit is used, what waits for it and for how long.
import type { Lanes } from "../../shared/admin-api.ts";
import { element } from "../ui/build-element.ts";
import { toneShape } from "../ui/channel-icon.ts";
import { sayNumber } from "../ui/say-count.ts";
import { sayEta } from "../ui/say-eta.ts";

type Lane = Lanes["lanes"][number];

const NAMES: Readonly<Record<string, string>> = {
  global: "People, calls and lists",
  notes: "Notes",
  events: "Events",
  "PUT.people": "Changes of people",
  "POST.events": "New events",
};
/** Limits above this are none: the lane only counts. */
const NO_LIMIT = 1_000_000;

const sayUse = ({ used, limit, windowMs }: Lane): string =>
  limit > NO_LIMIT
    ? `${sayNumber(used)} requests in the last ${windowMs / 1000} seconds, no limit`
    : `${sayNumber(used)} of ${sayNumber(limit)} requests used in the last ${windowMs / 1000} seconds`;

/** Jobs that run stand in the lane as well, so the larger of the two is what waits. */
function sayWaiting({ waiting, queued_jobs, eta_seconds }: Lane): string {
  const count = Math.max(waiting, queued_jobs);
  if (count === 0) return "Nothing waits.";
  const left = sayEta(eta_seconds);
  return `${sayNumber(count)} ${count === 1 ? "waits" : "wait"}${left === null ? "" : `, ${left} left`}.`;
}

function laneLine(lane: Lane, now: number): HTMLElement {
  const silent = lane.pausedUntil !== null && lane.pausedUntil > now;
  return element(
    "li",
    {},
    element("p", {}, element("b", {}, NAMES[lane.context] ?? lane.context), `: ${sayUse(lane)}. `),
    element("p", { class: "quiet" }, sayWaiting(lane)),
    silent
      ? element(
          "p",
          { class: "tone-wait" },
          toneShape("wait"),
          " Follow Up Boss asked to slow down. The gateway waits and goes on by itself.",
        )
      : null,
  );
}

/** One card for each Follow Up Boss account. */
export function laneList({ lanes }: Lanes, now: number): HTMLElement {
  if (lanes.length === 0) {
    return element(
      "p",
      { class: "quiet" },
      "Nothing was sent to Follow Up Boss since the gateway started. What it lets through and what waits will be shown here.",
    );
  }
  const accounts = [...Map.groupBy(lanes, ({ account }) => account)];
  return element(
    "ul",
    { class: "cards" },
    ...accounts.map(([account, own]) =>
      element(
        "li",
        { class: "card" },
        // Until the account's number is known the lane goes by its key's fingerprint.
        element("h3", {}, /^\d+$/.test(account) ? `Account ${account}` : "An account not known yet"),
        element("ul", { class: "lines" }, ...own.map((lane) => laneLine(lane, now))),
      ),
    ),
  );
}
