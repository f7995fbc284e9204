// How fast Follow Up Boss lets each account go: how much of each limit is used, what waits for it and for how long.
import type { Lanes } from "../../../shared/admin-api.ts";
import { lanesSchema } from "../../../shared/admin-api.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { sayEta } from "../../ui/say-eta.ts";
import { Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { ToneShape } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { useNow } from "../kit/when.tsx";
import { HOME } from "../texts/home.ts";

type Lane = Lanes["lanes"][number];
const words = HOME.pace;
/** Limits above this are none: the lane only counts. */
const NO_LIMIT = 1_000_000;

export function Pace() {
  const lanes = useRead("/lanes", lanesSchema, { everyMs: 5_000 });
  return (
    <Panel title={words.title}>
      <Loaded of={lanes} lines={2}>
        {(data) =>
          data.lanes.length === 0 ? (
            <p className="quiet">{words.none}</p>
          ) : (
            <div className="stack-lg">
              {[...Map.groupBy(data.lanes, ({ account }) => account)].map(([account, own]) => (
                <section key={account} aria-label={nameOf(account)}>
                  <h3>{nameOf(account)}</h3>
                  <ul className="lanes">
                    {own.map((lane) => (
                      <LaneLine key={lane.context} lane={lane} />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Until the account's number is known the lane goes by its key's fingerprint. */
const nameOf = (account: string): string => (/^\d+$/.test(account) ? words.account(account) : words.unknown);

function LaneLine({ lane }: { readonly lane: Lane }) {
  const now = useNow();
  const silent = lane.pausedUntil !== null && lane.pausedUntil > now;
  const seconds = lane.windowMs / 1000;
  const limited = lane.limit <= NO_LIMIT;
  const full = limited ? Math.min(1, lane.used / Math.max(1, lane.limit)) : 0;
  return (
    <li>
      <div className="lane">
        <span>{words.lanes[lane.context] ?? lane.context}</span>
        <span className="funnel-track lane-track">
          <span
            className={`funnel-bar ${full > 0.9 ? "lane-full" : ""}`}
            style={{ width: `${Math.round(full * 100)}%` }}
          />
        </span>
        <span className="quiet small tabular">
          {limited
            ? words.used(sayNumber(lane.used), sayNumber(lane.limit), seconds)
            : words.free(sayNumber(lane.used), seconds)}
          {", "}
          {sayWaiting(lane)}
        </span>
      </div>
      {silent ? (
        <p className="tone-wait small">
          <ToneShape tone="wait" /> {words.silent}
        </p>
      ) : null}
    </li>
  );
}

/** Jobs that run stand in the lane as well, so the larger of the two is what waits. */
function sayWaiting({ waiting, queued_jobs, eta_seconds }: Lane): string {
  const count = Math.max(waiting, queued_jobs);
  if (count === 0) return words.nothing;
  const left = sayEta(eta_seconds);
  return `${words.waits(sayNumber(count), count === 1)}${left === null ? "" : `, ${words.left(left)}`}`;
}
