// Parameters of the API as Twilio's OpenAPI lists them (api_v2010), for the operations the pretend Twilio answers. A contract
// test compares this table with that document. Asked by check-parameters.

export type ParameterType =
  | "text"
  | "integer"
  | "number"
  | "flag"
  | "url"
  | "method"
  | "texts"
  | readonly string[];

type Parameters = Readonly<Record<string, ParameterType>>;

const PAGING: Parameters = { PageSize: "integer", Page: "integer", PageToken: "text" };
const TIMES = (name: string): Parameters => ({ [name]: "text", [`${name}<`]: "text", [`${name}>`]: "text" });
const CALL_STATUSES = [
  ...["queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"],
] as const;
const RECORDING_CALLBACK: Parameters = {
  RecordingStatusCallback: "url",
  RecordingStatusCallbackMethod: "method",
  RecordingStatusCallbackEvent: "texts",
};

const CREATE_CALL: Parameters = {
  ...{ To: "text", From: "text", Url: "url", Twiml: "text", ApplicationSid: "text", Method: "method" },
  ...{ FallbackUrl: "url", FallbackMethod: "method" },
  ...{ StatusCallback: "url", StatusCallbackEvent: "texts", StatusCallbackMethod: "method" },
  ...{ SendDigits: "text", Timeout: "integer", TimeLimit: "integer", Record: "flag" },
  ...{ RecordingChannels: ["mono", "dual"], RecordingTrack: ["inbound", "outbound", "both"] },
  ...{ ...RECORDING_CALLBACK, Trim: ["trim-silence", "do-not-trim"] },
  ...{ SipAuthUsername: "text", SipAuthPassword: "text", CallerId: "text", Byoc: "text" },
  ...{ MachineDetection: ["Enable", "DetectMessageEnd"], MachineDetectionTimeout: "integer" },
  ...{ MachineDetectionSpeechThreshold: "integer", MachineDetectionSpeechEndThreshold: "integer" },
  MachineDetectionSilenceTimeout: "integer",
  ...{ AsyncAmd: "flag", AsyncAmdStatusCallback: "url", AsyncAmdStatusCallbackMethod: "method" },
  ...{ CallReason: "text", CallToken: "text", ClientNotificationUrl: "url" },
};

const UPDATE_CALL: Parameters = {
  ...{ Url: "url", Method: "method", Twiml: "text", Status: ["canceled", "completed"], TimeLimit: "integer" },
  ...{ FallbackUrl: "url", FallbackMethod: "method", StatusCallback: "url", StatusCallbackMethod: "method" },
};

const CREATE_MESSAGE: Parameters = {
  ...{ To: "text", From: "text", MessagingServiceSid: "text", Body: "text", MediaUrl: "texts" },
  ...{ ContentSid: "text", ContentVariables: "text", StatusCallback: "url", ApplicationSid: "text" },
  ...{ MaxPrice: "number", ProvideFeedback: "flag", Attempt: "integer", ValidityPeriod: "integer" },
  ...{ ForceDelivery: "flag", SmartEncoded: "flag", PersistentAction: "texts", ShortenUrls: "flag" },
  ...{ ContentRetention: ["retain", "discard"], AddressRetention: ["retain", "obfuscate"] },
  ...{ TrafficType: ["free"], ScheduleType: ["fixed"], SendAt: "text", SendAsMms: "flag" },
  ...{ RiskCheck: ["enable", "disable"], FallbackFrom: "text" },
};

const UPDATE_NUMBER: Parameters = {
  ...{ AccountSid: "text", ApiVersion: "text", FriendlyName: "text", TrunkSid: "text", AddressSid: "text" },
  ...{ SmsApplicationSid: "text", SmsUrl: "url", SmsMethod: "method" },
  ...{ SmsFallbackUrl: "url", SmsFallbackMethod: "method" },
  ...{ VoiceApplicationSid: "text", VoiceUrl: "url", VoiceMethod: "method", VoiceCallerIdLookup: "flag" },
  ...{ VoiceFallbackUrl: "url", VoiceFallbackMethod: "method", VoiceReceiveMode: ["voice", "fax"] },
  ...{ StatusCallback: "url", StatusCallbackMethod: "method" },
  ...{ EmergencyStatus: ["Active", "Inactive"], EmergencyAddressSid: "text", IdentitySid: "text" },
  BundleSid: "text",
};

/** Of the body for POST, of the query for GET, by `METHOD /path` below the account; `{Sid}` stands for any. */
export const KNOWN_PARAMETERS: Readonly<Record<string, Parameters>> = {
  "GET .json": {},
  "POST /Calls.json": CREATE_CALL,
  "GET /Calls.json": {
    ...{ To: "text", From: "text", ParentCallSid: "text", Status: CALL_STATUSES },
    ...{ ...TIMES("StartTime"), ...TIMES("EndTime"), ...PAGING },
  },
  "GET /Calls/{Sid}.json": {},
  "POST /Calls/{Sid}.json": UPDATE_CALL,
  "GET /Calls/{Sid}/Recordings.json": { ...TIMES("DateCreated"), ...PAGING },
  "POST /Messages.json": CREATE_MESSAGE,
  "GET /Messages.json": { To: "text", From: "text", ...TIMES("DateSent"), ...PAGING },
  "GET /Messages/{Sid}.json": {},
  "POST /Messages/{Sid}.json": { Body: "text", Status: ["canceled"] },
  "POST /OutgoingCallerIds.json": {
    ...{ PhoneNumber: "text", FriendlyName: "text", CallDelay: "integer", Extension: "text" },
    ...{ StatusCallback: "url", StatusCallbackMethod: "method" },
  },
  "GET /OutgoingCallerIds.json": { PhoneNumber: "text", FriendlyName: "text", ...PAGING },
  "GET /OutgoingCallerIds/{Sid}.json": {},
  "POST /OutgoingCallerIds/{Sid}.json": { FriendlyName: "text" },
  "DELETE /OutgoingCallerIds/{Sid}.json": {},
  "GET /IncomingPhoneNumbers.json": {
    ...{ Beta: "flag", FriendlyName: "text", PhoneNumber: "text", Origin: "text", ...PAGING },
  },
  "GET /IncomingPhoneNumbers/{Sid}.json": {},
  "POST /IncomingPhoneNumbers/{Sid}.json": UPDATE_NUMBER,
};
