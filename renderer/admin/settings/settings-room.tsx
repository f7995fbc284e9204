// Settings: brokerage, channels, contact rules, do not contact, outcomes, platform, keys, backup, support, troubleshooting,
// this computer (in the desktop app), about.
// One form over all parts, saved as one.
import { type ComponentType, Suspense } from "react";
import { type SettingsView, settingsViewSchema } from "../../../shared/console/settings.schema.ts";
import { desktopBridge } from "../desktop/desktop-bridge.ts";
import { ThisComputerPart } from "../desktop/this-computer-part.tsx";
import { Loaded, Loading } from "../kit/load-state.tsx";
import { RoomHead } from "../kit/panel.tsx";
import { SectionLinks } from "../kit/section-links.tsx";
import { SaveBar, UnsavedGuard } from "../kit/unsaved.tsx";
import { useRead } from "../kit/use-read.ts";
import { useRest } from "../kit/use-rest.ts";
import { lazyPart } from "../shell/lazy-part.ts";
import { SETTINGS } from "../texts/settings.ts";
import { AboutPart } from "./about-part.tsx";
import { BrokeragePart } from "./brokerage-part.tsx";
import { HelpPart } from "./help-part.tsx";
import { KeysPart } from "./keys-part.tsx";
import { OutcomesPart } from "./outcomes-part.tsx";
import { PlatformPart } from "./platform-part.tsx";
import { SettingsTrouble } from "./settings-trouble.tsx";
import { SupportPart } from "./support-part.tsx";
import { type SettingsForm, useSettingsForm } from "./use-settings-form.ts";

interface PartProps {
  readonly form: SettingsForm;
}
const IDS = [
  "brokerage",
  "channels",
  "contact-rules",
  "do-not-contact",
  "outcomes",
  "platform",
  "keys",
  "backup",
  "support",
  "help",
  "this-computer",
  "about",
] as const;
type PartId = (typeof IDS)[number];
const PARTS: Readonly<Record<PartId, ComponentType<PartProps>>> = {
  brokerage: BrokeragePart,
  channels: lazyPart<PartProps>(() =>
    import("../channels/channels-part.tsx").then((part) => part.ChannelsPart),
  ),
  "contact-rules": lazyPart<PartProps>(() =>
    import("../contact/contact-rules-part.tsx").then((part) => part.ContactRulesPart),
  ),
  "do-not-contact": lazyPart<PartProps>(() =>
    import("../contact/suppressions-part.tsx").then((part) => part.SuppressionsPart),
  ),
  outcomes: OutcomesPart,
  platform: PlatformPart,
  keys: KeysPart,
  backup: lazyPart<PartProps>(() => import("../backup/backup-part.tsx").then((part) => part.BackupPart)),
  support: SupportPart,
  help: HelpPart,
  "this-computer": ThisComputerPart,
  about: AboutPart,
};
/** "This computer" is about the desktop app, which a browser is not in. */
const SHOWN = IDS.filter((id) => id !== "this-computer" || desktopBridge() !== undefined);
const SECTIONS = SHOWN.map((id) => ({
  id,
  label: SETTINGS.section[id],
  to: id === "brokerage" ? "/settings" : `/settings/${id}`,
}));

export function SettingsRoom() {
  const settings = useRead("/settings", settingsViewSchema);
  const [first] = useRest();
  const at = SHOWN.find((id) => id === first) ?? "brokerage";
  return (
    <>
      <RoomHead title={SETTINGS.title} />
      <SectionLinks label={SETTINGS.sections} sections={SECTIONS} at={at} />
      <Loaded of={settings} lines={8}>
        {(view) => <Parts view={view} at={at} />}
      </Loaded>
    </>
  );
}

function Parts({ view, at }: { readonly view: SettingsView; readonly at: PartId }) {
  const form = useSettingsForm(view);
  const Part = PARTS[at];
  return (
    <>
      <Suspense fallback={<Loading lines={8} />}>
        <Part form={form} />
      </Suspense>
      <UnsavedGuard dirty={form.draft.size > 0} within="/settings" />
      <div className="save-stack">
        <SettingsTrouble form={form} />
        <SaveBar
          changes={form.draft.size}
          saving={form.saving.busy}
          onSave={form.save}
          onDiscard={form.discard}
        />
      </div>
    </>
  );
}
