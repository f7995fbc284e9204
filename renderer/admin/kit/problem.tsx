// What is wrong: one sentence of cause, one of remedy, one button that does the remedy, and the details folded.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { KIT } from "../texts/kit.ts";
import { ApiError } from "./api.ts";
import { Said } from "./said.tsx";
import { ToneShape } from "./state-badge.tsx";

export interface ProblemProps {
  readonly cause: ReactNode;
  readonly remedy?: ReactNode;
  /** "bad" failed, "wait" needs a look, "none" only says something. */
  readonly tone?: "bad" | "wait" | "none";
  readonly action?: { readonly label: string; readonly onClick?: () => void; readonly to?: string } | null;
  /** For support: shown folded, as text. */
  readonly details?: string | null;
  readonly children?: ReactNode;
}

export function Problem({ cause, remedy, tone = "bad", action, details, children }: ProblemProps) {
  return (
    <div className={`problem tone-box-${tone}`}>
      <ToneShape tone={tone} />
      <div className="problem-words">
        <p className="problem-cause" dir="auto">
          {typeof cause === "string" ? <Said>{cause}</Said> : cause}
        </p>
        {remedy === undefined || remedy === null ? null : <p dir="auto">{remedy}</p>}
        {children}
        {details ? (
          <details>
            <summary>{KIT.details}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
            <pre tabIndex={0}>{details}</pre>
          </details>
        ) : null}
      </div>
      {action ? <ProblemAction {...action} /> : null}
    </div>
  );
}

function ProblemAction({ label, onClick, to }: NonNullable<ProblemProps["action"]>) {
  return to === undefined ? (
    <Button size="xs" variant="default" onClick={onClick}>
      {label}
    </Button>
  ) : (
    <Button size="xs" variant="default" component="a" href={`#${to}`}>
      {label}
    </Button>
  );
}

/** A failed request in people's words. `retry` adds the button that tries again. */
export function Failure({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const action = retry === undefined ? null : { label: KIT.again, onClick: retry };
  if (!(error instanceof ApiError)) return <Problem cause={error.message} action={action} />;
  const said = error.kind === "refused" ? null : KIT[error.kind];
  const folded = [
    error.request,
    error.status === 0 ? "" : `${error.status} ${error.code}`.trim(),
    error.details === undefined ? "" : asText(error.details),
  ];
  return (
    <Problem
      tone={error.kind === "offline" ? "wait" : "bad"}
      cause={said?.cause ?? error.message}
      remedy={said?.remedy}
      action={action}
      details={error.kind === "offline" ? null : folded.filter(Boolean).join("\n")}
    />
  );
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 2).slice(0, 4000);
