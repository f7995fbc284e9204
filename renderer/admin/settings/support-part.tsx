// Help from outside: the bundle to be sent, and links that let somebody look without changing anything.
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { newSupportLinkSchema, supportLinksSchema } from "../../../shared/console/support.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { CopyField } from "../kit/copy-field.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { Panel } from "../kit/panel.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange, useRead } from "../kit/use-read.ts";
import { SUPPORT } from "../texts/settings.ts";
import { LinkTable } from "./link-table.tsx";

const LINKS = "/support-links";

export function SupportPart() {
  return (
    <>
      <Panel title={SUPPORT.bundle}>
        <div className="stack">
          <p>{SUPPORT.bundleText}</p>
          <Button component="a" size="xs" href="/api/support-bundle" download>
            {SUPPORT.download}
          </Button>
        </div>
      </Panel>
      <SupportLinks />
    </>
  );
}

function SupportLinks() {
  const links = useRead(LINKS, supportLinksSchema, { everyMs: 15_000 });
  const [minutes, setMinutes] = useState("60");
  const make = useChange(newSupportLinkSchema, [LINKS]);
  const revoke = useChange(supportLinksSchema, [LINKS]);
  const take = (id: string): void =>
    revoke.mutate(
      { path: `${LINKS}/${encodeURIComponent(id)}`, method: "DELETE" },
      {
        onSuccess: () => {
          noticeDone(SUPPORT.revoked);
          if (make.data?.id === id) make.reset();
        },
        onError: noticeFailed,
      },
    );
  return (
    <Panel title={SUPPORT.links}>
      <div className="stack-form">
        <p>{SUPPORT.linksText}</p>
        <div className="row row-end">
          <NativeSelect
            label={SUPPORT.minutes}
            data={[...SUPPORT.choices]}
            value={minutes}
            onChange={(event) => setMinutes(event.currentTarget.value)}
          />
          <ChangeButton
            loading={make.isPending}
            onClick={() => make.mutate({ path: LINKS, body: { minutes: Number(minutes) } })}
          >
            {SUPPORT.make}
          </ChangeButton>
        </div>
        {make.error === null ? null : <Failure error={make.error} />}
        <div role="status">
          {make.data === undefined ? null : (
            <CopyField label={SUPPORT.made} value={make.data.url} hint={SUPPORT.madeHint} />
          )}
        </div>
        <h3>{SUPPORT.open}</h3>
        <Loaded of={links} lines={2}>
          {({ links: all }) =>
            all.length === 0 ? (
              <p className="quiet">{SUPPORT.none}</p>
            ) : (
              <LinkTable links={all} onTake={take} busy={revoke.isPending} />
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}
