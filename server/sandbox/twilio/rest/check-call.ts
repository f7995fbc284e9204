// Whether Twilio would take a call, with its error when not, and what the call is to do. Asked by serve-calls.
import { readNumber } from "../format-values.ts";
import type { Fields, TwilioState } from "../twilio-state.ts";
import type { HttpMethod, TwilioAccount } from "../twilio-types.ts";
import { isOwnOrVerified, mayCallTo } from "../voice/call-rules.ts";
import { isOver } from "../voice/call-types.ts";
import { flagField, isGoodUrl, listField, numberField, textField } from "./check-parameters.ts";
import { magicError } from "./magic-numbers.ts";
import { refusalOf } from "./refuse-person.ts";
import { refuse, type TwilioReply } from "./twilio-errors.ts";

/** Who is called, and as whom, E.164. */
export interface CallNumbers {
  to: string;
  from: string;
}

const LONGEST_TWIML = 4_000;
const ADDRESSES = [
  "Url",
  "FallbackUrl",
  "StatusCallback",
  "RecordingStatusCallback",
  "AsyncAmdStatusCallback",
];

export function checkCall(
  state: TwilioState,
  account: TwilioAccount,
  form: Fields,
): CallNumbers | { refused: TwilioReply } {
  const numbers = checkNumbers(state, account, form);
  if ("refused" in numbers) return numbers;
  const problem = checkInstructions(form) ?? checkLimits(state, account);
  return problem ? { refused: problem } : numbers;
}

function checkNumbers(
  state: TwilioState,
  account: TwilioAccount,
  form: Fields,
): CallNumbers | { refused: TwilioReply } {
  const [toText, fromText] = [textField(form, "To"), textField(form, "From")];
  if (toText === undefined) return { refused: refuse(21201) };
  if (fromText === undefined) return { refused: refuse(21213) };
  const [to, from] = [readNumber(toText), readNumber(fromText)];
  if (from === undefined) return { refused: refuse(21212, fromText) };
  if (to === undefined) return { refused: refuse(21211, toText) };
  const magic = magicError("call", "from", from);
  if (magic) return { refused: refuse(magic, from) };
  if (!isOwnOrVerified(account, from)) return { refused: refuse(21210, from) };
  const refused = refuseReceiver(account, to) ?? refusalOf(state, to);
  return refused ? { refused } : { to, from };
}

function refuseReceiver(account: TwilioAccount, to: string): TwilioReply | undefined {
  const magic = magicError("call", "to", to);
  if (magic) return refuse(magic, to);
  if (!mayCallTo(account, to)) return refuse(21215, to);
  if (account.blocked.includes(to)) return refuse(21216, to);
  if (account.type === "Trial" && !isOwnOrVerified(account, to)) return refuse(21219, to);
  return undefined;
}

/** Url goes before Twiml; one of them has to be there. No applications are kept here. */
function checkInstructions(form: Fields): TwilioReply | undefined {
  const [url, twiml] = [textField(form, "Url"), textField(form, "Twiml")];
  if (textField(form, "ApplicationSid") !== undefined) return refuse(21218);
  if (url === undefined && twiml === undefined) return refuse(21205, "none was given");
  if (url === undefined && twiml !== undefined && twiml.length > LONGEST_TWIML) return refuse(32018);
  for (const name of ADDRESSES) {
    const address = textField(form, name);
    if (address === undefined || isGoodUrl(address)) continue;
    return name === "StatusCallback" ? refuse(21609, address) : refuse(21205, address);
  }
  return checkValues(form);
}

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  Timeout: [1, 600],
  TimeLimit: [1, 86_400],
  MachineDetectionTimeout: [1, 120],
  MachineDetectionSpeechThreshold: [1_000, 6_000],
  MachineDetectionSpeechEndThreshold: [500, 5_000],
  MachineDetectionSilenceTimeout: [2_000, 10_000],
};

function checkValues(form: Fields): TwilioReply | undefined {
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = numberField(form, name);
    if (value !== undefined && (value < least || value > most))
      return refuse(20001, `${name} must be between ${least} and ${most}`);
  }
  const keys = textField(form, "SendDigits");
  if (keys !== undefined && !/^[0-9A-Da-d#*wW]{1,32}$/.test(keys))
    return refuse(20001, `SendDigits may not be ${keys}`);
  return undefined;
}

function checkLimits(state: TwilioState, account: TwilioAccount): TwilioReply | undefined {
  const goingOn = state.calls.filter((call) => call.accountSid === account.sid && !isOver(call)).length;
  return account.concurrentCalls !== null && goingOn >= account.concurrentCalls ? refuse(10004) : undefined;
}

/** An address of the form with its method. */
export function callbackField(
  form: Fields,
  name: string,
  methodName = `${name}Method`,
): { url: string; method: HttpMethod } | null {
  const url = textField(form, name);
  return url === undefined ? null : { url, method: textField(form, methodName) === "GET" ? "GET" : "POST" };
}

export const wantsRecording = (form: Fields): boolean => flagField(form, "Record");

/** Words of a list, whether repeated or separated by blanks. */
export const wordsField = (form: Fields, name: string): string[] =>
  listField(form, name).flatMap((value) => value.split(/\s+/));
