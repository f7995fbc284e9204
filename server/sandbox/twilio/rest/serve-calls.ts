// Calls.json: begin one, look it up, list them, change one that goes on, list its recordings.

import { readNumber } from "../format-values.ts";
import { isOver, type TwilioCall } from "../voice/call-types.ts";
import { createLeg } from "../voice/create-leg.ts";
import { interrupt } from "../voice/leg.ts";
import { endCall } from "../voice/move-call.ts";
import { queueCall, runCall } from "../voice/run-call.ts";
import { checkCall } from "./check-call.ts";
import { isGoodUrl, textField } from "./check-parameters.ts";
import { timeFilter } from "./filter-times.ts";
import { pageList } from "./page-list.ts";
import { planCall, readOrder, readStatusSettings } from "./plan-call.ts";
import type { Operation, RestRequest } from "./rest-request.ts";
import { shapeCall, shapeRecording } from "./shape-call.ts";
import { refuse } from "./twilio-errors.ts";

export const createCall: Operation = ({ state, account, form }) => {
  const checked = checkCall(state, account, form);
  if ("refused" in checked) return checked.refused;
  const status = readStatusSettings(state, form, { accountSid: account.sid });
  const leg = createLeg(state, { account, direction: "outbound-api", ...checked, status });
  queueCall(state, leg);
  const body = shapeCall(leg.call);
  state.track(runCall(state, leg, planCall(form)));
  return { status: 201, body };
};

const ownCall = ({ state, account, sid }: RestRequest): TwilioCall | undefined =>
  state.calls.find((call) => call.sid === sid && call.accountSid === account.sid);

export const fetchCall: Operation = (request) => {
  const call = ownCall(request);
  return call ? { status: 200, body: shapeCall(call) } : refuse(20404, request.path);
};

export const listCalls: Operation = ({ state, account, path, query }) => {
  const started = timeFilter(query, "StartTime");
  const ended = timeFilter(query, "EndTime");
  if (!started || !ended) return refuse(20001, "a time of the filter cannot be read");
  const [to, from] = [numberField(textField(query, "To")), numberField(textField(query, "From"))];
  const [parent, status] = [textField(query, "ParentCallSid"), textField(query, "Status")];
  const found = state.calls.filter(
    (call) =>
      call.accountSid === account.sid &&
      (to === undefined || call.to === to) &&
      (from === undefined || call.from === from) &&
      (parent === undefined || call.parentCallSid === parent) &&
      (status === undefined || shapeCall(call).status === status) &&
      started(call.startedAt) &&
      ended(call.endedAt),
  );
  return pageList({ name: "calls", path, query }, found, shapeCall);
};

/** A number in any spelling Twilio reads; other addresses as they are. */
const numberField = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (readNumber(text) ?? text);

export const updateCall: Operation = (request) => {
  const { state, form, path } = request;
  const call = ownCall(request);
  if (!call) return refuse(20404, path);
  const leg = state.legs.get(call.sid);
  const [status, order] = [textField(form, "Status"), readOrder(form)];
  const settings = readStatusSettings(state, form, call);
  for (const name of ["Url", "FallbackUrl", "StatusCallback"]) {
    const address = textField(form, name);
    if (address !== undefined && !isGoodUrl(address))
      return refuse(name === "StatusCallback" ? 21609 : 21205, address);
  }
  if (order?.kind === "twiml" && order.xml.length > 4_000) return refuse(32018);
  if (status === undefined && !order && !settings) return { status: 200, body: shapeCall(call) };
  if (!leg || isOver(call)) return refuse(21220);
  if (settings) leg.status = { ...settings, events: leg.status?.events ?? settings.events };
  if (order && status === undefined && call.status !== "in-progress") return refuse(21220);
  if (status === "canceled" && call.status !== "in-progress") endCall(state, leg, "canceled");
  if (status === "completed") endCall(state, leg, call.answeredAt === null ? "canceled" : "completed");
  if (isOver(call)) interrupt(leg, "ended");
  else if (order && status === undefined) interrupt(leg, "redirected", order);
  return { status: 200, body: shapeCall(call) };
};

export const listRecordings: Operation = (request) => {
  const { state, path, query, sid } = request;
  const created = timeFilter(query, "DateCreated");
  if (!ownCall(request)) return refuse(20404, path);
  if (!created) return refuse(20001, "a time of the filter cannot be read");
  const found = state.recordings.filter(({ callSid, createdAt }) => callSid === sid && created(createdAt));
  return pageList({ name: "recordings", path, query }, found, shapeRecording);
};
