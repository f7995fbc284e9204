// /events of the pretend Follow Up Boss: the preferred way to bring in a person.
import { z } from "zod";
import type { SandboxEvent, SandboxPerson } from "../sandbox-types.ts";
import { changePeople } from "../webhooks/change-people.ts";
import { checkBody, idField, splitCustomFields } from "./check-body.ts";
import { badRequest, type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { pageCollection } from "./page-collection.ts";
import { type PersonFields, personChanges, personFields } from "./person-fields.ts";
import { addPerson, matchPerson } from "./serve-people.ts";
import { shapePerson } from "./shape-person.ts";
import { mayViewPersonId } from "./visible-people.ts";

/** Vendor docs, events. */
export const EVENT_TYPES = [
  "Registration",
  "Inquiry",
  "Seller Inquiry",
  "Property Inquiry",
  "General Inquiry",
  "Viewed Property",
  "Saved Property",
  "Visited Website",
  "Incoming Call",
  "Unsubscribed",
  "Property Search",
  "Saved Property Search",
  "Visited Open House",
  "Viewed Page",
] as const;

const anyObject = z.record(z.string(), z.unknown());
const eventBody = z.strictObject({
  source: z.string().optional(),
  system: z.string().optional(),
  type: z.enum(EVENT_TYPES).optional(),
  message: z.string().optional(),
  description: z.string().optional(),
  person: z.strictObject({ id: idField.optional(), ...personFields }),
  property: anyObject.optional(),
  propertySearch: anyObject.optional(),
  campaign: z.looseObject({ source: z.string() }).optional(),
  pageTitle: z.string().optional(),
  pageUrl: z.string().optional(),
  pageReferrer: z.string().optional(),
  pageDuration: z.number().optional(),
  occurredAt: z.string().optional(),
});
type EventBody = z.output<typeof eventBody>;

/** 201 new person, 200 known person, 204 archived lead flow, 404 unknown `person.id`; answers the person. */
export function postEvent(request: FubRequest): FubReply {
  const { caller, world } = request;
  const { body, custom } = withoutPersonCustom(request.body);
  const given = checkBody(eventBody, body);
  const source = given.source ?? caller.system ?? "<unspecified>";
  if (caller.account.archivedSources.includes(source)) return { status: 204 };
  const { id, ...fields } = given.person;
  const known = id === undefined ? matchPerson(caller.account, fields) : personById(request, id);
  if (!known && !isSomebody(fields)) throw badRequest("A person needs a name, an email or a phone.");
  const settledAt = world.clock.now() + world.options.newPersonDelayMs;
  const person = known ?? addPerson(request, { ...fields, source }, custom, settledAt);
  if (known) updateKnown(request, known, fields);
  storeEvent(request, given, source, person);
  // The answer is complete even while other endpoints do not know the person yet.
  return { status: known ? 200 : 201, body: shapePerson(request, { ...person, reachableAt: 0 }) };
}

/** Narrow context; filters personId, type. */
export function listEvents(request: FubRequest): FubReply {
  const { query, caller } = request;
  const items = caller.account.events.filter(
    (event) =>
      (!query.personId || String(event.personId) === query.personId) &&
      (!query.type || event.type === query.type) &&
      mayViewPersonId(caller.account, caller.user, event.personId),
  );
  return pageCollection(request, {
    name: "events",
    path: "/events",
    items: items.toSorted((a, b) => b.id - a.id),
    newestFirst: true,
    shape: shapeEvent,
  });
}

function withoutPersonCustom(body: unknown): { body: unknown; custom: Record<string, unknown> } {
  if (typeof body !== "object" || body === null || !("person" in body)) return { body, custom: {} };
  const split = splitCustomFields(body.person);
  return { body: { ...body, person: split.body }, custom: split.custom };
}

function personById({ caller }: FubRequest, id: number): SandboxPerson {
  const person = caller.account.people.find((candidate) => candidate.id === id && !candidate.trashed);
  if (!person || !mayViewPersonId(caller.account, caller.user, id)) throw notFound();
  return person;
}

const isSomebody = ({ emails, phones, name, firstName, lastName }: PersonFields): boolean =>
  Boolean(emails?.length || phones?.length || name || firstName || lastName);

/** Adds what is new; never re-assigns, never replaces (vendor docs, events). */
function updateKnown({ caller, world }: FubRequest, person: SandboxPerson, fields: PersonFields): void {
  const changes = personChanges(caller.account, fields);
  changePeople(world, caller.account, [person], () => addNew(person, changes));
}

function addNew(person: SandboxPerson, changes: Partial<SandboxPerson>): void {
  const phones = (changes.phones ?? []).filter(
    (phone) => !person.phones.some(({ normalized }) => normalized === phone.normalized),
  );
  const emails = (changes.emails ?? []).filter(
    (email) => !person.emails.some(({ value }) => value.toLowerCase() === email.value.toLowerCase()),
  );
  for (const phone of phones) person.phones.push({ ...phone, isPrimary: person.phones.length === 0 ? 1 : 0 });
  for (const email of emails) person.emails.push({ ...email, isPrimary: person.emails.length === 0 ? 1 : 0 });
  person.tags = [...new Set([...person.tags, ...(changes.tags ?? [])])];
  person.firstName ||= changes.firstName ?? "";
  person.lastName ||= changes.lastName ?? "";
}

function storeEvent(
  { caller, world }: FubRequest,
  given: EventBody,
  source: string,
  person: SandboxPerson,
): void {
  const type = given.type === undefined || given.type === "Inquiry" ? "General Inquiry" : given.type;
  const id = world.nextId(caller.account.events);
  caller.account.events.push({
    id,
    created: world.stamp(),
    updated: world.stamp(),
    personId: person.id,
    type,
    source,
    message: given.message ?? "",
    description: given.description ?? "",
    property: given.property ?? null,
  });
  world.dispatcher.tell({ account: caller.account, event: "eventsCreated", resourceIds: [id] });
}

/** Sample events-list-docs. */
const shapeEvent = (event: SandboxEvent): unknown => ({
  id: event.id,
  created: event.created,
  updated: event.updated,
  personId: event.personId,
  message: event.message,
  description: event.description,
  noteId: null,
  source: event.source,
  type: event.type,
  property: event.property,
  pageTitle: null,
  pageUrl: null,
  pageDuration: 0,
});
