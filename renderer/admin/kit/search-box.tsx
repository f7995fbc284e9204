// Words to search for, handed on once typing rests for a moment.
import { CloseButton, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { KIT } from "../texts/kit.ts";
import { Icon } from "./icon.tsx";

const REST_MS = 180;

export function SearchBox({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  // What was handed on from here comes back as `value`; by then more may have been typed.
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onChange(text);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <TextInput
      className="search"
      aria-label={label}
      placeholder={label}
      size="sm"
      type="search"
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<Icon name="search" size={16} />}
      rightSection={
        text === "" ? null : (
          <CloseButton size="sm" aria-label={KIT.clearFilters} onClick={() => setText("")} />
        )
      }
    />
  );
}
