// A day as 24 stacked bars. Drawn in percent so that it fits any width; the same numbers stand in a table for the ear.
import { type Home, OUTCOME_GROUPS, type OutcomeGroup } from "../../../shared/console/home.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { sayClock } from "../../ui/say-moment.ts";
import { formatTime } from "../../ui/viewer.ts";
import { HOME } from "../texts/home.ts";

type Hour = Home["today"]["hours"][number];
const SLOTS = 24;
const HEIGHT = 112;
/** A single outreach does not fill the chart. */
const LEAST_TOP = 4;

const total = ({ groups }: Hour): number => OUTCOME_GROUPS.reduce((sum, group) => sum + groups[group], 0);
const clock = (iso: string): string => sayClock(Date.parse(iso));
const hourOf = (ms: number): string => formatTime(ms, { hour: "numeric" });

export function DayBars({
  hours,
  since,
  started,
}: {
  readonly hours: readonly Hour[];
  readonly since: string;
  readonly started: number;
}) {
  const slots = Math.max(SLOTS, hours.length);
  const top = Math.max(LEAST_TOP, ...hours.map(total));
  const labels = [0, 6, 12, 18].filter((hour) => hour < slots);
  return (
    <div className="day-bars">
      <svg width="100%" height={HEIGHT} role="img" aria-label={HOME.chart(sayNumber(started))}>
        <line x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="axis" />
        {hours.map((hour, index) => (
          <Bar key={hour.from} hour={hour} index={index} slots={slots} top={top} />
        ))}
      </svg>
      <div className="day-labels" aria-hidden="true">
        {labels.map((hour) => (
          <span key={hour} style={{ insetInlineStart: `${(hour / slots) * 100}%` }}>
            {hourOf(Date.parse(since) + hour * 3_600_000)}
          </span>
        ))}
      </div>
      {started === 0 ? (
        <p className="quiet small">{HOME.quietDay}</p>
      ) : (
        <div className="sr-only">
          <HourTable hours={hours} />
        </div>
      )}
    </div>
  );
}

function Bar(props: {
  readonly hour: Hour;
  readonly index: number;
  readonly slots: number;
  readonly top: number;
}) {
  const { hour, index, slots, top } = props;
  const part = 100 / slots;
  let y = HEIGHT - 1;
  const piece = (group: OutcomeGroup) => {
    const height = (hour.groups[group] / top) * (HEIGHT - 8);
    if (height === 0) return null;
    y -= height;
    return (
      <rect
        key={group}
        className={`bar-${group}`}
        x={`${index * part + part * 0.14}%`}
        width={`${part * 0.72}%`}
        y={y}
        height={height}
        rx="1.5"
      />
    );
  };
  const said = OUTCOME_GROUPS.filter((group) => hour.groups[group] > 0)
    .map((group) => `${HOME.groups[group]} ${sayNumber(hour.groups[group])}`)
    .join(", ");
  return (
    <g>
      <title>{`${clock(hour.from)}: ${said || "0"}`}</title>
      <rect x={`${index * part}%`} width={`${part}%`} y="0" height={HEIGHT} fill="transparent" />
      {OUTCOME_GROUPS.map(piece)}
    </g>
  );
}

function HourTable({ hours }: { readonly hours: readonly Hour[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{HOME.hour}</th>
          {OUTCOME_GROUPS.map((group) => (
            <th key={group} scope="col">
              {HOME.groups[group]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours
          .filter((hour) => total(hour) > 0)
          .map((hour) => (
            <tr key={hour.from}>
              <th scope="row">{clock(hour.from)}</th>
              {OUTCOME_GROUPS.map((group) => (
                <td key={group}>{sayNumber(hour.groups[group])}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
