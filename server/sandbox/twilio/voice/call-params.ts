// The fields every request about a call carries. Used for documents, status callbacks and the answers to verbs.
import { describePlace } from "../describe-place.ts";
import type { TwilioCall } from "./call-types.ts";

export const API_VERSION = "2010-04-01";

export function callParams(call: TwilioCall): Record<string, string> {
  return {
    CallSid: call.sid,
    AccountSid: call.accountSid,
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    Direction: call.direction,
    ApiVersion: API_VERSION,
    CallStatus: call.status,
    ...(call.parentCallSid !== null && { ParentCallSid: call.parentCallSid }),
    ...describePlace("From", call.from),
    ...describePlace("To", call.to),
    ...describePlace("Caller", call.from),
    ...describePlace("Called", call.to),
  };
}
