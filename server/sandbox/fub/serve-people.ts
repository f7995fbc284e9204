// /people of the pretend Follow Up Boss.
import { z } from "zod";
import { buildPerson } from "../build-account.ts";
import type { SandboxAccount, SandboxPerson, SandboxSmartList } from "../sandbox-types.ts";
import { changePeople, tellNewPerson, trashPeople } from "../webhooks/change-people.ts";
import { checkBody, splitCustomFields } from "./check-body.ts";
import { askedList, findPeople, orderPeople, sortPeople } from "./find-people.ts";
import { badRequest, type FubReply, type FubRequest } from "./fub-reply.ts";
import { normalizePhone } from "./normalize-phone.ts";
import { pageCollection } from "./page-collection.ts";
import { type PersonFields, personChanges, personFields } from "./person-fields.ts";
import { shapePerson } from "./shape-person.ts";
import { personOrNotFound, reachablePerson } from "./visible-people.ts";

const postBody = z.strictObject(personFields);
/** `source` and `sourceUrl` can be set at creation only (vendor docs, people). */
const putBody = postBody.omit({ source: true, sourceUrl: true });

export function listPeople(request: FubRequest): FubReply {
  const { query, world } = request;
  const list = askedList(request);
  const found = findPeople(request, list);
  const order = query.sort === undefined ? list?.order : undefined;
  const reply = pageCollection(request, {
    name: "people",
    path: "/people",
    items: order ? orderPeople(found, order) : sortPeople(found, query.sort),
    newestFirst:
      !order && world.options.peopleTokens === "keyset" && (query.sort === undefined || query.sort === "-id"),
    shape: (person) => shapePerson(request, person, query.fields),
  });
  if (list) tellPage(request, list);
  return reply;
}

/** The body is made already: what the hook changes shows on the next page. */
function tellPage({ world, caller: { account, user }, query }: FubRequest, list: SandboxSmartList): void {
  const key = `${account.id}/${user.id}/${list.id}`;
  const first = !query.next && !Number(query.offset ?? 0);
  const page = first ? 1 : (world.listPages.get(key) ?? 0) + 1;
  world.listPages.set(key, page);
  world.onListPage?.(page, account, list);
}

export function getPerson(request: FubRequest): FubReply {
  const person = personOrNotFound(request, request.id);
  return { status: 200, body: shapePerson(request, person, request.query.fields) };
}

/** 201 for a new one; with `deduplicate=true` the match as it is and 200. */
export function postPerson(request: FubRequest): FubReply {
  const { body, custom } = splitCustomFields(request.body);
  const given = checkBody(postBody, body);
  const match = request.query.deduplicate === "true" ? matchPerson(request.caller.account, given) : undefined;
  if (match) return { status: 200, body: shapePerson(request, match) };
  const person = addPerson(request, given, custom, 0);
  return { status: 201, body: shapePerson(request, person) };
}

/** Lists are replaced as a whole; `mergeTags=true` adds to the tags instead. */
export function putPerson(request: FubRequest): FubReply {
  const person = reachablePerson(request, request.id);
  const { body, custom } = splitCustomFields(request.body);
  const given = checkBody(putBody, body);
  const changes = personChanges(request.caller.account, given);
  if (changes.tags && request.query.mergeTags === "true") {
    changes.tags = [...new Set([...person.tags, ...changes.tags])];
  }
  changePeople(request.world, request.caller.account, [person], () => {
    Object.assign(person, changes);
    Object.assign(person.custom, custom);
  });
  return { status: 200, body: shapePerson(request, person) };
}

/** To the trash, not gone. */
export function deletePerson(request: FubRequest): FubReply {
  const person = reachablePerson(request, request.id);
  trashPeople(request.world, request.caller.account, [person]);
  return { status: 200, body: shapePerson(request, person) };
}

/** Says that somebody matches and whose they are, never who (sample people-checkDuplicate). */
export function checkDuplicate({ query, caller: { account } }: FubRequest): FubReply {
  const { email, phone } = query;
  if (!email && !phone) throw badRequest("An email or phone is required.");
  const byEmail = email ? matchPerson(account, { emails: [{ value: email }] }) : undefined;
  const match = byEmail ?? (phone ? matchPerson(account, { phones: [{ value: phone }] }) : undefined);
  if (!match) return { status: 200, body: { found: false } };
  const agent = account.users.find(({ id }) => id === match.assignedUserId);
  return {
    status: 200,
    body: { found: true, matchedBy: byEmail ? "email" : "phone", assignedTo: agent?.name ?? "" },
  };
}

/** The person in the account with one of these e-mails or own phones; whoever asks, visible or not. */
export function matchPerson(
  account: SandboxAccount,
  given: Partial<PersonFields>,
): SandboxPerson | undefined {
  const values = (items: PersonFields["emails"] | PersonFields["phones"]): string[] =>
    (items ?? []).flatMap((item) => (typeof item === "string" ? [] : [item.value]));
  const emails = values(given.emails).map((email) => email.trim().toLowerCase());
  const phones = values(given.phones).map(normalizePhone);
  return account.people.find(
    (person) =>
      !person.trashed &&
      (person.emails.some(({ value }) => emails.includes(value.toLowerCase())) ||
        person.phones.some(
          (phone) => phone.relationshipId === 0 && phones.includes(normalizePhone(phone.value)),
        )),
  );
}

/** Stores a new person, assigned to the key's user unless the body says otherwise. */
export function addPerson(
  request: FubRequest,
  given: PersonFields,
  custom: Record<string, unknown>,
  reachableAt: number,
): SandboxPerson {
  const { world, caller } = request;
  const person = buildPerson({
    id: world.nextId(caller.account.people),
    firstName: "",
    lastName: "",
    created: world.stamp(),
    updated: world.stamp(),
    source: given.source ?? caller.system ?? "<unspecified>",
    sourceUrl: given.sourceUrl ?? "",
    assignedUserId: caller.user.id,
    custom,
    reachableAt,
    ...personChanges(caller.account, given),
  });
  caller.account.people.push(person);
  tellNewPerson(world, caller.account, person);
  return person;
}
