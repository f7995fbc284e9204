// How the internet reaches this gateway: which way, what it needs, how it stands. A panel of Settings, Platform.

import { keepsItsAddress, TUNNEL_KINDS, tunnelKindSchema } from "../../../shared/tunnel-settings.schema.ts";
import { Panel } from "../kit/panel.tsx";
import { Problem } from "../kit/problem.tsx";
import { RadioSetting, SecretSetting, TextSetting } from "../settings/setting-input.tsx";
import { platformPlace } from "../settings/settings-draft.ts";
import type { SettingsForm } from "../settings/use-settings-form.ts";
import { TUNNEL } from "../texts/tunnel.ts";
import { CommandSetting } from "./command-setting.tsx";
import { TunnelNow } from "./tunnel-now.tsx";

const CHOICES = TUNNEL_KINDS.map((value) => ({
  value,
  label: TUNNEL.kinds[value],
  note: TUNNEL.kinds[`${value}Note`],
}));

interface Props {
  readonly form: SettingsForm;
}

export function PublicAddress({ form }: Props) {
  const props = { form, tenant: null };
  const at = (name: string): unknown => form.value(platformPlace(name));
  const kind = tunnelKindSchema.catch("none").parse(at("tunnel"));
  const lasts = keepsItsAddress({
    tunnel: kind,
    tunnel_domain: String(at("tunnel_domain") ?? "").trim(),
    tunnel_address: String(at("tunnel_address") ?? "").trim() || undefined,
  });
  return (
    <Panel title={TUNNEL.title}>
      <div className="stack-form">
        <p className="quiet">{TUNNEL.note}</p>
        <TunnelNow form={form} />
        <RadioSetting {...props} name="tunnel" choices={CHOICES} />
        {kind === "none" ? <TextSetting {...props} name="SERVER_URL" ltr /> : null}
        {kind === "ngrok" ? (
          <>
            <SecretSetting {...props} name="ngrok_authtoken" />
            <TextSetting {...props} name="tunnel_domain" ltr />
          </>
        ) : null}
        {kind === "cloudflared" ? <Cloudflared {...props} /> : null}
        {kind === "command" ? (
          <>
            <CommandSetting {...props} name="tunnel_command" />
            <TextSetting {...props} name="tunnel_address" ltr />
          </>
        ) : null}
        {lasts ? null : <Problem tone="wait" cause={TUNNEL.unstable} remedy={TUNNEL.unstableHint} />}
      </div>
    </Panel>
  );
}

function Cloudflared(props: Props & { readonly tenant: null }) {
  const domain = String(props.form.value(platformPlace("tunnel_domain")) ?? "");
  return (
    <>
      <SecretSetting {...props} name="cloudflared_token" />
      <TextSetting {...props} name="tunnel_domain" ltr />
      {domain === "" ? null : (
        <p className="quiet">{TUNNEL.cloudflareRoute(props.form.view.platform.PORT)}</p>
      )}
      <TextSetting {...props} name="cloudflared_path" ltr />
    </>
  );
}
