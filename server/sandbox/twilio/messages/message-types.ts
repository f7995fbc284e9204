// What the pretend Twilio keeps of messages. Used by rest/, messages/ and tests.

export type MessageStatus =
  | "accepted"
  | "scheduled"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "undelivered"
  | "failed"
  | "read"
  | "received"
  | "canceled";

export interface TwilioMessage {
  /** `SM…`, or `MM…` with media. */
  sid: string;
  accountSid: string;
  messagingServiceSid: string | null;
  /** null until the messaging service has chosen one. `whatsapp:+…` for WhatsApp, as in `to`. */
  from: string | null;
  to: string;
  body: string;
  media: string[];
  contentSid: string | null;
  direction: "inbound" | "outbound-api" | "outbound-reply";
  status: MessageStatus;
  errorCode: number | null;
  segments: number;
  createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  /** Told every change of status. */
  statusCallback: string | null;
  /** When a scheduled one goes out. */
  sendAt: number | null;
}

/** A sender, or a whole messaging service, may not write to this contact any more. */
export interface OptOut {
  accountSid: string;
  /** `MG…`, or the sender's number. */
  scope: string;
  contact: string;
}

/** Sent by Twilio itself: the answers to STOP, START and HELP. They are on the phone, and in no list of the API. */
export interface Notice {
  at: number;
  /** How many messages there were before it. */
  after: number;
  from: string;
  to: string;
  text: string;
}

export const WHATSAPP = "whatsapp:";
export const isWhatsapp = (address: string): boolean => address.startsWith(WHATSAPP);
/** The number of an address, with or without `whatsapp:`. */
export const bareNumber = (address: string): string => address.replace(/^whatsapp:/, "");
