// Imports a do-not-contact list from a CSV file: choose it, wait, read what came of it with the lines that were no use.
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { type Imported, importedSchema } from "../../../shared/console/contact-rules.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { Failure, Problem } from "../kit/problem.tsx";
import { saySize } from "../kit/say-size.ts";
import { StateBadge } from "../kit/state-badge.tsx";
import { useChange } from "../kit/use-read.ts";
import { IMPORT_LIST } from "../texts/contact.ts";
import { KIT } from "../texts/kit.ts";

const words = IMPORT_LIST;
const TIMEOUT_MS = 10 * 60_000;

interface Props {
  readonly tenant: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ImportSuppressions({ tenant, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.title}>
      {opened ? <ImportForm tenant={tenant} onClose={onClose} /> : null}
    </Modal>
  );
}

function ImportForm({ tenant, onClose }: Omit<Props, "opened">) {
  const [file, setFile] = useState<File | null>(null);
  const read = useChange(importedSchema, ["/suppressions", "/home"]);
  const act = (): void => {
    if (file === null) return;
    const query = { tenant, name: file.name.slice(0, 200) };
    read.mutate({ path: "/suppressions/import", query, csv: file, timeoutMs: TIMEOUT_MS });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act();
      }}
    >
      <div className="stack-form">
        <p>{words.text}</p>
        <label className="file-field">
          <span className="field-label">{words.file}</span>
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            disabled={read.isPending}
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null);
              read.reset();
            }}
          />
        </label>
        <div role="status">
          {read.isPending ? (
            <StateBadge tone="run" word={words.busy(file?.name ?? "", saySize(file?.size ?? 0))} plain />
          ) : null}
          {read.data === undefined ? null : <Result imported={read.data} />}
        </div>
        {read.error === null ? null : <Failure error={read.error} />}
      </div>
      <div className="modal-actions">
        <Button variant="default" onClick={onClose}>
          {KIT.close}
        </Button>
        {read.data === undefined ? (
          <Button type="submit" loading={read.isPending} disabled={file === null}>
            {words.act}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function Result({ imported }: { readonly imported: Imported }) {
  const invalid = imported.invalid.length + imported.more_invalid;
  return (
    <Problem
      tone={invalid === 0 ? "none" : "wait"}
      cause={`${words.added(sayNumber(imported.added))}, ${words.known(sayNumber(imported.known))}.`}
      remedy={invalid === 0 ? words.invalidNone : `${words.invalid(sayNumber(invalid))}:`}
    >
      {invalid === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <ul className="faults" tabIndex={0}>
          {imported.invalid.map(({ line, text }) => (
            <li key={line}>
              {words.line(sayNumber(line))}: <bdi>{text}</bdi>
            </li>
          ))}
          {imported.more_invalid > 0 ? <li>{words.more(sayNumber(imported.more_invalid))}</li> : null}
        </ul>
      )}
    </Problem>
  );
}
