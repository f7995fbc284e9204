// The words of the product as closed sets: channels, call types, states, outcomes. Both sides speak these.
import { z } from "zod";

/** The four call types of the guide ("Call types (embed)"), with the labels people see. */
export const CALL_TYPES = [
  "informational",
  "appointment_booking",
  "confirmational",
  "conversational",
] as const;
export const callTypeSchema = z.enum(CALL_TYPES);
export type CallType = z.infer<typeof callTypeSchema>;

/** The six channels of the single-contact app. Campaigns use the first two and e-mail only. */
export const CHANNELS = ["phone", "sms", "wmsg", "wvoice", "chat", "email"] as const;
export const channelSchema = z.enum(CHANNELS);
export type Channel = z.infer<typeof channelSchema>;

/** Channels that end as one call record; all others end as notes. */
export const VOICE_CHANNELS: readonly Channel[] = ["phone", "wvoice"];
export const isVoice = (channel: Channel): boolean => VOICE_CHANNELS.includes(channel);

export const ENGAGEMENT_STATUSES = [
  "accepted",
  "queued",
  "in_progress",
  "paused",
  "completed",
  "failed",
  "canceled",
] as const;
export const engagementStatusSchema = z.enum(ENGAGEMENT_STATUSES);
export type EngagementStatus = z.infer<typeof engagementStatusSchema>;
export const TERMINAL_STATUSES: readonly EngagementStatus[] = ["completed", "failed", "canceled"];
export const isTerminal = (status: EngagementStatus): boolean => TERMINAL_STATUSES.includes(status);

/** What an outreach came to, as providers report it. */
export const OUTCOMES = [
  "connected",
  "delivered",
  "completed",
  "no_answer",
  "voicemail",
  "busy",
  "invalid_phone",
  "bad_number",
  "not_interested",
  "failed",
  "canceled",
] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Why a contact rule refused an outreach. A refused engagement carries the reason as its outcome. */
export const REFUSAL_REASONS = [
  "no_phone",
  "no_email",
  "invalid_phone",
  "invalid_email",
  "relationship_phone",
  "landline",
  "cool_down",
  "opted_out",
  "do_not_call",
  "no_consent",
  "contact_cap",
  "outside_hours",
  "reached_elsewhere",
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** The closed set Follow Up Boss accepts on POST /calls (FUB reference, calls-post). */
export const FUB_CALL_OUTCOMES = [
  "Interested",
  "Not Interested",
  "Left Message",
  "No Answer",
  "Busy",
  "Bad Number",
] as const;
export const fubCallOutcomeSchema = z.enum(FUB_CALL_OUTCOMES);
export type FubCallOutcome = z.infer<typeof fubCallOutcomeSchema>;

/** Seed 000, "Call outcome mapping". Outcomes not named here are written without one unless they are a FUB label. */
export const STANDARD_OUTCOMES: Readonly<Record<string, FubCallOutcome>> = {
  no_answer: "No Answer",
  voicemail: "Left Message",
  busy: "Busy",
  invalid_phone: "Bad Number",
  bad_number: "Bad Number",
  connected: "Interested",
  delivered: "Interested",
  completed: "Interested",
  not_interested: "Not Interested",
};

export const CHANNEL_LABELS: Readonly<Record<Channel, string>> = {
  phone: "Phone",
  sms: "SMS",
  wmsg: "WhatsApp message",
  wvoice: "WhatsApp voice",
  chat: "Chat",
  email: "Email",
};

export const CALL_TYPE_LABELS: Readonly<Record<CallType, string>> = {
  informational: "Informational",
  appointment_booking: "Appointment booking",
  confirmational: "Confirmational",
  conversational: "Conversational",
};
