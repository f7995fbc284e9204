// Filters as chips, one choice per group; pressed again, a chip lets go.
import { Chip } from "@mantine/core";

export interface ChipOption {
  readonly value: string;
  readonly label: string;
}

/** `value` null: nothing chosen. The group is named for the ear. */
export function FilterChips({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly ChipOption[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}) {
  return (
    <fieldset className="chips">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <Chip
          key={option.value}
          size="xs"
          variant="outline"
          checked={value === option.value}
          onChange={(on) => onChange(on ? option.value : null)}
        >
          {option.label}
        </Chip>
      ))}
    </fieldset>
  );
}
