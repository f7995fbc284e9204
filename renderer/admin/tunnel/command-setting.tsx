// A program with its arguments, one a line, so that nothing has to be quoted.
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { type SettingProps, useSetting } from "../settings/setting-input.tsx";
import { TUNNEL } from "../texts/tunnel.ts";

const partsOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export function CommandSetting(props: SettingProps) {
  const { place, readOnly, shared } = useSetting(props);
  const parts = (props.form.value(place) ?? []) as readonly string[];
  const [typed, setTyped] = useState("");
  // What is typed keeps its empty lines, unless the setting was changed from elsewhere (saved, discarded).
  const text = partsOf(typed).join("\n") === parts.join("\n") ? typed : parts.join("\n");
  return (
    <Textarea
      {...shared}
      description={
        <>
          {shared.description} {TUNNEL.commandHint}{" "}
          <code dir="ltr">{partsOf(TUNNEL.commandExample).join(" ⏎ ")}</code>
        </>
      }
      rows={5}
      dir="ltr"
      spellCheck={false}
      className="tunnel-command"
      readOnly={readOnly}
      value={text}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.form.change(place, partsOf(event.currentTarget.value));
      }}
    />
  );
}
