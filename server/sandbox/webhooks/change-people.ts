// Every change of people goes through here, whoever makes it: it is stamped, and told to webhooks as Follow Up Boss tells
// it (vendor docs, webhooks: peopleUpdated, peopleTagsCreated, peopleStageUpdated, peopleDeleted).
import type { SandboxAccount, SandboxPerson } from "../sandbox-types.ts";
import type { Dispatcher } from "./create-dispatcher.ts";

export interface ChangeWorld {
  readonly dispatcher: Pick<Dispatcher, "tell">;
  stamp(): string;
}

/** `change` may leave a person as they are: then nothing is told of them. */
export function changePeople(
  world: ChangeWorld,
  account: SandboxAccount,
  people: readonly SandboxPerson[],
  change: (person: SandboxPerson) => void,
): void {
  const changed: { person: SandboxPerson; before: SandboxPerson }[] = [];
  for (const person of people) {
    const before = structuredClone(person);
    change(person);
    if (JSON.stringify(person) === JSON.stringify(before)) continue;
    person.updated = world.stamp();
    changed.push({ person, before });
  }
  const resourceIds = changed.map(({ person }) => person.id);
  world.dispatcher.tell({ account, event: "peopleUpdated", resourceIds });
  // Only what was added is named, and only those it was added to.
  const added = changed.map(({ person, before }) => ({
    id: person.id,
    value: person.tags.filter((tag) => !before.tags.includes(tag)),
  }));
  tellByValue(
    world,
    account,
    "peopleTagsCreated",
    "tags",
    added.filter(({ value }) => value.length > 0),
  );
  const staged = changed.filter(({ person, before }) => person.stage !== before.stage);
  const stages = staged.map(({ person }) => ({ id: person.id, value: person.stage }));
  tellByValue(world, account, "peopleStageUpdated", "stage", stages);
}

/** Somebody new: told as created, and with the tags they came with. */
export function tellNewPerson(
  world: ChangeWorld,
  account: SandboxAccount,
  { id, tags }: SandboxPerson,
): void {
  world.dispatcher.tell({ account, event: "peopleCreated", resourceIds: [id] });
  if (tags.length > 0)
    world.dispatcher.tell({
      account,
      event: "peopleTagsCreated",
      resourceIds: [id],
      data: { tags: [...tags] },
    });
}

/** To the trash. Their notes and calls go without events of their own. */
export function trashPeople(
  world: ChangeWorld,
  account: SandboxAccount,
  people: readonly SandboxPerson[],
): void {
  const gone = people.filter(({ trashed }) => !trashed);
  for (const person of gone) Object.assign(person, { trashed: true, updated: world.stamp() });
  world.dispatcher.tell({ account, event: "peopleDeleted", resourceIds: gone.map(({ id }) => id) });
}

/** One event for all who share the value. */
function tellByValue(
  world: ChangeWorld,
  account: SandboxAccount,
  event: string,
  key: "tags" | "stage",
  changes: readonly { id: number; value: unknown }[],
): void {
  for (const group of Map.groupBy(changes, ({ value }) => JSON.stringify(value)).values()) {
    const resourceIds = group.map(({ id }) => id);
    world.dispatcher.tell({ account, event, resourceIds, data: { [key]: group[0]?.value } });
  }
}
