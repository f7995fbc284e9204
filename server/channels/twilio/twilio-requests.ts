// Every request this folder makes to Twilio, by the SDK's own names, with what it is for and how its answer is read.
// Composed into the client; the contract test holds each of them to Twilio's published API.
import type { CallListInstanceCreateOptions } from "twilio/lib/rest/api/v2010/account/call.js";
import type { MessageListInstanceCreateOptions } from "twilio/lib/rest/api/v2010/account/message.js";
import { z } from "zod";
import type { AskTwilio } from "./ask-twilio.ts";
import {
  accountSchema,
  callEventSchema,
  callerIdSchema,
  callSchema,
  messageSchema,
  notificationSchema,
  ownNumberSchema,
  recordingSchema,
  validationSchema,
} from "./twilio-answers.ts";

/** Lists are read this far; the newest come first. */
const MOST_LISTED = 50;
/** As many as one answer of Twilio's holds. */
export const MOST_INBOUND = 1_000;

/** How a call is changed: new instructions, or its end (canceled only while nobody has answered). */
export type CallChange = { readonly twiml: string } | { readonly status: "canceled" | "completed" };

export const callRequests = (ask: AskTwilio) => ({
  placeCall: (options: CallListInstanceCreateOptions, reaches: "agent" | "contact") =>
    ask({ what: "place a call", starts: true, reaches }, callSchema, ({ calls }) => calls.create(options)),
  call: (sid: string) => ask({ what: "read a call" }, callSchema, ({ calls }) => calls(sid).fetch()),
  changeCall: (sid: string, change: CallChange) =>
    ask({ what: "change a call" }, callSchema, ({ calls }) => calls(sid).update(change)),
  callsBetween: (from: string, to: string) =>
    ask({ what: "list calls" }, z.array(callSchema), ({ calls }) =>
      calls.list({ from, to, limit: MOST_LISTED }),
    ),
  legsOf: (parentCallSid: string) =>
    ask({ what: "list a call's legs" }, z.array(callSchema), ({ calls }) =>
      calls.list({ parentCallSid, limit: MOST_LISTED }),
    ),
  recordingsOf: (sid: string) =>
    ask({ what: "list a call's recordings" }, z.array(recordingSchema), ({ calls }) =>
      calls(sid).recordings.list({ limit: MOST_LISTED }),
    ),
  eventsOf: (sid: string) =>
    ask({ what: "list a call's events" }, z.array(callEventSchema), ({ calls }) =>
      calls(sid).events.list({ limit: MOST_LISTED }),
    ),
  notificationsOf: (sid: string) =>
    ask({ what: "list a call's notifications" }, z.array(notificationSchema), ({ calls }) =>
      calls(sid).notifications.list({ limit: MOST_LISTED }),
    ),
});

export const messageRequests = (ask: AskTwilio) => ({
  sendMessage: (options: MessageListInstanceCreateOptions) =>
    ask({ what: "send a message", starts: true, reaches: "contact" }, messageSchema, ({ messages }) =>
      messages.create(options),
    ),
  message: (sid: string) =>
    ask({ what: "read a message" }, messageSchema, ({ messages }) => messages(sid).fetch()),
  cancelMessage: (sid: string) =>
    ask({ what: "cancel a message" }, messageSchema, ({ messages }) =>
      messages(sid).update({ status: "canceled" }),
    ),
  messagesTo: (to: string) =>
    ask({ what: "list messages" }, z.array(messageSchema), ({ messages }) =>
      messages.list({ to, limit: MOST_LISTED }),
    ),
  /** `to`: one of the brokerage's senders; undefined: all of the account. `until`: only earlier ones. */
  messagesSince: (since: Date, to: string | undefined, until: Date | undefined) =>
    ask({ what: "list messages that came in" }, z.array(messageSchema), ({ messages }) =>
      messages.list({
        dateSentAfter: since,
        ...(until && { dateSentBefore: until }),
        ...(to && { to }),
        limit: MOST_INBOUND,
      }),
    ),
});

export const accountRequests = (ask: AskTwilio) => ({
  callerIds: (phoneNumber?: string) =>
    ask({ what: "list caller IDs" }, z.array(callerIdSchema), ({ outgoingCallerIds }) =>
      outgoingCallerIds.list({ ...(phoneNumber && { phoneNumber }), limit: MOST_INBOUND }),
    ),
  verifyCallerId: (options: { phoneNumber: string; friendlyName: string; statusCallback?: string }) =>
    ask(
      { what: "verify a caller ID", starts: true, reaches: "agent" },
      validationSchema,
      ({ validationRequests }) => validationRequests.create(options),
    ),
  account: () => ask({ what: "read the account" }, accountSchema, (account) => account.fetch()),
  ownNumber: (phoneNumber: string) =>
    ask({ what: "look up a number" }, z.array(ownNumberSchema), ({ incomingPhoneNumbers }) =>
      incomingPhoneNumbers.list({ phoneNumber, limit: 1 }),
    ),
});
