// Accounts, their numbers and verified caller IDs as the API shows them, in the fields of Twilio's OpenAPI.
import { rfc2822 } from "../format-values.ts";
import type { TwilioAccount, TwilioNumber, VerifiedCallerId } from "../twilio-types.ts";
import { API_VERSION } from "../voice/call-params.ts";

const SUBRESOURCES = [
  ...[
    "Addresses",
    "Conferences",
    "SigningKeys",
    "Transcriptions",
    "ConnectApps",
    "SIP",
    "Queues",
    "Messages",
  ],
  ...[
    "Keys",
    "Balance",
    "Notifications",
    "OutgoingCallerIds",
    "AuthorizedConnectApps",
    "ShortCodes",
    "Usage",
  ],
  ...["Applications", "Recordings", "IncomingPhoneNumbers", "Calls", "AvailablePhoneNumbers"],
];

const snake = (name: string): string => name.replace(/(?<=[a-z])[A-Z]/g, "_$&").toLowerCase();

export function shapeAccount(account: TwilioAccount) {
  const address = `/${API_VERSION}/Accounts/${account.sid}`;
  return {
    auth_token: account.authToken,
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.createdAt),
    friendly_name: account.friendlyName,
    owner_account_sid: account.sid,
    sid: account.sid,
    status: account.status,
    subresource_uris: Object.fromEntries(
      SUBRESOURCES.map((name) => [snake(name), `${address}/${name}.json`]),
    ),
    type: account.type,
    uri: `${address}.json`,
  };
}

export function shapeNumber(account: TwilioAccount, number: TwilioNumber) {
  return {
    account_sid: account.sid,
    address_sid: null,
    address_requirements: "none",
    api_version: API_VERSION,
    beta: false,
    capabilities: number.capabilities,
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.createdAt),
    friendly_name: number.friendlyName,
    identity_sid: null,
    phone_number: number.phoneNumber,
    origin: "twilio",
    sid: number.sid,
    sms_application_sid: null,
    sms_fallback_method: number.smsFallbackMethod,
    sms_fallback_url: number.smsFallbackUrl,
    sms_method: number.smsMethod,
    sms_url: number.smsUrl,
    status_callback: number.statusCallback,
    status_callback_method: number.statusCallbackMethod,
    trunk_sid: null,
    uri: `/${API_VERSION}/Accounts/${account.sid}/IncomingPhoneNumbers/${number.sid}.json`,
    voice_receive_mode: "voice",
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_fallback_method: number.voiceFallbackMethod,
    voice_fallback_url: number.voiceFallbackUrl,
    voice_method: number.voiceMethod,
    voice_url: number.voiceUrl,
    emergency_status: "Active",
    emergency_address_sid: null,
    emergency_address_status: "unregistered",
    bundle_sid: null,
    status: "in-use",
    type: "local",
  };
}

export function shapeCallerId(account: TwilioAccount, callerId: VerifiedCallerId) {
  return {
    sid: callerId.sid,
    date_created: rfc2822(callerId.createdAt),
    date_updated: rfc2822(callerId.updatedAt),
    friendly_name: callerId.friendlyName,
    account_sid: account.sid,
    phone_number: callerId.phoneNumber,
    uri: `/${API_VERSION}/Accounts/${account.sid}/OutgoingCallerIds/${callerId.sid}.json`,
  };
}
