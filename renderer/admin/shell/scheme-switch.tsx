// Light, dark, or as the computer has it; kept in this browser.
import { type MantineColorScheme, SegmentedControl, Tooltip, useMantineColorScheme } from "@mantine/core";
import { Icon } from "../kit/icon.tsx";
import { SHELL } from "../texts/shell.ts";

const SCHEMES = ["auto", "light", "dark"] as const;

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl<MantineColorScheme>
      className="scheme"
      size="xs"
      fullWidth
      aria-label={SHELL.schemeLabel}
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map((value) => ({
        value,
        label: (
          <Tooltip label={SHELL.scheme[value]}>
            <span className="scheme-option">
              <Icon name={value} size={16} />
              <span className="sr-only">{SHELL.scheme[value]}</span>
            </span>
          </Tooltip>
        ),
      }))}
    />
  );
}
