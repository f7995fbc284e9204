// Every change of a call's status, and who is told. Called by whatever makes a call go on.
import { rfc2822 } from "../format-values.ts";
import type { TwilioState } from "../twilio-state.ts";
import { callParams } from "./call-params.ts";
import { type CallStatus, isOver } from "./call-types.ts";
import type { CallEvent, Leg } from "./leg.ts";
import { recordingParams } from "./record-leg.ts";

type Final = Extract<CallStatus, "completed" | "busy" | "no-answer" | "failed" | "canceled">;

/** As a carrier answers; 487 is what hanging up while it rings leads to. */
const SIP_CODES: Readonly<Record<Final, number>> = {
  completed: 200,
  busy: 486,
  "no-answer": 487,
  failed: 404,
  canceled: 487,
};

/** On to the next status that is not the last. */
export function moveCall(
  state: TwilioState,
  leg: Leg,
  status: "initiated" | "ringing" | "in-progress",
): void {
  const { call, session } = leg;
  if (leg.era.aborted || isOver(call)) return;
  const now = session.now();
  call.status = status;
  call.updatedAt = now;
  if (status === "initiated") call.startedAt = now;
  if (status === "in-progress") call.answeredAt = now;
  tellStatus(state, leg, status === "in-progress" ? "answered" : status);
  state.touch();
}

/** Once; later ends of the same call change nothing. */
export function endCall(state: TwilioState, leg: Leg, status: Final, sipCode = SIP_CODES[status]): void {
  const { call, session } = leg;
  if (leg.era.aborted || isOver(call)) return;
  const now = session.now();
  Object.assign(call, { endedAt: now, updatedAt: now, asking: null, bridgedWith: null, sipCode, status });
  // Twilio bills from the first second on.
  if (call.answeredAt !== null) call.duration = Math.max(1, Math.round((now - call.answeredAt) / 1000));
  for (const end of leg.onEnd.splice(0)) end();
  state.legs.delete(call.sid);
  tellStatus(state, leg, "completed");
  state.webhooks.release(call.sid);
  state.touch();
}

function tellStatus(state: TwilioState, leg: Leg, event: CallEvent): void {
  const { call, status, account, group } = leg;
  const sequence = call.sequence;
  call.sequence += 1;
  if (!status?.events.has(event)) return;
  const final = event === "completed";
  state.webhooks.tell({
    ...{ account, group, sid: call.sid, kind: "call-status", url: status.url, method: status.method, final },
    params: {
      ...callParams(call),
      Timestamp: rfc2822(leg.session.now()),
      CallbackSource: "call-progress-events",
      SequenceNumber: String(sequence),
      ...(final && finalParams(state, leg)),
    },
  });
}

function finalParams(state: TwilioState, { call }: Leg): Record<string, string> {
  const recording = state.recordings.find(
    ({ callSid, source }) => callSid === call.sid && source === "OutboundAPI",
  );
  return {
    ...(call.duration !== null && {
      CallDuration: String(call.duration),
      Duration: String(Math.ceil(call.duration / 60)),
    }),
    ...(call.sipCode !== null && { SipResponseCode: String(call.sipCode) }),
    ...(call.answeredBy !== null && { AnsweredBy: call.answeredBy }),
    ...(recording && recordingParams(state, recording)),
  };
}
