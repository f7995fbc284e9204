// Version, sources, addresses and licence of this gateway, and whose libraries are inside.
import { aboutSchema, type BuildInfo } from "../../../shared/about.schema.ts";
import { statusSchema } from "../../../shared/admin-api.ts";
import { Facts } from "../kit/facts.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { ABOUT } from "../texts/settings.ts";
import { SHELL } from "../texts/shell.ts";
import { LicencesPanel } from "./licences-panel.tsx";

export function AboutPart() {
  const status = useRead("/status", statusSchema, { everyMs: 60_000 });
  const about = useRead("/about", aboutSchema);
  return (
    <>
      <Loaded of={status}>
        {(now) => (
          <Panel title={SHELL.product}>
            <Facts
              rows={[
                [ABOUT.version, now.version],
                [ABOUT.build, <Sources key="b" build={about.data?.build ?? null} />],
                [ABOUT.since, <When key="s" at={now.started_at} />],
                [ABOUT.listens, <code key="l">{now.public_url}</code>],
                [ABOUT.public, now.server_url ?? ABOUT.none],
                [ABOUT.licence, ABOUT.licenceText],
              ]}
            />
          </Panel>
        )}
      </Loaded>
      <Loaded of={about}>{({ licences }) => <LicencesPanel file={licences} />}</Loaded>
    </>
  );
}

const COMMIT_SHOWN = 12;

function Sources({ build }: { readonly build: BuildInfo | null }) {
  if (build === null || build.commit === null) return ABOUT.noBuild;
  return (
    <>
      {ABOUT.builtFrom(build.commit.slice(0, COMMIT_SHOWN), build.changed)}
      {build.date === null ? null : (
        <>
          {", "}
          <When at={build.date} exact />
        </>
      )}
    </>
  );
}
