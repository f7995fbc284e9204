// The variables of one WhatsApp template and the text each becomes.
import { ActionIcon, TextInput } from "@mantine/core";
import { useState } from "react";
import { ChangeButton, useCanChange } from "../kit/can-change.tsx";
import { Icon } from "../kit/icon.tsx";
import { TEMPLATES } from "../texts/channels.ts";
import { nextVariable } from "./next-variable.ts";

type Variables = Readonly<Record<string, string>>;

export function TemplateVariables({
  variables,
  error,
  onChange,
}: {
  readonly variables: Variables;
  readonly error: string | undefined;
  readonly onChange: (variables: Record<string, string>) => void;
}) {
  const can = useCanChange();
  const remove = (name: string): void => {
    const { [name]: _gone, ...others } = variables;
    onChange(others);
  };
  return (
    <fieldset className="stack-form">
      <legend className="field-label">{TEMPLATES.variables}</legend>
      <p className="field-hint">{TEMPLATES.variablesNote}</p>
      {Object.entries(variables).map(([name, text]) => (
        <div key={name} className="with-button">
          <TextInput
            label={TEMPLATES.variable(name)}
            value={text}
            readOnly={!can}
            maxLength={500}
            dir="auto"
            onChange={(event) => onChange({ ...variables, [name]: event.currentTarget.value })}
          />
          {can ? (
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={TEMPLATES.removeVariable(name)}
              onClick={() => remove(name)}
            >
              <Icon name="close" size={16} />
            </ActionIcon>
          ) : null}
        </div>
      ))}
      {error === undefined ? null : <p className="tone-bad small">{error}</p>}
      {can ? (
        <NewVariable variables={variables} onAdd={(name) => onChange({ ...variables, [name]: "" })} />
      ) : null}
    </fieldset>
  );
}

function NewVariable({
  variables,
  onAdd,
}: {
  readonly variables: Variables;
  readonly onAdd: (name: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? nextVariable(variables)).trim();
  const fits = /^\w{1,40}$/.test(name) && !(name in variables);
  return (
    <div className="row row-end">
      <TextInput
        className="short"
        size="xs"
        label={TEMPLATES.newVariable}
        value={typed ?? nextVariable(variables)}
        autoComplete="off"
        dir="ltr"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ChangeButton
        size="xs"
        variant="default"
        disabled={!fits}
        onClick={() => {
          onAdd(name);
          setTyped(null);
        }}
      >
        {TEMPLATES.addVariable}
      </ChangeButton>
    </div>
  );
}
