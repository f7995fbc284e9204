// What a person at a desk does in Follow Up Boss itself, with no API involved. Used by the practice CRM's pages, by tests
// and by whoever wants webhooks to be sent.
import type { SandboxAccount, SandboxPerson } from "../sandbox-types.ts";
import { type ChangeWorld, changePeople, trashPeople } from "./change-people.ts";

export interface UserActions {
  /** Adds to all of them at once, as from a list; who has the tag already is left alone. Several tags: one event. */
  addTag(domain: string, personIds: readonly number[], tag: string | readonly string[]): void;
  removeTag(domain: string, personIds: readonly number[], tag: string): void;
  setStage(domain: string, personIds: readonly number[], stage: string): void;
  deletePeople(domain: string, personIds: readonly number[]): void;
}

export function createUserActions(
  world: () => ChangeWorld & { account(domain: string): SandboxAccount },
): UserActions {
  const change = (domain: string, ids: readonly number[], apply: (person: SandboxPerson) => void): void => {
    const account = world().account(domain);
    changePeople(world(), account, peopleOf(account, ids), apply);
  };
  return {
    addTag: (domain, personIds, tag) => {
      const given = (typeof tag === "string" ? [tag] : tag).map((each) => each.trim()).filter(Boolean);
      change(domain, personIds, (person) => {
        person.tags = [...new Set([...person.tags, ...given])];
      });
    },
    removeTag: (domain, personIds, tag) =>
      change(domain, personIds, (person) => {
        person.tags = person.tags.filter((own) => own !== tag);
      }),
    setStage: (domain, personIds, stage) =>
      change(domain, personIds, (person) => {
        person.stage = stage;
      }),
    deletePeople: (domain, personIds) => {
      const account = world().account(domain);
      trashPeople(world(), account, peopleOf(account, personIds));
    },
  };
}

/** In the order asked for; throws for somebody the account does not have, since a test has then gone astray. */
function peopleOf(account: SandboxAccount, ids: readonly number[]): SandboxPerson[] {
  const people = new Map(account.people.map((person) => [person.id, person]));
  return [...new Set(ids)].map((id) => {
    const person = people.get(id);
    if (!person) throw new Error(`The sandbox's account ${account.domain} has no person ${id}`);
    return person;
  });
}
