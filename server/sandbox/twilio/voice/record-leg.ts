// Recordings: begun by Record on a call, by Dial and by the Record verb, told to whoever asked. Used by those.
import { rfc2822 } from "../format-values.ts";
import type { TwilioState } from "../twilio-state.ts";
import { API_VERSION } from "./call-params.ts";
import type { TwilioRecording } from "./call-types.ts";
import type { Callback, Leg } from "./leg.ts";

export type RecordingEvent = TwilioRecording["status"];

export interface RecordingPlan {
  source: TwilioRecording["source"];
  channels: TwilioRecording["channels"];
  track: TwilioRecording["track"];
  callback: (Callback & { events: ReadonlySet<RecordingEvent> }) | null;
}

export interface RunningRecording {
  recording: TwilioRecording;
  /** Once; also when the leg ends. */
  stop(): void;
}

export function startRecording(state: TwilioState, leg: Leg, plan: RecordingPlan): RunningRecording {
  const now = leg.session.now();
  const recording: TwilioRecording = {
    sid: state.newSid("RE"),
    accountSid: leg.account.sid,
    callSid: leg.call.sid,
    createdAt: now,
    startedAt: now,
    endedAt: null,
    duration: null,
    status: "in-progress",
    ...{ channels: plan.channels, track: plan.track, source: plan.source },
  };
  state.recordings.push(recording);
  tellRecording(state, leg, recording, plan);
  const stop = (): void => {
    if (recording.endedAt !== null) return;
    recording.endedAt = leg.session.now();
    recording.duration = Math.round((recording.endedAt - recording.startedAt) / 1000);
    recording.status = recording.duration > 0 ? "completed" : "absent";
    tellRecording(state, leg, recording, plan);
  };
  leg.onEnd.push(stop);
  return { recording, stop };
}

/** As callbacks and answers of verbs tell it. */
export function recordingParams(state: TwilioState, recording: TwilioRecording): Record<string, string> {
  const { accountSid, sid, duration } = recording;
  return {
    RecordingSid: sid,
    RecordingUrl: `${state.address()}/${API_VERSION}/Accounts/${accountSid}/Recordings/${sid}`,
    RecordingDuration: String(duration ?? 0),
  };
}

function tellRecording(state: TwilioState, leg: Leg, recording: TwilioRecording, plan: RecordingPlan): void {
  const { callback } = plan;
  if (!callback?.events.has(recording.status)) return;
  const { RecordingDuration = "0", ...named } = recordingParams(state, recording);
  state.webhooks.tell({
    ...{ account: leg.account, kind: "recording-status", sid: recording.sid, group: leg.group },
    ...{ url: callback.url, method: callback.method, final: recording.status !== "in-progress" },
    params: {
      AccountSid: recording.accountSid,
      CallSid: recording.callSid,
      ...named,
      ...(recording.endedAt !== null && { RecordingDuration }),
      RecordingStatus: recording.status,
      RecordingChannels: String(recording.channels),
      RecordingStartTime: rfc2822(recording.startedAt),
      RecordingSource: recording.source,
      RecordingTrack: recording.track,
      ErrorCode: "0",
    },
  });
}
