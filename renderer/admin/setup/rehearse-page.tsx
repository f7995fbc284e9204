// Rehearse: a pretend Follow Up Boss and a practice brokerage, started and stopped here.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { type SandboxState, sandboxSchema } from "../../../shared/console/sandbox.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { CopyField } from "../kit/copy-field.tsx";
import { Icon } from "../kit/icon.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { Panel, RoomHead } from "../kit/panel.tsx";
import { Failure, Problem } from "../kit/problem.tsx";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { useChange, useRead } from "../kit/use-read.ts";
import { REHEARSE } from "../texts/setup.ts";
import { RehearseStart } from "./rehearse-start.tsx";
import { SANDBOX_TOUCH } from "./use-save.ts";

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
      <Panel title={REHEARSE.crm} aside={<StopButton />}>
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

function StopButton() {
  const [asking, setAsking] = useState(false);
  const stop = useChange(sandboxSchema, SANDBOX_TOUCH);
  const act = (): void => {
    setAsking(false);
    stop.mutate(
      { path: "/sandbox", body: { action: "stop" }, timeoutMs: 60_000 },
      { onSuccess: () => noticeDone(REHEARSE.stopped) },
    );
  };
  return (
    <>
      <ChangeButton size="xs" variant="default" loading={stop.isPending} onClick={() => setAsking(true)}>
        {REHEARSE.stop}
      </ChangeButton>
      {stop.error === null ? null : <Failure error={stop.error} />}
      <ConfirmDialog
        opened={asking}
        title={REHEARSE.stopTitle}
        text={<Problem tone="none" cause={REHEARSE.stopText} />}
        name={null}
        act={REHEARSE.stop}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
