// Which operation a request is for, and its answer. Called by the router for requests that were let in.
import type { TwilioLoggedRequest, TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import { checkParameters } from "./check-parameters.ts";
import type { Operation } from "./rest-request.ts";
import {
  createCallerId,
  deleteCallerId,
  fetchAccount,
  fetchCallerId,
  fetchNumber,
  listCallerIds,
  listNumbers,
  updateCallerId,
  updateNumber,
} from "./serve-account.ts";
import { createCall, fetchCall, listCalls, listRecordings, updateCall } from "./serve-calls.ts";
import { createMessage, fetchMessage, listMessages, updateMessage } from "./serve-messages.ts";
import { refuse, type TwilioReply } from "./twilio-errors.ts";

/** By the names of KNOWN_PARAMETERS. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  "GET .json": fetchAccount,
  "POST /Calls.json": createCall,
  "GET /Calls.json": listCalls,
  "GET /Calls/{Sid}.json": fetchCall,
  "POST /Calls/{Sid}.json": updateCall,
  "GET /Calls/{Sid}/Recordings.json": listRecordings,
  "POST /Messages.json": createMessage,
  "GET /Messages.json": listMessages,
  "GET /Messages/{Sid}.json": fetchMessage,
  "POST /Messages/{Sid}.json": updateMessage,
  "POST /OutgoingCallerIds.json": createCallerId,
  "GET /OutgoingCallerIds.json": listCallerIds,
  "GET /OutgoingCallerIds/{Sid}.json": fetchCallerId,
  "POST /OutgoingCallerIds/{Sid}.json": updateCallerId,
  "DELETE /OutgoingCallerIds/{Sid}.json": deleteCallerId,
  "GET /IncomingPhoneNumbers.json": listNumbers,
  "GET /IncomingPhoneNumbers/{Sid}.json": fetchNumber,
  "POST /IncomingPhoneNumbers/{Sid}.json": updateNumber,
};

/** `below`: the path behind the account's sid. */
export function answerTwilio(
  state: TwilioState,
  account: TwilioAccount,
  request: TwilioLoggedRequest,
  below: string,
): TwilioReply {
  const sid = /^\/\w+\/([A-Z]{2}[0-9a-fA-F]{32})(?=[./])/.exec(below)?.[1] ?? "";
  const place = sid === "" ? below : below.replace(sid, () => "{Sid}");
  const name = `${request.method} ${place}`;
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (!operation) {
    const elsewhere = Object.keys(OPERATIONS).some((each) => each.endsWith(` ${place}`));
    return elsewhere ? refuse(20004) : refuse(20404, request.path);
  }
  if (request.opened === "key" && name === "GET .json") return refuse(20003);
  const { path, query, form } = request;
  const reads = request.method === "GET";
  const stray = reads ? undefined : Object.keys(query)[0];
  const problem =
    stray === undefined
      ? checkParameters(name, reads ? query : form)
      : `${stray} belongs in the body, not the address`;
  if (problem !== undefined) {
    state.violation({ accountSid: account.sid, sid: "", what: problem });
    return refuse(20001, problem);
  }
  return operation({ state, account, path, query, form, sid });
}
