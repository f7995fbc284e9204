// Every change of people in a connected account goes through here, whoever makes it: it is stamped, and told to webhooks
// (vendor docs, how to use webhooks: peopleCreated, peopleUpdated, peopleDeleted, peopleTagsCreated and nothing finer).
import { derivePerson } from "./build-rollout.ts";
import type { RolloutDispatcher } from "./create-rollout-dispatcher.ts";
import type { RolloutCredential, RolloutPerson } from "./rollout-types.ts";

export interface RolloutChangeWorld {
  readonly dispatcher: Pick<RolloutDispatcher, "tell">;
  stamp(): string;
}

/** `change` may leave a person as they are: then nothing is told of them. */
export function changeRolloutPeople(
  world: RolloutChangeWorld,
  credential: RolloutCredential,
  people: readonly RolloutPerson[],
  change: (person: RolloutPerson) => void,
): void {
  const changed: { id: string; added: string[] }[] = [];
  for (const person of people) {
    const before = structuredClone(person);
    change(person);
    derivePerson(person);
    if (JSON.stringify(person) === JSON.stringify(before)) continue;
    person.updated = world.stamp();
    const had = before.tags ?? [];
    changed.push({ id: person.id, added: (person.tags ?? []).filter((tag) => !had.includes(tag)) });
  }
  world.dispatcher.tell({
    credential,
    event: "peopleUpdated",
    resourceIds: changed.map(({ id }) => id),
  });
  // One event for all who got the same tags, and only for those who lacked them.
  const tagged = changed.filter(({ added }) => added.length > 0);
  for (const group of Map.groupBy(tagged, ({ added }) => JSON.stringify(added)).values())
    tellTags(
      world,
      credential,
      group.map(({ id }) => id),
      group[0]?.added ?? [],
    );
}

/** Somebody new: told as created, and with the tags they came with. */
export function addRolloutPerson(
  world: RolloutChangeWorld,
  credential: RolloutCredential,
  person: RolloutPerson,
): void {
  credential.people.push(person);
  world.dispatcher.tell({ credential, event: "peopleCreated", resourceIds: [person.id] });
  if (person.tags && person.tags.length > 0) tellTags(world, credential, [person.id], person.tags);
}

/** They are gone at once. Their notes and calls stay, without events of their own. */
export function deleteRolloutPeople(
  world: RolloutChangeWorld,
  credential: RolloutCredential,
  ids: readonly string[],
): void {
  const gone = credential.people.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
  credential.people = credential.people.filter(({ id }) => !gone.includes(id));
  world.dispatcher.tell({ credential, event: "peopleDeleted", resourceIds: gone });
}

/** Tags that somebody lacks, in the order given, without doubles. */
export const withTags = (tags: readonly string[] | null, added: readonly string[]): string[] => [
  ...new Set([...(tags ?? []), ...added]),
];

const tellTags = (
  world: RolloutChangeWorld,
  credential: RolloutCredential,
  resourceIds: readonly string[],
  tags: readonly string[],
): void => world.dispatcher.tell({ credential, event: "peopleTagsCreated", resourceIds, tags: [...tags] });
