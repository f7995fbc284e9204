// TwiML as Twilio's schema has it: which verbs there are, their attributes and children, and which of them the pretend
// Twilio carries. Asked by check-twiml. Source: https://www.twilio.com/docs/voice/twiml and /docs/messaging/twiml

export type AttributeType = "text" | "url" | "method" | "number" | "flag" | readonly string[];

export interface Verb {
  /** Every attribute Twilio knows. */
  attributes: Readonly<Record<string, AttributeType>>;
  children?: readonly string[];
  text?: boolean;
}

export type Grammar = Readonly<Record<string, Verb>>;

const WORDS_OF_PROGRESS = ["initiated", "ringing", "answered", "completed"] as const;
const CALLBACK = { statusCallback: "url", statusCallbackMethod: "method" } as const;
const ACTION = { action: "url", method: "method" } as const;
const RECORDING = {
  recordingStatusCallback: "url",
  recordingStatusCallbackMethod: "method",
  recordingStatusCallbackEvent: "text",
  trim: ["trim-silence", "do-not-trim"],
} as const;
const WHISPER = { url: "url", method: "method", statusCallbackEvent: "text", ...CALLBACK } as const;
const DETECTION = {
  machineDetection: ["Enable", "DetectMessageEnd"],
  amdStatusCallback: "url",
  amdStatusCallbackMethod: "method",
  machineDetectionTimeout: "number",
  machineDetectionSpeechThreshold: "number",
  machineDetectionSpeechEndThreshold: "number",
  machineDetectionSilenceTimeout: "number",
} as const;

export const VOICE_GRAMMAR: Grammar = {
  Say: { attributes: { voice: "text", language: "text", loop: "number" }, text: true },
  Play: { attributes: { loop: "number", digits: "text" }, text: true },
  Pause: { attributes: { length: "number" } },
  Hangup: { attributes: {} },
  Reject: { attributes: { reason: ["rejected", "busy"] } },
  Redirect: { attributes: { method: "method" }, text: true },
  Gather: {
    attributes: {
      ...ACTION,
      input: "text",
      numDigits: "number",
      timeout: "number",
      finishOnKey: "text",
      actionOnEmptyResult: "flag",
      bargeIn: "flag",
      speechTimeout: "text",
      maxSpeechTime: "number",
      speechModel: "text",
      enhanced: "flag",
      profanityFilter: "flag",
      hints: "text",
      language: "text",
      partialResultCallback: "url",
      partialResultCallbackMethod: "method",
      debug: "flag",
    },
    children: ["Say", "Play", "Pause"],
  },
  Record: {
    attributes: {
      ...ACTION,
      ...RECORDING,
      timeout: "number",
      finishOnKey: "text",
      maxLength: "number",
      playBeep: "flag",
      transcribe: "flag",
      transcribeCallback: "url",
      recordingConfigurationId: "text",
    },
  },
  Dial: {
    attributes: {
      ...ACTION,
      ...RECORDING,
      callerId: "text",
      timeout: "number",
      timeLimit: "number",
      hangupOnStar: "flag",
      answerOnBridge: "flag",
      record: [
        "do-not-record",
        "record-from-answer",
        "record-from-ringing",
        "record-from-answer-dual",
        "record-from-ringing-dual",
      ],
      recordingTrack: ["both", "inbound", "outbound"],
      recordingConfigurationId: "text",
      ringTone: "text",
      sequential: "flag",
      referUrl: "url",
      referMethod: "method",
      events: "text",
      passports: "text",
    },
    children: ["Number", "WhatsApp", "Conference", "Client", "Sip", "Queue", "Sim", "Application"],
    text: true,
  },
  Connect: {
    attributes: ACTION,
    children: ["ConversationRelay", "Stream", "VirtualAgent", "Autopilot", "Room", "Conversation"],
  },
};

/** Within Dial and Connect. */
export const VOICE_NOUNS: Grammar = {
  Number: { attributes: { ...WHISPER, ...DETECTION, sendDigits: "text", byoc: "text" }, text: true },
  WhatsApp: { attributes: WHISPER, text: true },
};

export const MESSAGE_GRAMMAR: Grammar = {
  Message: {
    attributes: { ...ACTION, to: "text", from: "text", statusCallback: "url" },
    children: ["Body", "Media"],
    text: true,
  },
  Redirect: { attributes: { method: "method" }, text: true },
};

export const MESSAGE_NOUNS: Grammar = {
  Body: { attributes: {}, text: true },
  Media: { attributes: {}, text: true },
};

/** Twilio knows these; the pretend one does not carry them, and says so. */
export const NOT_CARRIED: ReadonlySet<string> = new Set([
  ...["Enqueue", "Leave", "Echo", "Pay", "Prompt", "Refer", "Siprec", "Sms", "Start", "Stop", "Autopilot"],
  ...[
    "Conference",
    "Client",
    "Sip",
    "Queue",
    "Sim",
    "Application",
    "Stream",
    "VirtualAgent",
    "Room",
    "Conversation",
  ],
]);

/** Not looked into: ConversationRelay, whose attributes keep growing, and SSML within Say. */
export const OPEN_ELEMENTS: ReadonlySet<string> = new Set([
  ...["ConversationRelay", "speak", "break", "emphasis", "lang", "p", "s", "w"],
  ...["phoneme", "prosody", "say-as", "sub", "amazon:effect", "amazon:domain"],
]);

/** Lists of words in one attribute, separated by blanks. */
export const WORD_LISTS: Readonly<Record<string, readonly string[]>> = {
  statusCallbackEvent: WORDS_OF_PROGRESS,
  recordingStatusCallbackEvent: ["in-progress", "completed", "absent"],
  input: ["dtmf", "speech"],
};
