// What was said and written, as bubbles: the contact at the start, us at the end.
import type { TranscriptRow } from "../../../shared/engagement.schema.ts";
import { When } from "../kit/when.tsx";
import { OUTREACH } from "../texts/outreach.ts";

export function Talk({ rows }: { readonly rows: readonly TranscriptRow[] }) {
  return (
    <section aria-label={OUTREACH.conversation}>
      <h3>{OUTREACH.conversation}</h3>
      {rows.length === 0 ? (
        <p className="quiet">{OUTREACH.conversationNone}</p>
      ) : (
        <ol className="talk">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever added at the end
            <li key={index} className={row.direction === "inbound" ? "talk-in" : "talk-out"}>
              <span className="quiet small">
                {row.direction === "inbound" ? OUTREACH.said.in : OUTREACH.said.out}, <When at={row.at} />
              </span>
              <p dir="auto">{row.text}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
