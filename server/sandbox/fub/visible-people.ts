// Who may see whom. Asked by every endpoint that touches a person.
import type { SandboxAccount, SandboxPerson, SandboxUser } from "../sandbox-types.ts";
import { type FubRequest, notFound } from "./fub-reply.ts";

/** Owner, admins and brokers: everything but what only owners may (vendor docs, authentication). */
export const seesEverything = (user: SandboxUser): boolean =>
  user.isOwner || user.isAdmin || user.role === "Broker";

/** Agents and lenders: people assigned to them or shared with them. */
export function mayView(user: SandboxUser, person: SandboxPerson): boolean {
  return seesEverything(user) || person.assignedUserId === user.id || person.collaborators.includes(user.id);
}

/** May the user see what is kept on this person id? 0 stands for an unknown caller and belongs to nobody. */
export function mayViewPersonId(account: SandboxAccount, user: SandboxUser, personId: number): boolean {
  if (personId === 0) return seesEverything(user);
  const person = account.people.find(({ id }) => id === personId);
  return person !== undefined && mayView(user, person);
}

/** The person, or the 404 that also hides people of other agents. */
export function personOrNotFound({ caller }: FubRequest, id: number): SandboxPerson {
  const person = caller.account.people.find((candidate) => candidate.id === id);
  if (!person || !mayView(caller.user, person)) throw notFound();
  return person;
}

/** As above, and known to the other endpoints already: a person just made by an event is not, for a while. */
export function reachablePerson(request: FubRequest, id: number): SandboxPerson {
  const person = personOrNotFound(request, id);
  if (!isReachable(request, person) || person.trashed) throw notFound();
  return person;
}

export const isReachable = ({ world }: FubRequest, person: SandboxPerson): boolean =>
  person.reachableAt <= world.clock.now();
