// How the person with a phone behaves: whether they pick up, what they say and press, what they text back. Tests write
// scripts; numbers without one behave by their last two digits (decide-script.ts).

/** What the phone does when it rings. `live`: somebody decides by hand. */
export type Ringing = "answers" | "no_answer" | "busy" | "rejects" | "invalid" | "live";

/** What a person does when a Gather asks; of `digits` and `says`, what was asked for. */
export interface Turn {
  digits?: string;
  says?: string;
  hangsUp?: boolean;
  /** From the end of the prompt. */
  afterMs?: number;
}

/** How a message to the phone ends. */
export type Delivery = "sent" | "delivered" | "read" | { undelivered: number } | { failed: number };

export interface PhoneScript {
  rings: Ringing;
  /** From the first ring. */
  answersAfterMs: number;
  answeredBy: "human" | "machine" | "fax" | "unknown";
  /** How long a machine talks before it records, and what machine detection hears then. */
  greetingMs: number;
  greetingEnds: "beep" | "silence" | "other";
  /** One for each Gather of a call, in order. */
  turns: Turn[];
  /** At every Gather after those. */
  afterwards: Turn;
  /** How long they talk once connected to somebody. */
  talksMs: number;
  /** Hangs up so long after answering, whatever goes on; null: waits for the others. */
  staysMs: number | null;
  /** Keys in the code of Twilio's verification call. */
  verifies: boolean;
  /** How the API refuses calls and messages to this number, the first `times` requests: by Twilio's code, or a bare status. */
  refusal: { code?: number; status?: number; times: number } | null;
  /** How a text ends. A landline's never arrive (30006). */
  sms: Delivery;
  landline: boolean;
  /** How a WhatsApp message ends; not on WhatsApp at all is `{ failed: 63003 }`. */
  whatsapp: Delivery;
  /** Lets businesses call on WhatsApp. */
  whatsappCalls: boolean;
  /** Sent back one by one, one for each message that arrives. */
  replies: string[];
  replyAfterMs: number;
}

/** Someone who takes calls and is pleased to hear from you. */
export const ordinaryScript = (): PhoneScript => ({
  rings: "answers",
  answersAfterMs: 4_000,
  answeredBy: "human",
  greetingMs: 8_000,
  greetingEnds: "beep",
  turns: [
    { says: "Yes, that sounds good.", digits: "1" },
    { says: "Wonderful, thank you.", digits: "1" },
  ],
  afterwards: { hangsUp: true },
  talksMs: 42_000,
  staysMs: null,
  verifies: true,
  refusal: null,
  sms: "delivered",
  landline: false,
  whatsapp: "read",
  whatsappCalls: true,
  replies: ["Yes, that sounds good."],
  replyAfterMs: 6_000,
});
