// The loud part: apps registered in Follow Up Boss still point at an address that is gone, and these are the new ones.
import type { SettingsView } from "../../../shared/console/settings.schema.ts";
import { type TunnelView, tunnelViewSchema } from "../../../shared/console/tunnel.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { CopyField } from "../kit/copy-field.tsx";
import { Problem } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { TUNNEL } from "../texts/tunnel.ts";

export interface MovedAppsProps {
  readonly moved: NonNullable<TunnelView["moved"]>;
  readonly urls: SettingsView["embed_urls"];
}

export function MovedApps({ moved, urls }: MovedAppsProps) {
  const done = useChange(tunnelViewSchema, ["/tunnel", "/home", "/status"]);
  return (
    <Problem cause={TUNNEL.moved(moved.from)} remedy={TUNNEL.movedHint(moved.tenants.join(", "))}>
      <div className="moved-apps">
        {moved.tenants.map((tenant) => {
          const own = urls[tenant];
          return own === undefined ? null : (
            <div key={tenant} className="stack">
              <CopyField label={TUNNEL.embed(tenant)} value={own.embed} />
              <CopyField label={TUNNEL.campaign(tenant)} value={own.campaign} />
            </div>
          );
        })}
      </div>
      <div className="row">
        <ChangeButton
          size="xs"
          variant="default"
          loading={done.isPending}
          onClick={() => done.mutate({ path: "/tunnel/embeds-changed" })}
        >
          {TUNNEL.movedDone}
        </ChangeButton>
      </div>
    </Problem>
  );
}
