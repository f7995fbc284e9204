// Further tags that start outreach: each with its channel, its kind of call and what to say.
import { ActionIcon, NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { TagStart } from "../../../shared/tag-starts.schema.ts";
import { type CallType, CHANNELS, type Channel } from "../../../shared/values.ts";
import { allowedCallTypes, CALL_TYPE_NAMES, CHANNEL_NAMES } from "../../ui/wording.ts";
import { ChangeButton, useCanChange } from "../kit/can-change.tsx";
import { Icon } from "../kit/icon.tsx";
import { BROKERAGE } from "../texts/settings.ts";
import { tenantPlace } from "./settings-draft.ts";
import type { BrokerageProps } from "./use-settings-form.ts";

const words = BROKERAGE.tagColumns;
const CHANNEL_OPTIONS = CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] }));
const NEW: TagStart = { tag: "", channel: "phone", call_type: "informational", instruction: "" };

export function TagTable({ form, tenant }: BrokerageProps) {
  const place = tenantPlace(tenant, "tag_starts");
  const rows = form.value(place) as readonly TagStart[];
  const error = form.errorAt(place);
  const put = (next: readonly TagStart[]): void => form.change(place, next);
  return (
    <fieldset className="tag-table">
      <legend className="field-label">{BROKERAGE.tagTable}</legend>
      {rows.length === 0 ? <p className="field-hint">{BROKERAGE.tagNone}</p> : null}
      {rows.map((row, index) => (
        <TagRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
          key={index}
          row={row}
          error={form.errorAt(`${place}[${index}]`)}
          onChange={(next) => put(rows.map((other, at) => (at === index ? next : other)))}
          onRemove={() => put(rows.filter((_other, at) => at !== index))}
        />
      ))}
      {error === undefined ? null : <p className="tone-bad small">{error}</p>}
      <div>
        <ChangeButton size="xs" variant="default" onClick={() => put([...rows, NEW])}>
          {BROKERAGE.tagAdd}
        </ChangeButton>
      </div>
    </fieldset>
  );
}

function TagRow({
  row,
  error,
  onChange,
  onRemove,
}: {
  readonly row: TagStart;
  readonly error: string | undefined;
  readonly onChange: (row: TagStart) => void;
  readonly onRemove: () => void;
}) {
  const can = useCanChange();
  const setChannel = (channel: Channel): void => {
    const types = allowedCallTypes(channel);
    onChange({ ...row, channel, call_type: types.includes(row.call_type) ? row.call_type : "informational" });
  };
  return (
    <div className="tag-row">
      <TextInput
        label={words.tag}
        value={row.tag}
        readOnly={!can}
        maxLength={200}
        dir="auto"
        onChange={(event) => onChange({ ...row, tag: event.currentTarget.value })}
        {...(error === undefined ? {} : { error })}
      />
      <NativeSelect
        label={words.channel}
        data={CHANNEL_OPTIONS}
        value={row.channel}
        disabled={!can}
        onChange={(event) => setChannel(event.currentTarget.value as Channel)}
      />
      <NativeSelect
        label={words.type}
        data={allowedCallTypes(row.channel).map((value) => ({ value, label: CALL_TYPE_NAMES[value] }))}
        value={row.call_type}
        disabled={!can}
        onChange={(event) => onChange({ ...row, call_type: event.currentTarget.value as CallType })}
      />
      <Textarea
        className="tag-instruction"
        label={words.instruction}
        value={row.instruction}
        readOnly={!can}
        maxLength={4000}
        rows={1}
        dir="auto"
        onChange={(event) => onChange({ ...row, instruction: event.currentTarget.value })}
      />
      {can ? (
        <ActionIcon variant="subtle" color="red" aria-label={BROKERAGE.tagRemove(row.tag)} onClick={onRemove}>
          <Icon name="close" size={16} />
        </ActionIcon>
      ) : null}
    </div>
  );
}
