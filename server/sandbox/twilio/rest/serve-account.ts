// The account itself, its numbers with where they announce what comes in, and its verified caller IDs.
import { randomInt } from "node:crypto";
import { formatNumber, readNumber } from "../format-values.ts";
import type { HttpMethod, TwilioNumber, VerifiedCallerId } from "../twilio-types.ts";
import { isOwnOrVerified } from "../voice/call-rules.ts";
import { verifyCallerId } from "../voice/verify-caller-id.ts";
import { callbackField } from "./check-call.ts";
import { isGoodUrl, numberField, textField } from "./check-parameters.ts";
import { pageList } from "./page-list.ts";
import { refusalOf } from "./refuse-person.ts";
import type { Operation, RestRequest } from "./rest-request.ts";
import { shapeAccount, shapeCallerId, shapeNumber } from "./shape-account.ts";
import { refuse } from "./twilio-errors.ts";

export const fetchAccount: Operation = ({ account }) => ({ status: 200, body: shapeAccount(account) });

const matches = (wanted: string | undefined, value: string): boolean =>
  wanted === undefined || value === wanted;

const wantedNumber = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (readNumber(text) ?? text);

export const listNumbers: Operation = ({ account, path, query }) => {
  const [number, name] = [wantedNumber(textField(query, "PhoneNumber")), textField(query, "FriendlyName")];
  const found = account.numbers.filter(
    (each) => matches(number, each.phoneNumber) && matches(name, each.friendlyName),
  );
  return pageList({ name: "incoming_phone_numbers", path, query }, found, (each) =>
    shapeNumber(account, each),
  );
};

const ownNumber = ({ account, sid }: RestRequest): TwilioNumber | undefined =>
  account.numbers.find((number) => number.sid === sid);

export const fetchNumber: Operation = (request) => {
  const number = ownNumber(request);
  return number ? { status: 200, body: shapeNumber(request.account, number) } : refuse(20404, request.path);
};

/** Parameters of a number's addresses, and what they set. Others are known and change nothing here. */
const URLS = {
  SmsUrl: "smsUrl",
  SmsFallbackUrl: "smsFallbackUrl",
  VoiceUrl: "voiceUrl",
  VoiceFallbackUrl: "voiceFallbackUrl",
  StatusCallback: "statusCallback",
} as const;
const METHODS = {
  SmsMethod: "smsMethod",
  SmsFallbackMethod: "smsFallbackMethod",
  VoiceMethod: "voiceMethod",
  VoiceFallbackMethod: "voiceFallbackMethod",
  StatusCallbackMethod: "statusCallbackMethod",
} as const;

export const updateNumber: Operation = (request) => {
  const { account, form, path } = request;
  const number = ownNumber(request);
  if (!number) return refuse(20404, path);
  const changes: Partial<TwilioNumber> = {};
  for (const [name, field] of Object.entries(URLS)) {
    const url = form[name]?.[0];
    if (url !== undefined && url !== "" && !isGoodUrl(url))
      return refuse(20001, `${name} is not a valid URL: ${url}`);
    if (url !== undefined) changes[field] = url;
  }
  for (const [name, field] of Object.entries(METHODS)) {
    const method = textField(form, name);
    if (method !== undefined) changes[field] = method as HttpMethod;
  }
  Object.assign(number, changes, { friendlyName: textField(form, "FriendlyName") ?? number.friendlyName });
  return { status: 200, body: shapeNumber(account, number) };
};

export const listCallerIds: Operation = ({ account, path, query }) => {
  const [number, name] = [wantedNumber(textField(query, "PhoneNumber")), textField(query, "FriendlyName")];
  const found = account.callerIds.filter(
    (each) => matches(number, each.phoneNumber) && matches(name, each.friendlyName),
  );
  return pageList({ name: "outgoing_caller_ids", path, query }, found, (each) =>
    shapeCallerId(account, each),
  );
};

const ownCallerId = ({ account, sid }: RestRequest): VerifiedCallerId | undefined =>
  account.callerIds.find((callerId) => callerId.sid === sid);

export const fetchCallerId: Operation = (request) => {
  const callerId = ownCallerId(request);
  return callerId
    ? { status: 200, body: shapeCallerId(request.account, callerId) }
    : refuse(20404, request.path);
};

export const updateCallerId: Operation = (request) => {
  const callerId = ownCallerId(request);
  if (!callerId) return refuse(20404, request.path);
  callerId.friendlyName = textField(request.form, "FriendlyName") ?? callerId.friendlyName;
  callerId.updatedAt = request.state.clock.now();
  return { status: 200, body: shapeCallerId(request.account, callerId) };
};

export const deleteCallerId: Operation = (request) => {
  const callerId = ownCallerId(request);
  if (!callerId) return refuse(20404, request.path);
  request.account.callerIds = request.account.callerIds.filter((each) => each !== callerId);
  return { status: 204 };
};

/** The code is shown to the person, who keys it in when Twilio calls. */
export const createCallerId: Operation = ({ state, account, form }) => {
  const text = textField(form, "PhoneNumber");
  const phoneNumber = text === undefined ? undefined : readNumber(text);
  if (phoneNumber === undefined) return text === undefined ? refuse(21201) : refuse(21211, text);
  if (isOwnOrVerified(account, phoneNumber)) return refuse(21450, phoneNumber);
  const callback = callbackField(form, "StatusCallback");
  if (callback && !isGoodUrl(callback.url)) return refuse(21609, callback.url);
  const delay = numberField(form, "CallDelay") ?? 0;
  if (delay > 60) return refuse(20001, "CallDelay must be between 0 and 60");
  const refused = refusalOf(state, phoneNumber);
  if (refused) return refused;
  const friendlyName = textField(form, "FriendlyName") ?? formatNumber(phoneNumber);
  const code = String(randomInt(100_000, 1_000_000));
  const { call } = verifyCallerId(state, {
    ...{ account, phoneNumber, friendlyName, code, callback, delayMs: delay * 1_000 },
  });
  return {
    status: 200,
    body: {
      account_sid: account.sid,
      call_sid: call.sid,
      friendly_name: friendlyName,
      phone_number: phoneNumber,
      validation_code: code,
    },
  };
};
