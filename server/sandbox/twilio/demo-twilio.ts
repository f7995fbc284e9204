// The accounts at the pretend Twilio that the demo and tests run on: the brokerage's, and a stranger's. Nothing in them is
// anybody's: all numbers are of ranges kept for fiction.
import { fixedHex } from "../build-account.ts";
import type { TwilioOptions } from "./create-twilio-state.ts";
import { formatNumber } from "./format-values.ts";
import type { TwilioAccount, TwilioNumber } from "./twilio-types.ts";

/** What a customer of Twilio knows of their account. */
export interface TwilioKeys {
  accountSid: string;
  authToken: string;
  apiKeySid: string;
  apiKeySecret: string;
}

export interface TwilioDemo {
  /** For `createSandbox({ twilio })`. */
  options: TwilioOptions & { accounts: TwilioAccount[] };
  brokerage: TwilioKeys & {
    /** In no messaging service. */
    number: string;
    /** Each agent's own, both in the messaging service. */
    annNumber: string;
    benNumber: string;
    messagingServiceSid: string;
    /** A Canadian sender, which may not call on WhatsApp, and a British one, which may. */
    whatsappNumber: string;
    whatsappVoiceNumber: string;
    /** A template with the variables 1 (first name) and 2 (agent). */
    contentSid: string;
    /** Ann's mobile, verified; Ben's is not. */
    verifiedNumber: string;
    unverifiedNumber: string;
  };
  stranger: TwilioKeys & { number: string };
}

const EARLY = Date.parse("2026-03-02T15:04:05Z");

/** The same accounts every time. */
export function demoTwilio(): TwilioDemo {
  const brokerage = {
    ...keysOf("brokerage"),
    ...{ number: "+14165550180", annNumber: "+14165550181", benNumber: "+14165550182" },
    messagingServiceSid: sid("MG", "service"),
    ...{ whatsappNumber: "+14165550190", whatsappVoiceNumber: "+447700900190" },
    contentSid: sid("HX", "template"),
    ...{ verifiedNumber: "+14165550111", unverifiedNumber: "+14165550122" },
  };
  const stranger = { ...keysOf("stranger"), number: "+12125550170" };
  const accounts = [
    buildTwilioAccount(brokerage, {
      friendlyName: "Maple Street Realty",
      numbers: [brokerage.number, brokerage.annNumber, brokerage.benNumber].map(buildTwilioNumber),
      services: [
        {
          sid: brokerage.messagingServiceSid,
          friendlyName: "Agents",
          senders: [brokerage.annNumber, brokerage.benNumber],
          ...{ inboundRequestUrl: "", statusCallback: "", advancedOptOut: false },
        },
      ],
      whatsappSenders: [
        { number: brokerage.whatsappNumber, url: "", statusCallback: "", voiceEnabled: true },
        { number: brokerage.whatsappVoiceNumber, url: "", statusCallback: "", voiceEnabled: true },
      ],
      templates: [
        {
          sid: brokerage.contentSid,
          friendlyName: "hello",
          body: "Hello {{1}}, this is {{2}}. May I write to you here about your home search?",
          defaults: { "1": "there", "2": "your brokerage" },
          approved: true,
        },
      ],
      callerIds: [
        {
          sid: sid("PN", "caller id of ann"),
          phoneNumber: brokerage.verifiedNumber,
          friendlyName: formatNumber(brokerage.verifiedNumber),
          ...{ createdAt: EARLY, updatedAt: EARLY },
        },
      ],
    }),
    buildTwilioAccount(stranger, {
      friendlyName: "Somebody else",
      numbers: [buildTwilioNumber(stranger.number)],
    }),
  ];
  // As the practice Follow Up Boss has it.
  const scripts = { "+14165550142": { landline: true } };
  return { options: { accounts, scripts }, brokerage, stranger };
}

const sid = (prefix: string, seed: string): string => prefix + fixedHex(`twilio ${prefix} ${seed}`, 32);

function keysOf(name: string): TwilioKeys {
  return {
    accountSid: sid("AC", name),
    authToken: fixedHex(`twilio token of ${name}`, 32),
    apiKeySid: sid("SK", name),
    apiKeySecret: fixedHex(`twilio key of ${name}`, 32),
  };
}

/** A full account that may reach the US and Canada, with nothing in it but what is given. */
export function buildTwilioAccount(keys: TwilioKeys, given: Partial<TwilioAccount> = {}): TwilioAccount {
  return {
    sid: keys.accountSid,
    friendlyName: "Test",
    authToken: keys.authToken,
    apiKeys: [{ sid: keys.apiKeySid, secret: keys.apiKeySecret }],
    ...{ type: "Full", status: "active" },
    ...{ numbers: [], services: [], whatsappSenders: [], templates: [], callerIds: [], blocked: [] },
    ...{ callsPerSecond: 1, concurrentCalls: null, senderQueue: null },
    ...{ callTo: ["1"], smsTo: ["1"], createdAt: EARLY },
    ...given,
  };
}

/** Calls and texts, and announces nothing yet. */
export function buildTwilioNumber(phoneNumber: string): TwilioNumber {
  return {
    sid: sid("PN", phoneNumber),
    phoneNumber,
    friendlyName: formatNumber(phoneNumber),
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    ...{ smsUrl: "", smsMethod: "POST", smsFallbackUrl: "", smsFallbackMethod: "POST" },
    ...{ voiceUrl: "", voiceMethod: "POST", voiceFallbackUrl: "", voiceFallbackMethod: "POST" },
    ...{ statusCallback: "", statusCallbackMethod: "POST", createdAt: EARLY },
  };
}
