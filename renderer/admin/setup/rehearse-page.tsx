// Rehearse: a pretend Follow Up Boss and a practice brokerage, started and stopped here.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { type SandboxState, sandboxSchema } from "../../../shared/console/sandbox.schema.ts";
import { CopyField } from "../kit/copy-field.tsx";
import { Icon } from "../kit/icon.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Panel, RoomHead } from "../kit/panel.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useRead } from "../kit/use-read.ts";
import { REHEARSE } from "../texts/setup.ts";
import { RehearseStart } from "./rehearse-start.tsx";
import { StopPractice } from "./stop-practice.tsx";

const TONES = {
  stopped: "none",
  starting: "run",
  running: "ok",
  stopping: "run",
  failed: "bad",
} as const satisfies Record<SandboxState["state"], Tone>;

export function RehearsePage() {
  const sandbox = useRead("/sandbox", sandboxSchema, { everyMs: 3000 });
  return (
    <>
      <RoomHead title={REHEARSE.title} note={REHEARSE.note} />
      <Loaded of={sandbox}>
        {(now) => (
          <>
            <p className="row" role="status">
              <StateBadge tone={TONES[now.state]} word={REHEARSE.states[now.state]} />
              <span dir="auto">{now.sentence}</span>
            </p>
            {now.state === "running" ? <Running sandbox={now} /> : null}
            {now.state === "stopped" || now.state === "failed" ? <RehearseStart /> : null}
          </>
        )}
      </Loaded>
    </>
  );
}

function Running({ sandbox }: { readonly sandbox: SandboxState }) {
  return (
    <>
      <Panel title={REHEARSE.crm} aside={<StopPractice />}>
        <div className="stack">
          {sandbox.url === null ? null : (
            <>
              <Button
                component="a"
                href={sandbox.url}
                target="_blank"
                rel="noreferrer"
                rightSection={<Icon name="external" size={16} />}
              >
                {REHEARSE.crmOpen}
              </Button>
              <code dir="ltr">{sandbox.url}</code>
            </>
          )}
          {sandbox.tenant === null ? null : (
            <Link href={`/setup/${encodeURIComponent(sandbox.tenant)}`}>{REHEARSE.open}</Link>
          )}
        </div>
      </Panel>
      {sandbox.pages.length === 0 ? null : (
        <Panel title={REHEARSE.pages}>
          <ul className="lines">
            {sandbox.pages.map(({ title, sentence, url }) => (
              <li key={url} className="line">
                <div>
                  <a href={url} target="_blank" rel="noreferrer">
                    {title}
                  </a>
                  <p className="quiet">{sentence}</p>
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {sandbox.practice_values.length === 0 ? null : (
        <Panel title={REHEARSE.values}>
          <div className="step-form narrow">
            <p className="quiet">{REHEARSE.valuesNote}</p>
            {sandbox.practice_values.map(({ label, text }) => (
              <CopyField key={label} label={label} value={text} />
            ))}
          </div>
        </Panel>
      )}
    </>
  );
}
