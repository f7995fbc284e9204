// Changing the track says first what changes, what must be done afterwards and what stays.
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { trackChangeSchema } from "../../../shared/console/guide.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { noticeDone } from "../kit/notices.tsx";
import { Failure } from "../kit/problem.tsx";
import { useRead } from "../kit/use-read.ts";
import { KIT } from "../texts/kit.ts";
import { SETUP } from "../texts/setup.ts";
import type { Track } from "./choose-track.tsx";
import { useSave } from "./use-save.ts";

interface Props {
  readonly slug: string;
  readonly track: Track;
  readonly revision: string;
}

export function TrackSwitch({ slug, track, revision }: Props) {
  const [opened, setOpened] = useState(false);
  const to = track === "A" ? "B" : "A";
  const { save, busy, error, conflict, forget } = useSave();
  const close = (): void => {
    forget();
    setOpened(false);
  };
  const change = (): void =>
    save({ tenants: [{ domain_name: slug, track: to }] }, revision, () => {
      close();
      noticeDone(SETUP.changed(to));
    });
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpened(true)}>
        {SETUP.change}
      </Button>
      <Modal opened={opened} onClose={close} title={SETUP.changeTo[to]} size="lg">
        <p>{SETUP.changeText[to]}</p>
        {opened ? <WhatChanges slug={slug} to={to} /> : null}
        {error === null && conflict === null ? null : (
          <Failure error={error ?? new Error(KIT.conflict.title)} />
        )}
        <div className="modal-actions">
          <Button variant="default" onClick={close}>
            {KIT.cancel}
          </Button>
          <ChangeButton loading={busy} onClick={change}>
            {SETUP.changeTo[to]}
          </ChangeButton>
        </div>
      </Modal>
    </>
  );
}

function WhatChanges({ slug, to }: { readonly slug: string; readonly to: Track }) {
  const change = useRead(`/tenants/${encodeURIComponent(slug)}/track-change`, trackChangeSchema, {
    query: { to },
  });
  return (
    <Loaded of={change}>
      {({ changes, todo, keeps }) => (
        <div className="track-change">
          <Part title={SETUP.changes} lines={changes} />
          <Part title={SETUP.todo} lines={todo} ordered />
          <Part title={SETUP.keeps} lines={keeps} />
        </div>
      )}
    </Loaded>
  );
}

function Part(props: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly ordered?: boolean;
}) {
  if (props.lines.length === 0) return null;
  const List = props.ordered ? "ol" : "ul";
  return (
    <section aria-label={props.title}>
      <h3>{props.title}</h3>
      <List className={props.ordered ? "todo" : "points"}>
        {props.lines.map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </List>
    </section>
  );
}
