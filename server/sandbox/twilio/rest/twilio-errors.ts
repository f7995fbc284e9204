// Twilio's errors as its API answers them: code, HTTP status and sentence. https://www.twilio.com/docs/api/errors
// Used by everything that checks a request.

export interface TwilioReply {
  status: number;
  /** Sent as JSON; absent for 204. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** `{}` stands for what the error is about. */
const ERRORS = {
  10004: [429, "Call concurrency limit exceeded"],
  20001: [400, "Invalid parameter: {}"],
  20003: [401, "Authenticate"],
  20004: [405, "Method not allowed"],
  20005: [401, "Account is not active"],
  20404: [404, "The requested resource {} was not found"],
  20429: [429, "Too Many Requests"],
  20500: [500, "An internal server error has occurred"],
  20503: [503, "Service is unavailable. Please try again"],
  21201: [400, "No 'To' number is specified"],
  21205: [400, "Url parameter is required, or is not a valid URL: {}"],
  21210: [
    400,
    "The source phone number provided, {}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio.",
  ],
  21211: [400, "The 'To' number {} is not a valid phone number"],
  21212: [400, "The 'From' number {} is not a valid phone number, shortcode, or alphanumeric sender ID"],
  21213: [400, "'From' phone number is required"],
  21214: [400, "The phone number you are attempting to call, {}, cannot be reached"],
  21215: [
    400,
    "Account not authorized to call {}. Perhaps you need to enable some international permissions",
  ],
  21216: [400, "Call blocked by Twilio blocklist: {}"],
  21217: [400, "Phone number {} does not appear to be valid"],
  21218: [400, "Invalid ApplicationSid"],
  21219: [400, "The number {} is unverified. Trial accounts may only make calls to verified numbers."],
  21220: [400, "Call is not in-progress. Cannot redirect."],
  21408: [
    400,
    "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}",
  ],
  21450: [400, "Phone number is already validated for your account: {}"],
  21602: [400, "Message body is required"],
  21603: [400, "A 'From' phone number is required"],
  21604: [400, "A 'To' phone number is required"],
  21606: [
    400,
    "The 'From' phone number provided ({}) is not a valid, SMS-capable Twilio number for your account",
  ],
  21608: [400, "The number {} is unverified. Trial accounts cannot send messages to unverified numbers"],
  21609: [400, "The 'StatusCallback' URL {} is not a valid URL"],
  21610: [400, "Attempt to send to unsubscribed recipient: {}"],
  21611: [400, "This 'From' number has exceeded the maximum number of queued messages: {}"],
  21612: [
    400,
    "The message from/to pair violates a routing rule: the 'To' phone number {} is not currently reachable using the 'From' number",
  ],
  21614: [400, "'To' number is not a valid mobile number: {}"],
  21617: [400, "The concatenated message body exceeds the 1600 character limit"],
  21619: [400, "A text message body or media urls must be specified"],
  21620: [400, "Invalid media URL(s): {}"],
  21655: [400, "The ContentSid is invalid: {}"],
  21656: [400, "The Content Variables parameter is invalid: {}"],
  21701: [404, "The Messaging Service does not exist: {}"],
  21703: [400, "The Messaging Service does not contain a phone number: {}"],
  21910: [400, "'From' and 'To' are not addresses of the same channel: {}"],
  30409: [409, "Message cannot be canceled in its current state"],
  32018: [400, "Twiml size exceeded maximum allowed value of 4000 characters"],
  35111: [400, "SendAt is missing or wrong: {}"],
  35114: [400, "SendAt must be between 15 minutes and 35 days from now"],
  35118: [400, "MessagingServiceSid is required to schedule a message"],
  63007: [400, "Twilio could not find a Channel with the specified From address: {}"],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;

export type TwilioErrorCode = keyof typeof ERRORS;

export const isTwilioErrorCode = (code: number): code is TwilioErrorCode => Object.hasOwn(ERRORS, code);

export function refuse(code: TwilioErrorCode, about = ""): TwilioReply {
  const [status, sentence] = ERRORS[code];
  return {
    status,
    body: {
      code,
      message: sentence.replace("{}", () => about),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    },
  };
}
