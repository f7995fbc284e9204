// The libraries inside this program, with the licences they are handed on under.
import { useState } from "react";
import type { Part, PartsFile } from "../../../shared/about.schema.ts";
import { Panel } from "../kit/panel.tsx";
import { SearchBox } from "../kit/search-box.tsx";
import { LICENCES } from "../texts/settings.ts";

export function LicencesPanel({ file }: { readonly file: PartsFile | null }) {
  const [words, setWords] = useState("");
  if (file === null)
    return (
      <Panel title={LICENCES.title}>
        <p className="quiet">{LICENCES.notBuilt}</p>
      </Panel>
    );
  const shown = file.parts.filter((part) => matches(part, words));
  return (
    <Panel
      title={LICENCES.title}
      aside={<SearchBox label={LICENCES.search} value={words} onChange={setWords} />}
    >
      <p className="quiet small" role="status">
        {LICENCES.count(shown.length, file.parts.length)}
      </p>
      <ul className="licences">
        {shown.map((part) => (
          <li key={`${part.name}@${part.version}`}>
            <PartLine part={part} text={file.texts[part.text] ?? ""} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function PartLine({ part, text }: { readonly part: Part; readonly text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="licence-name">{part.name}</span> <span className="quiet">{part.version}</span>{" "}
        <span className="licence-kind">{part.licence}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      {open ? <pre tabIndex={0}>{text}</pre> : null}
    </details>
  );
}

const matches = (part: Part, words: string): boolean =>
  `${part.name} ${part.version} ${part.licence}`.toLowerCase().includes(words.trim().toLowerCase());
