// Today by hour and outcome, as small bars, and what became of the records.
import { type Home, OUTCOME_GROUPS } from "../../../shared/console/home.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { Panel } from "../kit/panel.tsx";
import { HOME } from "../texts/home.ts";
import { DayBars } from "./day-bars.tsx";

export function Today({ home }: { readonly home: Home }) {
  const { today, queue } = home;
  const { records } = today;
  const work = queue.waiting + queue.running;
  return (
    <Panel
      title={HOME.today}
      aside={<span className="quiet tabular">{HOME.started(sayNumber(today.started))}</span>}
    >
      <div className="stack-lg">
        <DayBars since={today.since} hours={today.hours} started={today.started} />
        <ul className="legend">
          {OUTCOME_GROUPS.map((group) => (
            <li key={group}>
              <span className={`swatch bar-${group}`} />
              {HOME.groups[group]} <b className="tabular">{sayNumber(today.groups[group])}</b>
            </li>
          ))}
        </ul>
        <p className="small quiet tabular">
          {HOME.records}: {HOME.written(sayNumber(records.written))},{" "}
          {HOME.waiting(sayNumber(records.waiting))}
          {records.dead > 0 ? (
            <>
              , <span className="tone-bad">{HOME.dead(sayNumber(records.dead))}</span>
            </>
          ) : null}
          {work > 0 ? ` · ${HOME.queue(sayNumber(work), work === 1)}` : ""}
        </p>
      </div>
    </Panel>
  );
}
