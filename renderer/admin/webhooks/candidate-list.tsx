// Secrets in the order in which they are tried, each with what came of it. Names only, never a secret.
import type { z } from "zod";
import type { secretCandidateSchema } from "../../../shared/console/secret-doctor.schema.ts";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";

export type ShownCandidate = z.infer<typeof secretCandidateSchema> & {
  readonly tone: Tone;
  readonly word: string;
};

export function CandidateList({ candidates }: { readonly candidates: readonly ShownCandidate[] }) {
  return (
    <ol className="candidates">
      {candidates.map(({ name, label, set, tone, word }) => (
        <li key={name} className={set || tone === "ok" ? "" : "quiet"}>
          <span dir="auto" title={name}>
            {label}
          </span>
          <StateBadge tone={tone} word={word} plain />
        </li>
      ))}
    </ol>
  );
}
