// Twilio: the brokerage's account, its numbers, how it calls, WhatsApp.
import { tenantFields } from "../../../shared/settings.schema.ts";
import { CopyField } from "../kit/copy-field.tsx";
import { Problem } from "../kit/problem.tsx";
import {
  AreaSetting,
  RadioSetting,
  SecretSetting,
  SwitchSetting,
  TextSetting,
} from "../settings/setting-input.tsx";
import { tenantPlace } from "../settings/settings-draft.ts";
import type { BrokerageProps } from "../settings/use-settings-form.ts";
import { TWILIO } from "../texts/channels.ts";
import { CallerIds } from "./caller-ids.tsx";
import { CarrierPanel } from "./carrier-panel.tsx";
import { TestChannel } from "./test-channel.tsx";
import { WhatsappTemplates } from "./whatsapp-templates.tsx";

const NAMES = Object.keys(tenantFields)
  .filter((name) => name.startsWith("twilio_"))
  .concat("twilio_auth_token", "twilio_api_key_secret", "whatsapp_templates", "voice_mode", "voicemail_text")
  .concat("call_ring_seconds", "calls_per_second", "record_calls", "recording_notice");
const MODES = (["agent_first", "announcement"] as const).map((value) => ({
  value,
  label: TWILIO.modes[value],
  note: TWILIO.modes[`${value}Note`],
}));

export interface TwilioPanelProps extends BrokerageProps {
  readonly uses: readonly string[];
  /** Where Twilio is to send what contacts write; null without a public address, undefined while it is not known. */
  readonly inboundUrl: string | null | undefined;
}

export function TwilioPanel({ form, tenant, uses, inboundUrl }: TwilioPanelProps) {
  const props = { form, tenant };
  return (
    <CarrierPanel {...props} title={TWILIO.title} note={TWILIO.note} uses={uses} names={NAMES}>
      <h3 className="form-part">{TWILIO.account}</h3>
      <TextSetting {...props} name="twilio_account_sid" ltr />
      <SecretSetting {...props} name="twilio_auth_token" />
      <TextSetting {...props} name="twilio_api_key_sid" ltr />
      <SecretSetting {...props} name="twilio_api_key_secret" />
      <TextSetting {...props} name="calls_per_second" numeric />
      <TestChannel {...props} what="twilio" />
      <h3 className="form-part">{TWILIO.numbers}</h3>
      <TextSetting {...props} name="twilio_number" ltr />
      <TextSetting {...props} name="twilio_messaging_service_sid" ltr />
      <InboundAddress url={inboundUrl} />
      <h3 className="form-part">{TWILIO.calls}</h3>
      <Calls {...props} />
      <CallerIds {...props} />
      <h3 className="form-part">{TWILIO.whatsapp}</h3>
      <p className="quiet">{TWILIO.whatsappVoice}</p>
      <TextSetting {...props} name="twilio_whatsapp_number" ltr />
      <WhatsappTemplates {...props} />
    </CarrierPanel>
  );
}

function InboundAddress({ url }: { readonly url: string | null | undefined }) {
  if (url === undefined) return null;
  if (url !== null) return <CopyField label={TWILIO.inbound} value={url} hint={TWILIO.inboundHint} />;
  return (
    <Problem
      tone="wait"
      cause={TWILIO.inboundNone}
      remedy={TWILIO.inboundNoneHint}
      action={{ label: TWILIO.platform, to: "/settings/platform" }}
    />
  );
}

function Calls(props: BrokerageProps) {
  const at = (name: string): unknown => props.form.value(tenantPlace(props.tenant, name));
  return (
    <>
      <RadioSetting {...props} name="voice_mode" choices={MODES} />
      {at("voice_mode") === "announcement" ? (
        <Problem tone="wait" cause={TWILIO.consent} remedy={TWILIO.consentHint} />
      ) : null}
      <AreaSetting {...props} name="voicemail_text" maxLength={1000} />
      <TextSetting {...props} name="call_ring_seconds" numeric />
      <SwitchSetting {...props} name="record_calls" />
      {at("record_calls") === true ? (
        <>
          <Problem tone="wait" cause={TWILIO.recording} remedy={TWILIO.recordingHint} />
          <TextSetting {...props} name="recording_notice" />
        </>
      ) : null}
    </>
  );
}
