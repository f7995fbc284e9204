// Puts a Smart List of any size into an account, with as many awkward people in it as asked for. For tests, benches and
// the demo.
import { buildEmail, buildPerson, buildPhone } from "./build-account.ts";
import { madeUpName } from "./made-up-name.ts";
import { ordinaryNumber, tellingNumber } from "./made-up-number.ts";
import type { SandboxAccount, SandboxPerson, SandboxPhone, SandboxSmartList } from "./sandbox-types.ts";

/** Shares are parts of 1; those of phones must not add up to more, since a person gets at most one of them. */
export interface ListGrowth {
  count: number;
  listName: string;
  /** What holds the list together: a tag of its name (default), or the people's ids. */
  by?: "tag" | "personIds";
  /** Whose the people are, in turn; the first user who is not the owner unless said, or else the owner. */
  assignedTo?: number[];
  /** Users who see all of them besides. */
  sharedWith?: number[];
  /** Parts of the list itself, e.g. `{ shared: false, createdById: 2 }`. */
  list?: Partial<SandboxSmartList>;
  noPhone?: number;
  relationshipOnly?: number;
  landline?: number;
  /** Marked invalid by Follow Up Boss. */
  invalidPhone?: number;
  /** Same number as the person before who has an ordinary one. */
  duplicate?: number;
  /** Numbers ending in 01 to 06 in turn, which the simulator and the pretend Hub decide by; at most 594 an account. */
  telling?: number;
  /** Independent of the phones. */
  noEmail?: number;
}

export interface GrownList {
  list: SandboxSmartList;
  /** In the order of their ids, which go up from the highest of the account. */
  people: SandboxPerson[];
  /** How many there are of each kind. */
  counts: Record<PhoneKind | "noEmail", number>;
}

const AWKWARD = ["noPhone", "relationshipOnly", "landline", "invalidPhone", "duplicate", "telling"] as const;
export type PhoneKind = (typeof AWKWARD)[number] | "ordinary";

/** Adds people and list to the account in place. The same call on the same account gives the same people. */
export function growList(account: SandboxAccount, growth: ListGrowth): GrownList {
  const kinds = spreadKinds(growth);
  const without = spread(growth.count, Math.round((growth.noEmail ?? 0) * growth.count), 1);
  const firstId = nextId(account.people);
  const phones = phoneMaker(account);
  const owners = growth.assignedTo ?? [defaultOwner(account)];
  const people = kinds.map((kind, index) => {
    const id = firstId + index;
    const name = madeUpName(id);
    return buildPerson({
      id,
      ...name,
      assignedUserId: owners[index % owners.length] ?? null,
      collaborators: [...(growth.sharedWith ?? [])],
      tags: growth.by === "personIds" ? [] : [growth.listName],
      phones: phones(kind, id),
      emails: without.has(index)
        ? []
        : [buildEmail(`${name.firstName}.${id}.${account.domain}@people.example`.toLowerCase())],
    });
  });
  // Not spread as arguments: there may be more than a call can take.
  for (const person of people) account.people.push(person);
  const list = makeList(account, growth, people);
  account.smartLists.push(list);
  return { list, people, counts: { ...countKinds(kinds), noEmail: without.size } };
}

function makeList(
  account: SandboxAccount,
  { listName, by, list }: ListGrowth,
  people: SandboxPerson[],
): SandboxSmartList {
  return {
    id: nextId(account.smartLists),
    name: listName,
    isFub2: true,
    description: null,
    shared: true,
    createdById: defaultOwner(account),
    members: by === "personIds" ? { personIds: people.map(({ id }) => id) } : { tag: listName },
    ...list,
  };
}

function phoneMaker(account: SandboxAccount): (kind: PhoneKind, id: number) => SandboxPhone[] {
  let told = account.people.filter(({ phones }) => /0[1-6]$/.test(phones[0]?.normalized ?? "")).length;
  let ordinary: string | undefined;
  return (kind, id) => {
    const own = ordinaryNumber(account.id, id);
    if (kind === "ordinary") ordinary = own;
    switch (kind) {
      case "noPhone":
        return [];
      case "relationshipOnly":
        return [buildPhone(own, { relationshipId: id, isPrimary: 0 })];
      case "landline":
        return [buildPhone(own, { type: "home", isLandline: true })];
      case "invalidPhone":
        return [buildPhone(own, { status: "Invalid", isLandline: null })];
      case "duplicate":
        return [buildPhone(ordinary ?? own)];
      case "telling":
        told += 1;
        return [buildPhone(tellingNumber(account.id, told, ((told - 1) % 6) + 1))];
      case "ordinary":
        return [buildPhone(own)];
    }
  };
}

/** Each kind as often as its share says, all of them scattered over the list. */
function spreadKinds(growth: ListGrowth): PhoneKind[] {
  const kinds = Array.from({ length: growth.count }, (): PhoneKind => "ordinary");
  const places = scatter(growth.count);
  let taken = 0;
  for (const kind of AWKWARD) {
    const many = Math.round((growth[kind] ?? 0) * growth.count);
    for (const place of places.slice(taken, taken + many)) kinds[place] = kind;
    taken += many;
  }
  if (taken > growth.count) throw new Error("The shares of phones add up to more than the whole list");
  return kinds;
}

const spread = (count: number, many: number, turn: number): Set<number> =>
  new Set(scatter(count, turn).slice(0, many));

/** 0 to count - 1, far from their order but the same every time. */
function scatter(count: number, turn = 0): number[] {
  const stride = coprimeTo(count, Math.floor(count * (turn === 0 ? 0.618 : 0.414)) || 1);
  return Array.from({ length: count }, (_, index) => (index * stride + turn + 1) % count);
}

function coprimeTo(count: number, from: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = from;
  while (divisor(stride, count) !== 1) stride += 1;
  return stride;
}

function countKinds(kinds: readonly PhoneKind[]): Record<PhoneKind, number> {
  const counts = { ordinary: 0, noPhone: 0, relationshipOnly: 0, landline: 0, invalidPhone: 0 };
  const all: Record<PhoneKind, number> = { ...counts, duplicate: 0, telling: 0 };
  for (const kind of kinds) all[kind] += 1;
  return all;
}

const nextId = (items: readonly { id: number }[]): number =>
  items.reduce((highest, { id }) => Math.max(highest, id), 0) + 1;

const defaultOwner = ({ users }: SandboxAccount): number =>
  (users.find(({ isOwner }) => !isOwner) ?? users[0])?.id ?? 1;
