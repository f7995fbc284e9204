// Messages as the API shows them, in the fields of Twilio's OpenAPI. Used by serve-messages.
import { rfc2822, rfc2822OrNull } from "../format-values.ts";
import type { TwilioMessage } from "../messages/message-types.ts";
import { API_VERSION } from "../voice/call-params.ts";

const SENTENCES: Readonly<Record<number, string>> = {
  21610: "Attempt to send to unsubscribed recipient",
  30003: "Unreachable destination handset",
  30004: "Message blocked",
  30005: "Unknown destination handset",
  30006: "Landline or unreachable carrier",
  30007: "Message filtered",
  30008: "Unknown error",
  63003: "Channel could not find To address",
  63016:
    "Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.",
};

export function shapeMessage(message: TwilioMessage) {
  const address = `/${API_VERSION}/Accounts/${message.accountSid}/Messages/${message.sid}`;
  const { errorCode } = message;
  return {
    body: message.body,
    num_segments: String(message.segments),
    direction: message.direction,
    from: message.from,
    to: message.to,
    date_updated: rfc2822(message.updatedAt),
    price: null,
    error_message: errorCode === null ? null : (SENTENCES[errorCode] ?? `Error ${errorCode}`),
    uri: `${address}.json`,
    account_sid: message.accountSid,
    num_media: String(message.media.length),
    status: message.status,
    messaging_service_sid: message.messagingServiceSid,
    sid: message.sid,
    date_sent: rfc2822OrNull(message.sentAt),
    date_created: rfc2822(message.createdAt),
    error_code: errorCode,
    price_unit: "USD",
    api_version: API_VERSION,
    subresource_uris: { media: `${address}/Media.json` },
  };
}
