// A secret: what is known of it, never itself. It can be replaced or removed; what is typed leaves with the next save.
import { Button, PasswordInput } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import type { SecretFacts } from "../../../shared/console/settings.schema.ts";
import { relativeTime } from "../../ui/relative-time.ts";
import { formatTime } from "../../ui/viewer.ts";
import { KIT } from "../texts/kit.ts";
import { ToneShape } from "./state-badge.tsx";
import { useNow } from "./when.tsx";

/** undefined: left as it is; null: removed with the next save; a text: replaced with the next save. */
export type SecretChange = string | null | undefined;

const words = KIT.secret;

/** "set 12 May, ends …f3, last used 3 min ago: accepted" */
export function saySecret(facts: SecretFacts, now: number): string {
  const parts = [];
  if (facts.from === "environment") parts.push(words.environment);
  else if (facts.set_at !== null) parts.push(words.set(dayOf(facts.set_at)));
  if (facts.hint !== null) parts.push(words.ends(facts.hint));
  const used = facts.last_used;
  parts.push(
    used === null ? words.unused : words.used(relativeTime(Date.parse(used.at), now), used.accepted),
  );
  return parts.join(", ");
}

const dayOf = (iso: string): string => formatTime(Date.parse(iso), { day: "numeric", month: "short" });

/** `facts` null: not set yet. Kept at what `value` says by the form that saves it. */
export function SecretField(props: {
  readonly label: string;
  readonly hint?: string;
  readonly facts: SecretFacts | null;
  readonly value: SecretChange;
  readonly onChange: (value: SecretChange) => void;
  readonly removable?: boolean;
  readonly readOnly?: boolean;
  readonly error?: string;
}) {
  const { facts, value, onChange } = props;
  const id = useId();
  const [typing, setTyping] = useState(false);
  const setAt = facts?.set_at;
  // Once it was saved, here or elsewhere, what is known of it is shown again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new secret is what ends the typing
  useEffect(() => setTyping(false), [setAt]);
  const locked = props.readOnly === true || facts?.from === "environment";
  const entry = typing || typeof value === "string";
  return (
    <div className="secret">
      {entry ? null : <div className="field-label">{props.label}</div>}
      {entry ? (
        <PasswordInput
          id={id}
          label={props.label}
          autoComplete="new-password"
          data-1p-ignore
          spellCheck={false}
          value={value ?? ""}
          error={props.error}
          autoFocus={typing}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <SecretLine facts={facts} removed={value === null} />
      )}
      {props.hint === undefined ? null : <div className="field-hint">{props.hint}</div>}
      {locked ? null : (
        <div className="secret-actions">
          {entry || value === null ? (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                setTyping(false);
                onChange(undefined);
              }}
            >
              {value === null ? words.undo : facts === null ? KIT.close : words.keep}
            </Button>
          ) : (
            <Button size="compact-xs" variant="default" onClick={() => setTyping(true)}>
              {facts === null ? words.enter : words.replace}
              <span className="sr-only"> {props.label}</span>
            </Button>
          )}
          {facts !== null && !entry && value !== null && props.removable ? (
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => onChange(null)}>
              {words.remove}
              <span className="sr-only"> {props.label}</span>
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}

function SecretLine({ facts, removed }: { readonly facts: SecretFacts | null; readonly removed: boolean }) {
  const now = useNow();
  if (removed) return <p className="secret-line tone-wait">{words.removed}</p>;
  if (facts === null) {
    return (
      <p className="secret-line quiet">
        <ToneShape tone="none" /> {words.missing}
      </p>
    );
  }
  const tone = facts.last_used === null ? "none" : facts.last_used.accepted ? "ok" : "bad";
  return (
    <p className="secret-line" title={facts.last_used?.sentence}>
      <ToneShape tone={tone} /> {saySecret(facts, now)}
    </p>
  );
}
