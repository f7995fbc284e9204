// Which events an address is told of, in words; none chosen means all.
import { Checkbox } from "@mantine/core";
import { WEBHOOK_EVENTS } from "../../../shared/webhook.schema.ts";
import { FORWARDING } from "../texts/forwarding.ts";

const words = FORWARDING.form;

export function EventChoice({
  value,
  onChange,
  error,
}: {
  readonly value: readonly string[];
  readonly onChange: (events: string[]) => void;
  readonly error?: string | undefined;
}) {
  // One that this console does not know stays choosable as long as it is chosen.
  const events = [...new Set([...Object.keys(WEBHOOK_EVENTS), ...value])];
  return (
    <fieldset>
      <legend className="field-label">{words.events}</legend>
      <p className="field-hint">{words.eventsHint}</p>
      <div className="event-choice">
        {events.map((event) => (
          <Checkbox
            key={event}
            size="xs"
            label={WEBHOOK_EVENTS[event] ?? event}
            title={event}
            checked={value.includes(event)}
            onChange={(change) =>
              onChange(
                change.currentTarget.checked ? [...value, event] : value.filter((other) => other !== event),
              )
            }
          />
        ))}
      </div>
      {error === undefined ? null : <p className="tone-bad small">{error}</p>}
    </fieldset>
  );
}
