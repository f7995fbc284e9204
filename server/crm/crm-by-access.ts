// One port for every brokerage's CRM: each call goes to the CRM its access is for. Flows never ask which one it is.
import type { Crm, CrmCallOptions } from "./crm.ts";

export interface Crms {
  readonly followUpBoss: Crm;
  readonly rollout: Crm;
  /** The pretend Follow Up Boss of a rehearsal. */
  readonly practice: Crm;
}

export function createCrmByAccess(crms: Crms): Crm {
  const at = ({ access }: CrmCallOptions): Crm =>
    access.practice ? crms.practice : access.rollout ? crms.rollout : crms.followUpBoss;
  return {
    identity: (options) => at(options).identity(options),
    user: (id, options) => at(options).user(id, options),
    users: (options) => at(options).users(options),
    person: (id, options) => at(options).person(id, options),
    findPerson: (by, options) => at(options).findPerson(by, options),
    introducePerson: (person, options) => at(options).introducePerson(person, options),
    addNote: (note, options) => at(options).addNote(note, options),
    findNote: (personId, marker, options) => at(options).findNote(personId, marker, options),
    addCall: (call, options) => at(options).addCall(call, options),
    updateCall: (id, change, options) => at(options).updateCall(id, change, options),
    findCall: (personId, marker, options) => at(options).findCall(personId, marker, options),
    recordsOf: (personId, which, options) => at(options).recordsOf(personId, which, options),
    setTag: (personId, change, options) => at(options).setTag(personId, change, options),
    smartLists: (options) => at(options).smartLists(options),
    smartListPage: (id, next, options) => at(options).smartListPage(id, next, options),
    smartListSize: (id, options) => at(options).smartListSize(id, options),
    peopleByIds: (ids, options) => at(options).peopleByIds(ids, options),
    peopleWithTag: (tag, since, next, options) => at(options).peopleWithTag(tag, since, next, options),
    webhooks: (options) => at(options).webhooks(options),
    addWebhook: (webhook, options) => at(options).addWebhook(webhook, options),
    updateWebhook: (id, change, options) => at(options).updateWebhook(id, change, options),
    removeWebhook: (id, options) => at(options).removeWebhook(id, options),
    webhookEvent: (eventId, options) => at(options).webhookEvent(eventId, options),
    lanes: () => [...crms.followUpBoss.lanes(), ...crms.rollout.lanes(), ...crms.practice.lanes()],
  };
}
