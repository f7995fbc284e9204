// The brokerage's account at Twilio and each agent's own senders, as the provider uses them. Read once from settings and
// secrets by whoever builds the provider; nothing else in this folder knows how settings are written.
import type { TenantSettings, UserSettings } from "../../../shared/settings.schema.ts";
import type { WhatsappTemplate } from "../../../shared/twilio-settings.schema.ts";
import { toE164 } from "../../base/phone-numbers.ts";

export interface TwilioAccount {
  /** Account SID, AC… */
  readonly sid: string;
  /** Signs what Twilio sends; also the password of requests where there is no API key. */
  readonly authToken: string;
  readonly apiKey: { readonly sid: string; readonly secret: string } | null;
  /** The brokerage's number at Twilio, E.164. */
  readonly number: string | null;
  readonly messagingServiceSid: string | null;
  /** E.164, without Twilio's "whatsapp:". */
  readonly whatsappNumber: string | null;
  readonly whatsappTemplates: readonly WhatsappTemplate[];
  readonly voiceMode: "agent_first" | "announcement";
  /** Said to a contact's voicemail; empty: nothing is left. */
  readonly voicemailText: string;
  readonly ringSeconds: number;
  readonly callsPerSecond: number;
  /** Said to the contact before a recorded call; null: calls are not recorded. */
  readonly recordingNotice: string | null;
}

/** What of an agent's is at Twilio. */
export interface AgentSenders {
  readonly number: string | null;
  readonly messagingServiceSid: string | null;
  readonly whatsappNumber: string | null;
  readonly callerId: "own_phone" | "twilio_number";
}

/** Every sender of a brokerage: where messages to it can arrive. */
export interface OwnSenders {
  /** E.164. */
  readonly numbers: readonly string[];
  readonly whatsappNumbers: readonly string[];
  /** Messaging services: texts go out from their pools, whose numbers only Twilio knows. */
  readonly services: readonly string[];
  /** Of the other brokerages of this gateway, whose account may be the same. */
  readonly others: { readonly numbers: readonly string[]; readonly services: readonly string[] };
}

type AccountSecret = "twilio_auth_token" | "twilio_api_key_secret";

/** Undefined while account SID or auth token are missing. */
export function readTwilioAccount(
  settings: Readonly<TenantSettings>,
  secret: (name: AccountSecret) => string | undefined,
): TwilioAccount | undefined {
  const authToken = secret("twilio_auth_token");
  if (settings.twilio_account_sid === "" || !authToken) return undefined;
  const keySecret = secret("twilio_api_key_secret");
  const keySid = settings.twilio_api_key_sid;
  return {
    sid: settings.twilio_account_sid,
    authToken,
    apiKey: keySid !== "" && keySecret ? { sid: keySid, secret: keySecret } : null,
    number: toE164(settings.twilio_number) ?? null,
    messagingServiceSid: settings.twilio_messaging_service_sid || null,
    whatsappNumber: toE164(settings.twilio_whatsapp_number) ?? null,
    whatsappTemplates: settings.whatsapp_templates,
    voiceMode: settings.voice_mode,
    voicemailText: settings.voicemail_text,
    ringSeconds: settings.call_ring_seconds,
    callsPerSecond: settings.calls_per_second,
    // A recorded call is never without its notice.
    recordingNotice: settings.record_calls ? settings.recording_notice || "This call may be recorded." : null,
  };
}

/** Of nobody in particular: the brokerage's senders hold. */
export function readAgentSenders(user: Readonly<UserSettings> | undefined): AgentSenders {
  return {
    number: toE164(user?.twilio_number) ?? null,
    messagingServiceSid: user?.twilio_messaging_service_sid || null,
    whatsappNumber: toE164(user?.twilio_whatsapp_number) ?? null,
    callerId: user?.caller_id ?? "own_phone",
  };
}

export function readOwnSenders(
  settings: Readonly<TenantSettings>,
  others: readonly Readonly<TenantSettings>[],
): OwnSenders {
  return {
    numbers: numbersOf([settings], "twilio_number"),
    whatsappNumbers: numbersOf([settings], "twilio_whatsapp_number"),
    services: servicesOf([settings]),
    others: { numbers: numbersOf(others, "twilio_number"), services: servicesOf(others) },
  };
}

type Tenants = readonly Readonly<TenantSettings>[];

const everybodyOf = (tenants: Tenants) => tenants.flatMap((tenant) => [tenant, ...tenant.users]);

const numbersOf = (tenants: Tenants, pick: "twilio_number" | "twilio_whatsapp_number"): string[] => [
  ...new Set(everybodyOf(tenants).flatMap((one) => toE164(one[pick]) ?? [])),
];

const servicesOf = (tenants: Tenants): string[] => [
  ...new Set(everybodyOf(tenants).flatMap((one) => one.twilio_messaging_service_sid || [])),
];
