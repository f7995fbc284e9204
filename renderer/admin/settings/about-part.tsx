// Version, addresses and licence of this gateway.
import { statusSchema } from "../../../shared/admin-api.ts";
import { Facts } from "../kit/facts.tsx";
import { Loaded } from "../kit/load-state.tsx";
import { Panel } from "../kit/panel.tsx";
import { useRead } from "../kit/use-read.ts";
import { When } from "../kit/when.tsx";
import { ABOUT } from "../texts/settings.ts";
import { SHELL } from "../texts/shell.ts";

export function AboutPart() {
  const status = useRead("/status", statusSchema, { everyMs: 60_000 });
  return (
    <Loaded of={status}>
      {(now) => (
        <Panel title={SHELL.product}>
          <Facts
            rows={[
              [ABOUT.version, now.version],
              [ABOUT.since, <When key="s" at={now.started_at} />],
              [ABOUT.listens, <code key="l">{now.public_url}</code>],
              [ABOUT.public, now.server_url ?? ABOUT.none],
              [ABOUT.licence, ABOUT.licenceText],
            ]}
          />
        </Panel>
      )}
    </Loaded>
  );
}
