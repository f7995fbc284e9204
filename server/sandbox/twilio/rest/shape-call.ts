// Calls and recordings as the API shows them, in the fields of Twilio's OpenAPI. Used by serve-calls.

import { formatNumber, rfc2822, rfc2822OrNull } from "../format-values.ts";
import { API_VERSION } from "../voice/call-params.ts";
import type { TwilioCall, TwilioRecording } from "../voice/call-types.ts";

const SUBRESOURCES = {
  notifications: "Notifications",
  recordings: "Recordings",
  payments: "Payments",
  events: "Events",
  siprec: "Siprec",
  streams: "Streams",
  transcriptions: "Transcriptions",
  user_defined_message_subscriptions: "UserDefinedMessageSubscriptions",
  user_defined_messages: "UserDefinedMessages",
} as const;

const CENTS_PER_MINUTE = 1.4;

export function shapeCall(call: TwilioCall) {
  const address = `/${API_VERSION}/Accounts/${call.accountSid}/Calls/${call.sid}`;
  const { duration } = call;
  return {
    sid: call.sid,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    parent_call_sid: call.parentCallSid,
    account_sid: call.accountSid,
    to: call.to,
    to_formatted: formatNumber(call.to),
    from: call.from,
    from_formatted: formatNumber(call.from),
    phone_number_sid: call.phoneNumberSid,
    // The API knows no `initiated`.
    status: call.status === "initiated" ? "queued" : call.status,
    start_time: rfc2822OrNull(call.startedAt),
    end_time: call.status === "completed" ? rfc2822OrNull(call.endedAt) : null,
    duration: duration === null ? null : String(duration),
    price: duration === null ? null : (-(Math.ceil(duration / 60) * CENTS_PER_MINUTE) / 100).toFixed(5),
    price_unit: "USD",
    direction: call.direction,
    answered_by: call.answeredBy,
    api_version: API_VERSION,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(call.queueMs),
    trunk_sid: null,
    uri: `${address}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, path]) => [name, `${address}/${path}.json`]),
    ),
  };
}

export function shapeRecording(recording: TwilioRecording) {
  const { accountSid, callSid, sid, duration } = recording;
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    call_sid: callSid,
    conference_sid: null,
    date_created: rfc2822(recording.createdAt),
    date_updated: rfc2822(recording.endedAt ?? recording.createdAt),
    start_time: rfc2822(recording.startedAt),
    duration: duration === null ? null : String(duration),
    sid,
    price: null,
    uri: `/${API_VERSION}/Accounts/${accountSid}/Calls/${callSid}/Recordings/${sid}.json`,
    encryption_details: null,
    price_unit: "USD",
    status: recording.status,
    channels: recording.channels,
    source: recording.source,
    error_code: null,
    track: recording.track,
  };
}
