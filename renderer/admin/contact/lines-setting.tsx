// A setting that is a list of short texts, typed one a line.
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { type SettingProps, useSetting } from "../settings/setting-input.tsx";
import { RULES } from "../texts/contact.ts";
import { linesOf } from "./read-typed.ts";

export function LinesSetting(props: SettingProps) {
  const { place, readOnly, shared } = useSetting(props);
  const lines = props.form.value(place) as readonly string[];
  const [typed, setTyped] = useState("");
  // What is typed keeps its empty lines, unless the setting was changed from elsewhere (saved, discarded).
  const text = linesOf(typed).join("\n") === lines.join("\n") ? typed : lines.join("\n");
  return (
    <Textarea
      {...shared}
      description={
        <>
          {shared.description} {RULES.tagLines}
        </>
      }
      rows={3}
      dir="auto"
      readOnly={readOnly}
      value={text}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.form.change(place, linesOf(event.currentTarget.value));
      }}
    />
  );
}
