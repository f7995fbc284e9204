// Answering machine detection: what Twilio takes the answering side for, when it knows, and who is told. Used for calls of the
// API and for parties of a Dial. https://www.twilio.com/docs/voice/answering-machine-detection
import type { TwilioState } from "../twilio-state.ts";
import type { Callback, Leg } from "./leg.ts";

export interface Detection {
  mode: "Enable" | "DetectMessageEnd";
  timeoutMs: number;
  /** Goes on while the call's document is carried out. */
  background: boolean;
  callback: Callback | null;
}

export interface Detected {
  answeredBy: string;
  /** From the moment it was answered. */
  afterMs: number;
}

/** After how long one knows, roughly as Twilio does with its usual thresholds. */
const HUMAN_MS = 1_800;
const MACHINE_MS = 2_600;
const FAX_MS = 1_500;
const SILENCE_MS = 5_000;
const END_OF_GREETING_MS = 500;

export function judgeAnswer(leg: Leg, { mode, timeoutMs }: Detection): Detected {
  const { greetingMs, greetingEnds } = leg.script;
  const detected: Record<NonNullable<Leg["answeredAs"]>, Detected> = {
    human: { answeredBy: "human", afterMs: HUMAN_MS },
    fax: { answeredBy: "fax", afterMs: FAX_MS },
    unknown: { answeredBy: "unknown", afterMs: SILENCE_MS },
    machine:
      mode === "Enable"
        ? { answeredBy: "machine_start", afterMs: MACHINE_MS }
        : { answeredBy: `machine_end_${greetingEnds}`, afterMs: greetingMs + END_OF_GREETING_MS },
  };
  const found = detected[leg.answeredAs ?? "unknown"];
  return found.afterMs > timeoutMs ? { answeredBy: "unknown", afterMs: timeoutMs } : found;
}

export const detectionParams = ({ answeredBy, afterMs }: Detected): Record<string, string> => ({
  AnsweredBy: answeredBy,
  MachineDetectionDuration: String(afterMs),
});

/** While the call goes on; whoever wants to act on it does so by the API. */
export function detectInBackground(state: TwilioState, leg: Leg, detection: Detection): void {
  const detected = judgeAnswer(leg, detection);
  const calledOff = leg.session.later(detected.afterMs, () => {
    leg.call.answeredBy = detected.answeredBy;
    state.touch();
    if (!detection.callback) return;
    state.webhooks.tell({
      ...{ account: leg.account, kind: "machine-detection", sid: leg.call.sid, group: leg.group },
      ...detection.callback,
      params: { CallSid: leg.call.sid, AccountSid: leg.account.sid, ...detectionParams(detected) },
    });
  });
  leg.onEnd.push(calledOff);
}
