// /notes of the pretend Follow Up Boss.
import { z } from "zod";
import type { SandboxNote } from "../sandbox-types.ts";
import { checkBody, flagField, idField } from "./check-body.ts";
import { badRequest, type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { pageCollection } from "./page-collection.ts";
import { mayViewPersonId, reachablePerson } from "./visible-people.ts";

const noteFields = {
  subject: z.string().optional(),
  body: z.string().optional(),
  isHtml: flagField.optional(),
};
const postBody = z.strictObject({ personId: idField, ...noteFields });
const putBody = z.strictObject({ personId: idField.optional(), ...noteFields });

/** Filters personId, createdById, createdAfter; absent from the docs, works live. */
export function listNotes(request: FubRequest): FubReply {
  const { query, caller } = request;
  if (query.personId) reachablePerson(request, personId(query.personId));
  const items = caller.account.notes.filter(
    (note) =>
      (!query.personId || note.personId === Number(query.personId)) &&
      (!query.createdById || String(note.createdById) === query.createdById) &&
      (!query.createdAfter || Date.parse(note.created) > Date.parse(query.createdAfter)) &&
      mayViewPersonId(caller.account, caller.user, note.personId),
  );
  return pageCollection(request, {
    name: "notes",
    path: "/notes",
    items: items.toSorted((a, b) => b.id - a.id),
    newestFirst: true,
    shape: (note) => fullNote(request, note),
  });
}

export function getNote(request: FubRequest): FubReply {
  return { status: 200, body: fullNote(request, findNote(request)) };
}

export function postNote(request: FubRequest): FubReply {
  const { caller, world } = request;
  const given = checkBody(postBody, request.body);
  reachablePerson(request, given.personId);
  const note: SandboxNote = {
    id: world.nextId(caller.account.notes),
    created: world.stamp(),
    updated: world.stamp(),
    createdById: caller.user.id,
    updatedById: caller.user.id,
    personId: given.personId,
    subject: given.subject ?? "",
    body: given.body ?? "",
    isHtml: given.isHtml ?? false,
    systemName: caller.system,
  };
  caller.account.notes.push(note);
  tell(request, "notesCreated", note.id);
  return { status: 201, body: writtenNote(request, note) };
}

export function putNote(request: FubRequest): FubReply {
  const note = findNote(request);
  const given = checkBody(putBody, request.body);
  if (given.personId !== undefined) reachablePerson(request, given.personId);
  Object.assign(note, given, { updated: request.world.stamp(), updatedById: request.caller.user.id });
  tell(request, "notesUpdated", note.id);
  return { status: 200, body: writtenNote(request, note) };
}

export function deleteNote(request: FubRequest): FubReply {
  const note = findNote(request);
  const { account } = request.caller;
  account.notes = account.notes.filter((other) => other !== note);
  tell(request, "notesDeleted", note.id);
  return { status: 200, body: {} };
}

const tell = ({ world, caller: { account } }: FubRequest, event: string, id: number): void =>
  world.dispatcher.tell({ account, event, resourceIds: [id] });

export function personId(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id)) throw badRequest("Invalid value for parameter: personId.");
  return id;
}

function findNote({ caller, id }: FubRequest): SandboxNote {
  const note = caller.account.notes.find((candidate) => candidate.id === id);
  if (!note || !mayViewPersonId(caller.account, caller.user, note.personId)) throw notFound();
  return note;
}

const userName = ({ caller }: FubRequest, id: number): string =>
  caller.account.users.find((user) => user.id === id)?.name ?? "";

/** Short, with 0/1, after writing (sample note-put-response-docs). */
function writtenNote(request: FubRequest, note: SandboxNote): Record<string, unknown> {
  return {
    id: note.id,
    created: note.created,
    updated: note.updated,
    createdBy: userName(request, note.createdById),
    updatedBy: userName(request, note.updatedById),
    personId: note.personId,
    subject: note.subject,
    body: note.body,
    type: "",
    isHtml: note.isHtml ? 1 : 0,
  };
}

/** Long, with true/false, when read (sample note-by-id-docs). */
function fullNote(request: FubRequest, note: SandboxNote): Record<string, unknown> {
  return {
    ...writtenNote(request, note),
    createdById: note.createdById,
    updatedById: note.updatedById,
    showContent: true,
    isHtml: note.isHtml,
    actionPlanId: null,
    isExternal: note.systemName !== null,
    systemId: note.systemName === null ? null : 1,
    systemName: note.systemName,
  };
}
