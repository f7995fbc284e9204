// What the gateway noted with an entry: request and answer as it kept them, keys and numbers masked.
import { sayCode } from "../../ui/wording.ts";
import { JOURNAL } from "../texts/journal.ts";
import { KIT } from "../texts/kit.ts";

export function EntryExchange({ detail }: { readonly detail: Readonly<Record<string, unknown>> | null }) {
  const fields = Object.entries(detail ?? {});
  return (
    <section aria-label={JOURNAL.exchange}>
      <h3>{JOURNAL.exchange}</h3>
      {fields.length === 0 ? (
        <p className="quiet">{JOURNAL.exchangeNone}</p>
      ) : (
        <>
          <div className="exchange">
            <dl>
              {fields.map(([name, value]) => (
                <div key={name}>
                  <dt>{sayCode(name)}</dt>
                  <dd dir="auto">{say(value)}</dd>
                </div>
              ))}
            </dl>
          </div>
          <details>
            <summary>{KIT.details}</summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
            <pre tabIndex={0}>{JSON.stringify(detail, null, 2)}</pre>
          </details>
        </>
      )}
    </section>
  );
}

function say(value: unknown): string {
  if (value === null || value === undefined || value === "") return KIT.none;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
