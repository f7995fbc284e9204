// What was found when a channel was looked at or tried: each with its state, a sentence and what to do.
import type { Finding } from "../../../shared/console/channels.schema.ts";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { CHANNELS_TEXT } from "../texts/channels.ts";

const TONES = { ok: "ok", warn: "wait", bad: "bad" } as const satisfies Readonly<
  Record<Finding["state"], Tone>
>;

export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul className="findings">
      {findings.map(({ state, sentence, remedy }) => (
        <li key={sentence}>
          <StateBadge tone={TONES[state]} word={CHANNELS_TEXT.states[state]} plain />
          <div>
            <p dir="auto">{sentence}</p>
            {remedy === null ? null : (
              <p dir="auto">
                <b>{remedy}</b>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
