// Results over time as stacked bars, coloured by how each outcome is to be read.
import type { CampaignDetail } from "../../../shared/console/campaigns.schema.ts";
import { exactTime } from "../../ui/relative-time.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { sayOutcome, type Tone } from "../../ui/wording.ts";
import { CAMPAIGN } from "../texts/outreach.ts";

type Step = CampaignDetail["chart"]["steps"][number];
const HEIGHT = 96;
const BARS: Readonly<Record<Tone, string>> = {
  ok: "reached",
  wait: "missed",
  none: "refused",
  bad: "failed",
  run: "open",
};
const ORDER: readonly Tone[] = ["ok", "wait", "none", "bad", "run"];

function byTone({ outcomes }: Step): ReadonlyMap<Tone, number> {
  const sums = new Map<Tone, number>();
  for (const [outcome, n] of Object.entries(outcomes)) {
    const { tone } = sayOutcome(outcome);
    sums.set(tone, (sums.get(tone) ?? 0) + n);
  }
  return sums;
}
const total = ({ outcomes }: Step): number => Object.values(outcomes).reduce((sum, n) => sum + n, 0);

export function CampaignChart({ chart: { steps } }: { readonly chart: CampaignDetail["chart"] }) {
  const all = steps.reduce((sum, step) => sum + total(step), 0);
  const top = Math.max(1, ...steps.map(total));
  const outcomes = new Map<string, number>();
  for (const step of steps) {
    for (const [name, n] of Object.entries(step.outcomes)) outcomes.set(name, (outcomes.get(name) ?? 0) + n);
  }
  return (
    <section aria-label={CAMPAIGN.chart}>
      <h3>{CAMPAIGN.chart}</h3>
      {all === 0 ? (
        <p className="quiet">{CAMPAIGN.chartNone}</p>
      ) : (
        <>
          <svg width="100%" height={HEIGHT} role="img" aria-label={CAMPAIGN.chartName(sayNumber(all))}>
            <line x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className="axis" />
            {steps.map((step, index) => (
              <StepBar key={step.from} step={step} index={index} part={100 / steps.length} top={top} />
            ))}
          </svg>
          <ul className="legend">
            {[...outcomes]
              .toSorted((left, right) => right[1] - left[1])
              .map(([name, n]) => (
                <li key={name}>
                  <span className={`swatch bar-${BARS[sayOutcome(name).tone]}`} />
                  {sayOutcome(name).word} <b className="tabular">{sayNumber(n)}</b>
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  );
}

function StepBar(props: {
  readonly step: Step;
  readonly index: number;
  readonly part: number;
  readonly top: number;
}) {
  const { step, index, part, top } = props;
  const sums = byTone(step);
  let y = HEIGHT - 1;
  return (
    <g>
      <title>{`${exactTime(Date.parse(step.from))}: ${sayNumber(total(step))}`}</title>
      {ORDER.map((tone) => {
        const height = ((sums.get(tone) ?? 0) / top) * (HEIGHT - 8);
        y -= height;
        return height === 0 ? null : (
          <rect
            key={tone}
            className={`bar-${BARS[tone]}`}
            x={`${index * part + part * 0.1}%`}
            width={`${part * 0.8}%`}
            y={y}
            height={height}
            rx="1.5"
          />
        );
      })}
    </g>
  );
}
