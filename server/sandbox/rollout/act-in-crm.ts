// What happens in the CRM behind a connected account, with no API involved: people are tagged, changed, added and removed
// there, and a first sync ends. Used by tests and the control door.
import { buildRolloutPerson } from "./build-rollout.ts";
import {
  addRolloutPerson,
  changeRolloutPeople,
  deleteRolloutPeople,
  type RolloutChangeWorld,
  withTags,
} from "./change-rollout-people.ts";
import type { RolloutDispatcher } from "./create-rollout-dispatcher.ts";
import type { RolloutCredential, RolloutDelivery, RolloutPerson } from "./rollout-types.ts";

/** Ids that are not there throw: whoever asks for them has gone astray. */
export interface CrmActions {
  /** To all of them at once, as from a list; who has the tag already is left alone. Several tags: one event. */
  addTag(credentialId: string, personIds: string | readonly string[], tag: string | readonly string[]): void;
  removeTag(credentialId: string, personIds: string | readonly string[], tag: string): void;
  updatePerson(credentialId: string, personId: string, fields: Partial<Omit<RolloutPerson, "id">>): void;
  deletePeople(credentialId: string, personIds: readonly string[]): void;
  /** The new person, with an id of its own unless given. */
  addPerson(credentialId: string, fields: Partial<RolloutPerson>): RolloutPerson;
  /** The first sync is over: endpoints answer, and `callbackUrl` is told, like a webhook and as often as it takes. */
  completeSync(credentialId: string, callbackUrl: string): RolloutDelivery;
}

interface ActionsWorld extends RolloutChangeWorld {
  readonly dispatcher: Pick<RolloutDispatcher, "tell" | "tellSyncCompleted">;
  credential(id: string): RolloutCredential;
  newId(): string;
}

export function createCrmActions(world: () => ActionsWorld): CrmActions {
  const change = (
    credentialId: string,
    personIds: string | readonly string[],
    apply: (person: RolloutPerson) => void,
  ): void => {
    const credential = world().credential(credentialId);
    changeRolloutPeople(world(), credential, peopleOf(credential, personIds), apply);
  };
  return {
    addTag: (credentialId, personIds, tag) =>
      change(credentialId, personIds, (person) => {
        person.tags = withTags(person.tags, typeof tag === "string" ? [tag] : tag);
      }),
    removeTag: (credentialId, personIds, tag) =>
      change(credentialId, personIds, (person) => {
        person.tags = person.tags?.filter((own) => own !== tag) ?? null;
      }),
    updatePerson: (credentialId, personId, fields) =>
      change(credentialId, personId, (person) => {
        Object.assign(person, structuredClone(fields));
      }),
    deletePeople: (credentialId, personIds) => {
      const credential = world().credential(credentialId);
      peopleOf(credential, personIds);
      deleteRolloutPeople(world(), credential, personIds);
    },
    addPerson: (credentialId, fields) => {
      const person = buildRolloutPerson({
        id: world().newId(),
        created: world().stamp(),
        ...structuredClone(fields),
      });
      addRolloutPerson(world(), world().credential(credentialId), person);
      return person;
    },
    completeSync: (credentialId, callbackUrl) => {
      const credential = world().credential(credentialId);
      credential.ready = true;
      return world().dispatcher.tellSyncCompleted(credential, callbackUrl);
    },
  };
}

/** In the order asked for. */
function peopleOf(credential: RolloutCredential, ids: string | readonly string[]): RolloutPerson[] {
  const people = new Map(credential.people.map((person) => [person.id, person]));
  return [...new Set(typeof ids === "string" ? [ids] : ids)].map((id) => {
    const person = people.get(id);
    if (!person) throw new Error(`The sandbox's credential ${credential.id} has no person ${id}`);
    return person;
  });
}
