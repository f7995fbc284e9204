// The state of a step as a shape and a word. Green is what was proven within the last hour; older proof is amber.
import type { GuideStep } from "../../../shared/console/guide.schema.ts";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useNow } from "../kit/when.tsx";
import { SETUP } from "../texts/setup.ts";

const FRESH_MS = 3_600_000;
const words = SETUP.states;

export function stateOf(step: GuideStep, now: number): { readonly tone: Tone; readonly word: string } {
  if (step.state === "failed") return { tone: "bad", word: words.failed };
  if (step.state === "ticked") return { tone: "ok", word: words.ticked };
  if (step.state === "waiting") {
    return { tone: "none", word: step.kind === "tick" ? words.open : words.waiting };
  }
  const fresh = step.at === null || now - Date.parse(step.at) < FRESH_MS;
  return fresh ? { tone: "ok", word: words.proven } : { tone: "wait", word: words.before };
}

export function StepBadge({ step, plain = false }: { readonly step: GuideStep; readonly plain?: boolean }) {
  const { tone, word } = stateOf(step, useNow());
  return <StateBadge tone={tone} word={word} plain={plain} />;
}
