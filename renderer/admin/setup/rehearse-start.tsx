// How practising begins: everything set up, or an empty practice brokerage to walk the guide through.
import { Radio } from "@mantine/core";
import { useState } from "react";
import { type SandboxCommand, sandboxSchema } from "../../../shared/console/sandbox.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Panel } from "../kit/panel.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { REHEARSE, SETUP } from "../texts/setup.ts";
import type { Track } from "./choose-track.tsx";
import { SANDBOX_TOUCH } from "./use-save.ts";

export function RehearseStart() {
  const [ready, setReady] = useState(true);
  const [track, setTrack] = useState<Track>("A");
  const start = useChange(sandboxSchema, SANDBOX_TOUCH);
  const act = (): void => {
    const body: SandboxCommand = { action: "start", track, ready };
    start.mutate({ path: "/sandbox", body, timeoutMs: 60_000 });
  };
  return (
    <Panel title={REHEARSE.start}>
      <div className="stack-lg">
        <Radio.Group
          label={REHEARSE.how}
          value={ready ? "ready" : "empty"}
          onChange={(value) => setReady(value === "ready")}
        >
          <div className="step-form">
            <Radio value="ready" label={REHEARSE.ready} description={REHEARSE.readyText} />
            <Radio value="empty" label={REHEARSE.empty} description={REHEARSE.emptyText} />
          </div>
        </Radio.Group>
        <Radio.Group
          label={REHEARSE.track}
          value={track}
          onChange={(value) => setTrack(value === "B" ? "B" : "A")}
        >
          <div className="step-form">
            <Radio value="A" label={SETUP.tracks.A} description={SETUP.trackNote.A} />
            <Radio value="B" label={SETUP.tracks.B} description={SETUP.trackNote.B} />
          </div>
        </Radio.Group>
        <div className="row">
          <ChangeButton loading={start.isPending} onClick={act}>
            {REHEARSE.start}
          </ChangeButton>
        </div>
        {start.error === null ? null : <Failure error={start.error} retry={act} />}
      </div>
    </Panel>
  );
}
