// Headers and body of a delivery as the gateway keeps them: what would open or name anything is left out.
import { KIT } from "../texts/kit.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";

export function RawDelivery({
  headers,
  body,
}: {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}) {
  const names = Object.entries(headers);
  return (
    <>
      <section aria-label={WEBHOOKS.headers}>
        <h3>{WEBHOOKS.headers}</h3>
        {names.length === 0 ? (
          <p className="quiet">{KIT.none}</p>
        ) : (
          <dl className="headers">
            {names.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd dir="ltr">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section aria-label={WEBHOOKS.body}>
        <h3>{WEBHOOKS.body}</h3>
        <p className="quiet small">{WEBHOOKS.bodyNote}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <pre tabIndex={0}>{prettyJson(body)}</pre>
      </section>
    </>
  );
}

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text === "" ? KIT.none : text;
  }
}
