// A state as a shape, a colour and a word; never one of them alone.
import type { Tone } from "../../ui/wording.ts";

const SHAPES: Readonly<Record<Tone, string>> = {
  run: "M12 4a8 8 0 1 1-8 8",
  ok: "M4.5 12.5l5 5 10-11",
  wait: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  bad: "M6 6l12 12M18 6L6 18",
  none: "M5 12h14",
};

export type { Tone };

/** The shape of a tone: a turning arc, a tick, a triangle, a cross, a dash. */
export function ToneShape({ tone }: { readonly tone: Tone }) {
  return (
    <svg className={`shape tone-${tone}`} viewBox="0 0 24 24" width={14} height={14} aria-hidden="true">
      <path d={SHAPES[tone]} />
    </svg>
  );
}

/** `plain`: without the tinted pill, for dense tables. */
export function StateBadge({
  tone,
  word,
  plain = false,
}: {
  readonly tone: Tone;
  readonly word: string;
  readonly plain?: boolean;
}) {
  return (
    <span className={`state tone-${tone}${plain ? "" : " state-pill"}`}>
      <ToneShape tone={tone} />
      <span className="state-word" title={plain ? word : undefined}>
        {word}
      </span>
    </span>
  );
}
