// What accounts at the pretend Twilio are made of, and how it behaves. Used by this room, the demo and tests.

export type HttpMethod = "GET" | "POST";

export interface TwilioNumber {
  /** `PN…` */
  sid: string;
  /** E.164. */
  phoneNumber: string;
  friendlyName: string;
  capabilities: { voice: boolean; sms: boolean; mms: boolean; fax: boolean };
  /** Where texts to this number are announced; "" for nowhere. */
  smsUrl: string;
  smsMethod: HttpMethod;
  smsFallbackUrl: string;
  smsFallbackMethod: HttpMethod;
  /** Asked what to do with a call to this number; "" hangs up. */
  voiceUrl: string;
  voiceMethod: HttpMethod;
  voiceFallbackUrl: string;
  voiceFallbackMethod: HttpMethod;
  /** Told the end of calls to this number. */
  statusCallback: string;
  statusCallbackMethod: HttpMethod;
  /** Epoch ms, as all times here. */
  createdAt: number;
}

export interface MessagingService {
  /** `MG…` */
  sid: string;
  friendlyName: string;
  /** Numbers of the account, and `whatsapp:+…` senders. */
  senders: string[];
  /** Where texts to its numbers are announced; "" leaves that to the number's own address. */
  inboundRequestUrl: string;
  /** Used when a message names none. */
  statusCallback: string;
  /** The account's own words for STOP and START; inbound webhooks then carry OptOutType. */
  advancedOptOut: boolean;
}

export interface WhatsappSender {
  /** E.164, without `whatsapp:`. */
  number: string;
  /** Where messages to it are announced; "" for nowhere. */
  url: string;
  statusCallback: string;
  /** Calls need a TwiML application at the sender, and a number of a country where Meta lets businesses call. */
  voiceEnabled: boolean;
}

export interface ContentTemplate {
  /** `HX…` */
  sid: string;
  friendlyName: string;
  /** `{{1}}`, `{{name}}` stand for variables. */
  body: string;
  /** Texts for variables that are not given. */
  defaults: Record<string, string>;
  /** By Meta, for WhatsApp. */
  approved: boolean;
}

export interface VerifiedCallerId {
  /** `PN…` */
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  createdAt: number;
  updatedAt: number;
}

export interface TwilioAccount {
  /** `AC…` */
  sid: string;
  friendlyName: string;
  /** Opens the API, and signs what Twilio sends. */
  authToken: string;
  /** Standard keys: they open all but the account itself. */
  apiKeys: { sid: string; secret: string }[];
  /** A trial reaches verified numbers only. */
  type: "Full" | "Trial";
  status: "active" | "suspended" | "closed";
  numbers: TwilioNumber[];
  services: MessagingService[];
  whatsappSenders: WhatsappSender[];
  templates: ContentTemplate[];
  callerIds: VerifiedCallerId[];
  /** Calls started by the API above this wait in Twilio's queue. */
  callsPerSecond: number;
  /** More at once are refused (10004); null for no limit. */
  concurrentCalls: number | null;
  /** Messages waiting at one sender above this are refused (21611); null for no limit. */
  senderQueue: number | null;
  /** Country codes that may be called and texted, `1` for the US and Canada. */
  callTo: string[];
  smsTo: string[];
  /** Numbers Twilio does not call for this account (21216). */
  blocked: string[];
  createdAt: number;
}

export interface TwilioSettings {
  /** Factor on all waiting; 0: as fast as possible. Durations and times are told as if nothing had been skipped. */
  speed: number;
  /** Phones nobody wrote a script for are answered by hand: on the pages, or by `phone(number)`. */
  livePhones: boolean;
  /** Real ms a webhook may take in all, unless its URL asks for less. */
  webhookTimeoutMs: number;
  /** How the port stands in the URL that is signed: Twilio's senders differ. */
  signedPort: "as_given" | "added" | "removed";
}

export const defaultTwilioSettings = (): TwilioSettings => ({
  speed: 1,
  livePhones: false,
  webhookTimeoutMs: 15_000,
  signedPort: "as_given",
});
