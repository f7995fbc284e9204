// Twilio's error codes in words: what each means for an outreach, whether a request was refused with it or a message or
// call ended with it. Facts: telephony 1.5. A code that says how the account is set up is never a bad number.

/**
 * What a code means: the contact's number is no good, they are not to be contacted, the account or a sender is not set up
 * for this (somebody has to do something at Twilio), Twilio is busy, or it just did not work.
 */
export type CodeMeaning = "bad_number" | "opted_out" | "do_not_call" | "setup" | "busy" | "failed";

export interface TwilioCode {
  readonly means: CodeMeaning;
  /** For a brokerage person: what happened and what to do. */
  readonly sentence: string;
}

const TABLE = {
  10004: ["busy", "The Twilio account has as many calls going on as it may; this one waits."],
  20003: [
    "setup",
    "Twilio did not accept the account SID and auth token (or API key). Copy them again from the Twilio console.",
  ],
  20005: ["setup", "The Twilio account is not active. Look at its state in the Twilio console."],
  20404: ["failed", "Twilio does not know what was asked about. Check the account SID."],
  20429: ["busy", "Twilio asked to slow down."],
  21205: ["failed", "Twilio did not accept the gateway's public address (SERVER_URL)."],
  21210: [
    "setup",
    "Twilio does not let calls come from this number: it is neither a number of the Twilio account nor a verified caller ID. Verify the caller ID in the console, or use the number at Twilio.",
  ],
  21211: ["bad_number", "Twilio says that this is not a valid phone number."],
  21212: ["setup", "Twilio says that the number at Twilio that was set is not a valid sender. Check it."],
  21214: ["bad_number", "Twilio says that this number cannot be reached."],
  21215: [
    "setup",
    "The Twilio account may not call this country. Allow it under Voice, Geographic permissions in the Twilio console.",
  ],
  21216: ["do_not_call", "Twilio does not let this account call this number."],
  21217: ["bad_number", "Twilio says that this is not a valid phone number."],
  21219: [
    "setup",
    "The Twilio account is a trial, which may only call numbers verified at Twilio. Upgrade it, or verify this number.",
  ],
  21220: ["failed", "The call is over already."],
  21408: [
    "setup",
    "The Twilio account may not text this country. Allow it under Messaging, Geo permissions in the Twilio console.",
  ],
  21450: ["setup", "This number is verified at Twilio already."],
  21603: ["setup", "No sender is set for texts. Set the number or messaging service at Twilio."],
  21606: [
    "setup",
    "Texts cannot be sent from this number: it is not one of the Twilio account that can send them. Check the number at Twilio.",
  ],
  21608: [
    "setup",
    "The Twilio account is a trial, which may only text numbers verified at Twilio. Upgrade it, or verify this number.",
  ],
  21609: [
    "setup",
    "Twilio does not take the gateway's public address (SERVER_URL) for its reports. Check it.",
  ],
  21610: ["opted_out", "This person wrote STOP to this sender, so Twilio does not deliver to them."],
  21611: ["busy", "The sender has too many messages waiting at Twilio; this one waits."],
  21612: [
    "failed",
    "Twilio cannot reach this number from this sender. Try to call instead, or use another sender.",
  ],
  21614: ["bad_number", "This is not a mobile number, so it cannot receive messages."],
  21617: ["failed", "The message is longer than Twilio takes (1600 characters)."],
  21655: ["setup", "Twilio does not know the content template. Check its Content SID (HX…)."],
  21656: ["setup", "Twilio did not accept the variables of the content template. Check their names."],
  21701: ["setup", "Twilio does not know the messaging service. Check its SID (MG…)."],
  21703: ["setup", "The messaging service at Twilio has no number that can send this. Add one to it."],
  13214: [
    "setup",
    "Twilio did not accept the caller ID. Verify it in the console, or use the number at Twilio.",
  ],
  13223: ["bad_number", "Twilio says that this number has a form that cannot be dialled."],
  13224: ["bad_number", "Twilio says that this number cannot be dialled."],
  13225: ["bad_number", "Twilio does not dial this number: it belongs to an emergency service or the like."],
  13226: ["bad_number", "Twilio says that the country code of this number does not exist."],
  13227: [
    "setup",
    "The Twilio account may not call this country. Allow it under Voice, Geographic permissions in the Twilio console.",
  ],
  30001: ["busy", "Too many messages were waiting at Twilio. Try again later."],
  30002: ["setup", "The Twilio account is suspended. Look at its state in the Twilio console."],
  30003: ["failed", "The phone could not be reached: it may be off or out of range. Try again later."],
  30004: [
    "failed",
    "The message was blocked by the carrier or the phone. Do not send it again before it is known why.",
  ],
  30005: ["bad_number", "The number is unknown or not in service, so it cannot receive messages."],
  30006: ["bad_number", "The number is a landline or its carrier takes no messages."],
  30007: [
    "failed",
    "The carrier took the message for spam. Do not send it again; check the sender's registration and the text.",
  ],
  30008: ["failed", "The carrier did not deliver the message and did not say why. Try again later."],
  30032: [
    "setup",
    "The toll-free sender is not verified yet. Finish its verification in the Twilio console.",
  ],
  30034: [
    "setup",
    "The sender is not registered for texting in the US (A2P 10DLC). Register brand and campaign in the Twilio console.",
  ],
  30036: ["failed", "The message waited too long at Twilio, so it was dropped. Try again later."],
  30047: ["failed", "Twilio could not put the message off to an allowed hour. Try again later."],
  30450: ["failed", "Twilio held the message back as suspected fraud."],
  30610: [
    "failed",
    "Twilio held the message back because of the hour where the contact is. Try again later.",
  ],
  30640: ["do_not_call", "Twilio holds this number to be somebody who is not to be texted."],
  63003: ["bad_number", "This number is not on WhatsApp."],
  63007: [
    "setup",
    "Twilio does not know the WhatsApp sender. Check the number, and that it is registered for WhatsApp at Twilio.",
  ],
  63014: ["opted_out", "This person has blocked the brokerage on WhatsApp."],
  63016: [
    "setup",
    "WhatsApp allows free text only within 24 hours of the contact's last message. Set up an approved template for this call type.",
  ],
  63018: ["busy", "WhatsApp asked to slow down."],
  63020: ["setup", "The brokerage has not accepted Meta's invitation for its WhatsApp sender yet."],
  63023: ["failed", "WhatsApp did not take the message."],
  63024: ["bad_number", "WhatsApp does not deliver to this number."],
  63049: ["failed", "Meta chose not to deliver this message, as it does with some marketing messages."],
} as const satisfies Readonly<Record<number, readonly [CodeMeaning, string]>>;

const CODES: ReadonlyMap<number, TwilioCode> = new Map(
  Object.entries(TABLE).map(([code, [means, sentence]]) => [Number(code), { means, sentence }]),
);

/** Undefined for a code that is not in the table. */
export const twilioCode = (code: number | null | undefined): TwilioCode | undefined =>
  code === null || code === undefined ? undefined : CODES.get(code);
