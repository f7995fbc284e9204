// The gateway itself: how the internet reaches it, its registration at Follow Up Boss, its ports, its secrets, and what the environment fixes.
import { Panel } from "../kit/panel.tsx";
import { SETTING_NAMES } from "../texts/setting-names.ts";
import { PLATFORM } from "../texts/settings.ts";
import { PublicAddress } from "../tunnel/public-address.tsx";
import { SecretSetting, SelectSetting, SwitchSetting, TextSetting } from "./setting-input.tsx";
import type { SettingsForm } from "./use-settings-form.ts";

type Kind = "text" | "number" | "switch" | "secret" | "level";
type Group = keyof typeof PLATFORM.groups;

const FIELDS: Readonly<Record<Group, readonly (readonly [name: string, kind: Kind])[]>> = {
  system: [
    ["FUB_SYSTEM", "text"],
    ["FUB_SYSTEM_KEY", "secret"],
    ["FUB_EMBEDDED_APP_SECRET", "secret"],
    ["FUB_CAMPAIGN_EMBEDDED_APP_SECRET", "secret"],
  ],
  address: [
    ["HOST", "text"],
    ["TRUSTED_PROXIES", "text"],
    ["PORT", "number"],
    ["ADMIN_PORT", "number"],
  ],
  hub: [
    ["INTERNAL_START_URL", "text"],
    ["HUB_START_PATH", "text"],
    ["HUB_STATUS_PATH", "text"],
    ["HUB_PAUSE_PATH", "text"],
    ["HUB_RESUME_PATH", "text"],
    ["HUB_CANCEL_PATH", "text"],
    ["HUB_POLL_SECONDS", "number"],
    ["HUB_APPOINTMENT_TYPE", "text"],
    ["HUB_CONFIRMATION_TYPE", "text"],
  ],
  rollout: [
    ["ROLLOUT_CLIENT_ID", "text"],
    ["ROLLOUT_CLIENT_SECRET", "secret"],
    ["ROLLOUT_WEBHOOK_SECRET", "secret"],
    ["ROLLOUT_API_BASE_URL", "text"],
  ],
  running: [
    ["FUB_API_BASE_URL", "text"],
    ["TWILIO_API_BASE_URL", "text"],
    ["allow_private", "switch"],
    ["LOG_LEVEL", "level"],
    ["SIMULATOR_SPEED", "number"],
    ["journal_days", "number"],
    ["journal_rows", "number"],
    ["integrator_requests_per_minute", "number"],
  ],
};
const GROUPS = Object.keys(FIELDS) as readonly Group[];
const LEVELS = ["silent", "error", "warn", "info", "debug"].map((value) => ({ value, label: value }));

export function PlatformPart({ form }: { readonly form: SettingsForm }) {
  return (
    <>
      <PublicAddress form={form} />
      {GROUPS.map((group) => (
        <Panel key={group} title={PLATFORM.groups[group]}>
          <div className="stack-form">
            <p className="quiet">{PLATFORM.notes[group]}</p>
            {FIELDS[group].map(([name, kind]) => (
              <PlatformField key={name} form={form} name={name} kind={kind} />
            ))}
          </div>
        </Panel>
      ))}
      <Locks locks={form.view.locks} />
      <Panel title={PLATFORM.notices}>
        {form.view.notices.length === 0 ? (
          <p className="quiet">{PLATFORM.noticesNone}</p>
        ) : (
          <ul className="plain-list">
            {form.view.notices.map((notice) => (
              <li key={notice} dir="auto">
                {notice}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

function PlatformField({
  form,
  name,
  kind,
}: {
  readonly form: SettingsForm;
  readonly name: string;
  readonly kind: Kind;
}) {
  const props = { form, tenant: null, name };
  if (kind === "secret") return <SecretSetting {...props} />;
  if (kind === "switch") return <SwitchSetting {...props} />;
  if (kind === "level") return <SelectSetting {...props} options={LEVELS} />;
  return <TextSetting {...props} numeric={kind === "number"} ltr />;
}

function Locks({ locks }: { readonly locks: SettingsForm["view"]["locks"] }) {
  return (
    <Panel title={PLATFORM.locks}>
      {locks.length === 0 ? (
        <p className="quiet">{PLATFORM.locksNone}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{PLATFORM.lockColumns.name}</th>
              <th scope="col">{PLATFORM.lockColumns.by}</th>
            </tr>
          </thead>
          <tbody>
            {locks.map(({ name, by }) => (
              <tr key={name}>
                <th scope="row">{SETTING_NAMES.platform[name] ?? name}</th>
                <td>{by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
