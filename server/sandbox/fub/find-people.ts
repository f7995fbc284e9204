// Which people a GET /people means: filters and order. Used by the people endpoint and the CRM pages.
import type { SandboxPerson, SandboxSmartList } from "../sandbox-types.ts";
import { badRequest, type FubRequest, notFound } from "./fub-reply.ts";
import { normalizePhone } from "./normalize-phone.ts";
import { personName } from "./shape-person.ts";
import { isReachable, mayView } from "./visible-people.ts";

type Test = (person: SandboxPerson) => boolean;

/** Visible people that satisfy every filter of the query; trash and unclaimed only when asked for. */
export function findPeople(request: FubRequest): SandboxPerson[] {
  const { query, caller } = request;
  const tests = [...identityTests(query), ...propertyTests(query), smartListTest(request)];
  return caller.account.people.filter(
    (person) =>
      mayView(caller.user, person) &&
      isReachable(request, person) &&
      (query.includeTrash === "true" || !person.trashed) &&
      (query.includeUnclaimed === "true" || person.claimed) &&
      tests.every((test) => test(person)),
  );
}

/** Newest first by id unless `sort` says otherwise; equal values by id. */
export function sortPeople(people: SandboxPerson[], sort: string | undefined): SandboxPerson[] {
  const name = sort?.replace(/^-/, "") ?? "id";
  const read = SORT_KEYS[name];
  if (!read) throw badRequest("Invalid value for parameter: sort.");
  const direction = sort === undefined || sort.startsWith("-") ? -1 : 1;
  return people.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    return direction * (left < right ? -1 : left > right ? 1 : a.id - b.id);
  });
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

/** Is this person in the list now? */
export function isMember({ members }: SandboxSmartList, person: SandboxPerson): boolean {
  if (members.personIds && !members.personIds.includes(person.id)) return false;
  if (members.tag !== undefined && !hasTag(person, members.tag)) return false;
  return members.stage === undefined || members.stage === person.stage;
}

function identityTests(query: Record<string, string>): Test[] {
  const tests: Test[] = [];
  if (query.id) {
    const ids = query.id.split(",").map(Number);
    tests.push(({ id }) => ids.includes(id));
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
    const tags = query.tags.split(",").map((tag) => tag.trim());
    tests.push((person) => tags.some((tag) => hasTag(person, tag)));
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

function smartListTest({ query, caller }: FubRequest): Test {
  if (!query.smartListId) return () => true;
  const list = caller.account.smartLists.find(({ id }) => String(id) === query.smartListId);
  if (!list || !(list.shared || list.createdById === caller.user.id)) throw notFound();
  return (person) => isMember(list, person);
}

const hasTag = ({ tags }: SandboxPerson, tag: string): boolean =>
  tags.some((own) => own.toLowerCase() === tag.toLowerCase());
