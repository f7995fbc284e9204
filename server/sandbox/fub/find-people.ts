// Which people a GET /people means: filters and order. Used by the people endpoint and the CRM pages.
import type { SandboxPerson, SandboxSmartList, SandboxUser } from "../sandbox-types.ts";
import { badRequest, type FubRequest, notFound } from "./fub-reply.ts";
import { normalizePhone } from "./normalize-phone.ts";
import { personName } from "./shape-person.ts";
import { mayView, seesEverything } from "./visible-people.ts";

type Test = (person: SandboxPerson) => boolean;

/**
 * Visible people that satisfy every filter of the query, newest first; trash and unclaimed only when asked for. Nothing is
 * remembered between requests, since tests change accounts as they like: one walk over everybody has to be cheap.
 */
export function findPeople(request: FubRequest, list: SandboxSmartList | undefined): SandboxPerson[] {
  const { people } = request.caller.account;
  const fits = everyTest(request, list);
  const found: SandboxPerson[] = [];
  let sorted = true;
  let before = Number.POSITIVE_INFINITY;
  // From the end, where the newest usually are.
  for (let index = people.length - 1; index >= 0; index -= 1) {
    const person = people[index];
    if (person === undefined || !fits(person)) continue;
    sorted = sorted && person.id < before;
    before = person.id;
    found.push(person);
  }
  return sorted ? found : found.toSorted((a, b) => b.id - a.id);
}

function everyTest({ query, caller, world }: FubRequest, list: SandboxSmartList | undefined): Test {
  const now = world.clock.now();
  const trash = query.includeTrash === "true";
  const unclaimed = query.includeUnclaimed === "true";
  const everybody = seesEverything(caller.user);
  const tests = [...identityTests(query), ...propertyTests(query)];
  const listed = query.smartListId ? (list ? memberTest(list) : () => false) : () => true;
  return (person) =>
    listed(person) &&
    (trash || !person.trashed) &&
    (unclaimed || person.claimed) &&
    person.reachableAt <= now &&
    (everybody || mayView(caller.user, person)) &&
    tests.every((test) => test(person));
}

/**
 * The list the query names; undefined when it names none, or one the user cannot see where the world answers nobody then.
 * Otherwise such a list is a 404, as everything out of reach is (facts, 2.5; for lists it is not documented).
 */
export function askedList({ query, caller, world }: FubRequest): SandboxSmartList | undefined {
  if (!query.smartListId) return undefined;
  const list = caller.account.smartLists.find(({ id }) => String(id) === query.smartListId);
  if (list && maySeeList(caller.user, list)) return list;
  if (world.options.missingList === "empty") return undefined;
  throw notFound();
}

/** People who stand newest first, as `sort` says; equal values by id. */
export function sortPeople(people: SandboxPerson[], sort: string | undefined): SandboxPerson[] {
  if (sort === undefined || sort === "-id") return people;
  const name = sort.replace(/^-/, "");
  const read = SORT_KEYS[name];
  if (!read) throw badRequest("Invalid value for parameter: sort.");
  const direction = sort.startsWith("-") ? -1 : 1;
  return people.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    return direction * (left < right ? -1 : left > right ? 1 : a.id - b.id);
  });
}

/** People who stand newest first, as somebody sorted the list by hand; who is not in `order` follows. */
export function orderPeople(people: SandboxPerson[], order: readonly number[]): SandboxPerson[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: SandboxPerson): number => places.get(id) ?? order.length;
  return people.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const SORT_KEYS: Record<string, (person: SandboxPerson) => string | number> = {
  id: (person) => person.id,
  created: (person) => person.created,
  updated: (person) => person.updated,
  lastActivity: (person) => person.updated,
  name: (person) => personName(person).toLowerCase(),
  firstName: (person) => person.firstName.toLowerCase(),
  lastName: (person) => person.lastName.toLowerCase(),
  price: (person) => person.price ?? 0,
};

/** Tells of each person whether they are in the list now; for many people, ask this once. */
export function memberTest({ members: { personIds, tag, stage } }: SandboxSmartList): Test {
  const listed = personIds && marksOf(personIds);
  const tagged = tag === undefined ? undefined : tagTest(tag);
  return (person) =>
    (!listed || listed[person.id] === 1) &&
    (!tagged || tagged(person)) &&
    (stage === undefined || stage === person.stage);
}

/** A mark at each id: ids are small numbers, and with every page a set of 50,000 would cost more than the page. */
function marksOf(ids: readonly number[]): Uint8Array {
  const marks = new Uint8Array(ids.reduce((highest, id) => Math.max(highest, id), 0) + 1);
  for (const id of ids) marks[id] = 1;
  return marks;
}

/** Is this one person in the list now? */
export const isMember = (list: SandboxSmartList, person: SandboxPerson): boolean => memberTest(list)(person);

/** Shared lists and one's own. */
export const maySeeList = (user: SandboxUser, list: SandboxSmartList): boolean =>
  list.shared || list.createdById === user.id;

function identityTests(query: Record<string, string>): Test[] {
  const tests: Test[] = [];
  if (query.id) {
    const ids = new Set(query.id.split(",").map(Number));
    tests.push(({ id }) => ids.has(id));
  }
  if (query.email) {
    const email = query.email.trim().toLowerCase();
    tests.push(({ emails }) => emails.some(({ value }) => value.toLowerCase() === email));
  }
  if (query.phone) {
    // Ten digits find a North American number; how E.164 fares is not documented, so it finds nothing here.
    const digits = query.phone.replace(/\D/g, "");
    tests.push(({ phones }) => digits !== "" && phones.some(({ value }) => normalizePhone(value) === digits));
  }
  for (const [key, read] of Object.entries(NAME_FILTERS)) {
    const wanted = query[key]?.trim().toLowerCase();
    if (wanted) tests.push((person) => read(person).toLowerCase().includes(wanted));
  }
  return tests;
}

const NAME_FILTERS: Record<string, (person: SandboxPerson) => string> = {
  name: personName,
  firstName: ({ firstName }) => firstName,
  lastName: ({ lastName }) => lastName,
};

function propertyTests(query: Record<string, string>): Test[] {
  const tests: Test[] = [];
  if (query.tags) {
    const anyOf = query.tags.split(",").map((tag) => tagTest(tag.trim()));
    tests.push((person) => anyOf.some((tagged) => tagged(person)));
  }
  if (query.assignedUserId) {
    tests.push(({ assignedUserId }) => String(assignedUserId) === query.assignedUserId);
  }
  if (query.stage) tests.push(({ stage }) => stage === query.stage);
  for (const [key, field, sign] of TIME_FILTERS) {
    const limit = timeOf(key, query[key]);
    if (limit !== undefined) tests.push((person) => sign * (Date.parse(person[field]) - limit) > 0);
  }
  return tests;
}

const TIME_FILTERS = [
  ["updatedAfter", "updated", 1],
  ["updatedBefore", "updated", -1],
  ["createdAfter", "created", 1],
  ["createdBefore", "created", -1],
] as const;

function timeOf(key: string, text: string | undefined): number | undefined {
  if (!text) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest(`Invalid value for parameter: ${key}.`);
  return time;
}

function tagTest(tag: string): Test {
  const wanted = tag.toLowerCase();
  return ({ tags }) => tags.some((own) => own === tag || own.toLowerCase() === wanted);
}
