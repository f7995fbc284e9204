// What Twilio's API answers, as the SDK hands it over, reduced to what this folder needs. Anything may be missing: a field
// that cannot be read is null, an answer without an id is no answer.
import { z } from "zod";

const text = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value || null);
/** The SDK makes dates of times it can read. */
const time = z
  .date()
  .nullish()
  .catch(null)
  .transform((value) => (value && Number.isFinite(value.getTime()) ? value.getTime() : null));
/** Whole numbers come as numbers or as text, empty where there is none. */
const whole = z.unknown().transform((value) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : null;
});

export const callSchema = z.object({
  sid: z.string().min(1),
  status: z.string(),
  to: text,
  from: text,
  parentCallSid: text,
  direction: text,
  /** Seconds; empty for calls nobody answered. */
  duration: whole,
  answeredBy: text,
  startTime: time,
  endTime: time,
  dateCreated: time,
});
export type TwilioCall = z.output<typeof callSchema>;

export const messageSchema = z.object({
  sid: z.string().min(1),
  status: z.string(),
  to: text,
  from: text,
  messagingServiceSid: text,
  body: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
  direction: text,
  errorCode: whole,
  numMedia: whole,
  dateCreated: time,
  dateSent: time,
});
export type TwilioMessage = z.output<typeof messageSchema>;

export const recordingSchema = z.object({ sid: z.string().min(1), status: text, duration: whole });

export const callerIdSchema = z.object({
  sid: z.string().min(1),
  phoneNumber: z.string(),
  friendlyName: text,
});
export type VerifiedCallerId = z.output<typeof callerIdSchema>;

export const validationSchema = z.object({
  callSid: text,
  validationCode: z.string().min(1),
  phoneNumber: text,
});

export const accountSchema = z.object({ friendlyName: text, status: text, type: text });

const able = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? false);
export const ownNumberSchema = z.object({
  sid: z.string().min(1),
  phoneNumber: z.string(),
  capabilities: z
    .object({ voice: able, sms: able })
    .nullish()
    .catch(null)
    .transform((value) => value ?? { voice: false, sms: false }),
});
export type OwnNumber = z.output<typeof ownNumberSchema>;

/** Free form: where it has the parameters of a status callback, they may name the SIP answer. */
export const callEventSchema = z.object({
  request: z
    .object({ parameters: z.record(z.string(), z.unknown()).nullish().catch(null) })
    .nullish()
    .catch(null),
});

export const notificationSchema = z.object({ errorCode: whole });
