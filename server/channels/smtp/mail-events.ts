// What is kept of an outreach by e-mail: that an e-mail is about to be sent, what the server said, what came back later.
// Written by send-mail and by whoever reads the mailbox; what it amounts to is mail-snapshot's to say.
import { z } from "zod";
import type { CarrierEvent } from "../carrier-events.ts";
import type { IncomingMail } from "./incoming-mail.ts";

/** Saved before the server is asked; `outgoing`: our id of a further message, null for the first e-mail. */
const sendingSchema = z.object({
  messageId: z.string(),
  seq: z.number().int(),
  outgoing: z.string().nullable(),
  subject: z.string(),
});
const acceptedSchema = z.object({
  messageId: z.string(),
  seq: z.number().int(),
  subject: z.string(),
  text: z.string(),
  response: z.string(),
});
const refusedSchema = z.object({ seq: z.number().int(), said: z.string(), status: z.string().nullable() });
const bounceSchema = z.object({
  recipient: z.string().nullable(),
  status: z.string().nullable(),
  permanent: z.boolean(),
  said: z.string(),
  originalMessageId: z.string().nullable(),
});

type At<T> = T & { readonly at: number };
export type Sending = At<z.output<typeof sendingSchema>>;
export type Accepted = At<z.output<typeof acceptedSchema>>;
export type Refused = At<z.output<typeof refusedSchema>>;
export type Bounced = At<z.output<typeof bounceSchema>>;

export interface MailFacts {
  readonly sending: readonly Sending[];
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refused[];
  readonly bounces: readonly Bounced[];
}

export const sendingEvent = ({ at, ...data }: Sending): CarrierEvent => ({
  key: `sending:${data.seq}`,
  kind: "sending",
  at,
  data,
});
export const acceptedEvent = ({ at, ...data }: Accepted): CarrierEvent => ({
  key: `accepted:${data.seq}`,
  kind: "accepted",
  at,
  data,
});
export const refusedEvent = ({ at, ...data }: Refused): CarrierEvent => ({
  key: `refused:${data.seq}`,
  kind: "refused",
  at,
  data,
});

/** A report of failed or delayed delivery, for the outreach it belongs to; null when the mail is none. `at`: when it was read. */
export function bounceEvent(mail: IncomingMail, at: number): CarrierEvent | null {
  const { bounce } = mail;
  if (!bounce) return null;
  const { recipient, status, permanent, said, originalMessageId } = bounce;
  const data: z.output<typeof bounceSchema> = { recipient, status, permanent, said, originalMessageId };
  return { key: `bounce:${mail.messageId}`, kind: "bounce", at, data };
}

/** The events by kind; what cannot be read is left out. */
export function readFacts(events: readonly CarrierEvent[]): MailFacts {
  const read = <T extends object>(kind: string, schema: z.ZodType<T>): At<T>[] =>
    events.flatMap((event) => {
      const parsed = event.kind === kind ? schema.safeParse(event.data) : undefined;
      return parsed?.success ? [{ ...parsed.data, at: event.at }] : [];
    });
  return {
    sending: read("sending", sendingSchema),
    accepted: read("accepted", acceptedSchema),
    refused: read("refused", refusedSchema),
    bounces: read("bounce", bounceSchema),
  };
}
