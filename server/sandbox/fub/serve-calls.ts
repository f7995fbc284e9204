// /calls of the pretend Follow Up Boss.
import { z } from "zod";
import type { SandboxCall } from "../sandbox-types.ts";
import { checkBody, flagField, idField } from "./check-body.ts";
import { badRequest, FubRefusal, type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { normalizePhone } from "./normalize-phone.ts";
import { pageCollection } from "./page-collection.ts";
import { personId } from "./serve-notes.ts";
import { personName } from "./shape-person.ts";
import { mayViewPersonId, reachablePerson, seesEverything } from "./visible-people.ts";

/** The closed set of the vendor docs, calls. */
export const CALL_OUTCOMES = [
  "Interested",
  "Not Interested",
  "Left Message",
  "No Answer",
  "Busy",
  "Bad Number",
] as const;
const HIDDEN = "Content is hidden for privacy reasons.";

const optionalFields = {
  note: z.string().nullish(),
  // Checked by hand: the refusal names the valid ones.
  outcome: z.string().nullish(),
  duration: z.int().min(0).nullish(),
  toNumber: z.string().nullish(),
  fromNumber: z.string().nullish(),
  userId: idField.nullish(),
  recordingUrl: z.string().nullish(),
};
/** personId 0 stands for an unknown caller. */
const postBody = z.strictObject({
  personId: z.int().min(0),
  phone: z.string().min(1),
  isIncoming: flagField,
  ...optionalFields,
});
const putBody = postBody.partial();

/** Filters personId, phone, toNumber, fromNumber, userId, createdAfter, createdBefore; not honoured: dateFrom (400). */
export function listCalls(request: FubRequest): FubReply {
  const { query, caller } = request;
  if (query.dateFrom !== undefined) throw badRequest("Invalid parameter: dateFrom.");
  if (query.personId && query.personId !== "0") reachablePerson(request, personId(query.personId));
  const items = caller.account.calls.filter(
    (call) => fits(call, query) && mayViewPersonId(caller.account, caller.user, call.personId),
  );
  return pageCollection(request, {
    name: "calls",
    path: "/calls",
    items: items.toSorted((a, b) => b.id - a.id),
    newestFirst: true,
    shape: (call) => shapeCall(request, call),
  });
}

export function getCall(request: FubRequest): FubReply {
  return { status: 200, body: shapeCall(request, findCall(request)) };
}

export function postCall(request: FubRequest): FubReply {
  const { caller, world } = request;
  const given = checkBody(postBody, request.body);
  checkOutcome(given.outcome);
  if (given.personId !== 0) reachablePerson(request, given.personId);
  const call: SandboxCall = {
    id: world.nextId(caller.account.calls),
    created: world.stamp(),
    updated: world.stamp(),
    createdById: caller.user.id,
    updatedById: caller.user.id,
    personId: given.personId,
    userId: actingUser(request, given.userId),
    phone: given.phone,
    note: given.note ?? null,
    outcome: given.outcome ?? null,
    isIncoming: given.isIncoming,
    duration: given.duration ?? null,
    toNumber: given.toNumber ?? null,
    fromNumber: given.fromNumber ?? null,
    recordingUrl: given.recordingUrl ?? null,
    systemName: caller.system,
  };
  caller.account.calls.push(call);
  world.dispatcher.tell({ account: caller.account, event: "callsCreated", resourceIds: [call.id] });
  return { status: 201, body: shapeCall(request, call) };
}

/** Only for calls the same system made. */
export function putCall(request: FubRequest): FubReply {
  const call = findCall(request);
  if (call.systemName !== request.caller.system) {
    throw new FubRefusal(403, "You do not have access to update this call.");
  }
  const { userId, personId: movedTo, ...given } = checkBody(putBody, request.body);
  checkOutcome(given.outcome);
  if (movedTo) reachablePerson(request, movedTo);
  Object.assign(call, given, {
    ...(userId && { userId: actingUser(request, userId) }),
    ...(movedTo !== undefined && { personId: movedTo }),
    updated: request.world.stamp(),
    updatedById: request.caller.user.id,
  });
  const { world, caller } = request;
  world.dispatcher.tell({ account: caller.account, event: "callsUpdated", resourceIds: [call.id] });
  return { status: 200, body: shapeCall(request, call) };
}

function checkOutcome(outcome: string | null | undefined): void {
  if (outcome === null || outcome === undefined) return;
  if (!(CALL_OUTCOMES as readonly string[]).includes(outcome)) {
    throw badRequest(`Invalid outcome. Valid outcomes are: ${CALL_OUTCOMES.join(", ")}.`);
  }
}

/** `userId` is only honoured for keys with rights over everybody. */
function actingUser({ caller }: FubRequest, wanted: number | null | undefined): number {
  if (!wanted || !seesEverything(caller.user)) return caller.user.id;
  if (!caller.account.users.some(({ id }) => id === wanted))
    throw badRequest("Invalid value for field: userId.");
  return wanted;
}

function findCall({ caller, id }: FubRequest): SandboxCall {
  const call = caller.account.calls.find((candidate) => candidate.id === id);
  if (!call || !mayViewPersonId(caller.account, caller.user, call.personId)) throw notFound();
  return call;
}

function fits(call: SandboxCall, query: Record<string, string>): boolean {
  const sameNumber = (wanted: string | undefined, number: string | null): boolean =>
    !wanted || normalizePhone(wanted) === normalizePhone(number ?? "");
  return (
    (!query.personId || call.personId === Number(query.personId)) &&
    (!query.userId || call.userId === Number(query.userId)) &&
    sameNumber(query.phone, call.phone) &&
    sameNumber(query.toNumber, call.toNumber) &&
    sameNumber(query.fromNumber, call.fromNumber) &&
    (!query.createdAfter || Date.parse(call.created) > Date.parse(query.createdAfter)) &&
    (!query.createdBefore || Date.parse(call.created) < Date.parse(query.createdBefore))
  );
}

/** Samples calls-list-docs and call-live-keys; a stored recording comes back masked. */
function shapeCall({ caller: { account } }: FubRequest, call: SandboxCall): Record<string, unknown> {
  const { systemName: _, recordingUrl, ...stored } = call;
  const person = account.people.find(({ id }) => id === call.personId);
  return {
    ...stored,
    userName: account.users.find(({ id }) => id === call.userId)?.name ?? "",
    name: person ? personName(person) : null,
    firstName: person?.firstName ?? null,
    lastName: person?.lastName ?? null,
    ringDuration: 0,
    startedAt: call.created,
    recordingUrl: recordingUrl === null ? null : HIDDEN,
  };
}
