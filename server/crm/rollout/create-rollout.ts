// Any CRM behind Rollout's Universal API, behind the port: every flow speaks to it through what this returns. Built once,
// in compose.
import type { Crm } from "../crm.ts";
import { beginCall } from "../start-time-limit.ts";
import { createRolloutClient, type RolloutDeps } from "./client.ts";
import { unsupported } from "./errors.ts";
import { findCall, findNote, findRecords } from "./find-by-marker.ts";
import { introducePerson } from "./introduce-person.ts";
import { fetchPeopleByIds, fetchPeopleWithTag, fetchPerson, findPerson } from "./people.ts";
import { addCall, addNote, updateCall } from "./records.ts";
import { setTag } from "./tags.ts";
import { fetchIdentity, fetchUser, fetchUsers } from "./users.ts";
import { addWebhook, fetchWebhooks, removeWebhook, updateWebhook } from "./webhooks.ts";

const NO_MEMBERS =
  "Rollout does not tell who is on a Smart List, so Smart List campaigns need Follow Up Boss's own connection.";
const NO_EVENTS = "Rollout cannot look up a single event. Tags that were missed are found by catching up.";

/**
 * All brokerages share one of these, since the rate lanes are per consumer. An access is of Rollout when it has `rollout`.
 * Every method throws GatewayError: not_ready without client ID and secret, else crm_* with `CrmFailureDetails`.
 */
export function createRollout(deps: RolloutDeps): Crm {
  const client = createRolloutClient(deps);
  const begin = beginCall.bind(null, deps.clock);
  return {
    identity: (options) => fetchIdentity(client, begin(options)),
    user: (id, options) => fetchUser(client, id, begin(options)),
    users: (options) => fetchUsers(client, begin(options)),
    person: (id, options) => fetchPerson(client, id, begin(options)),
    findPerson: (by, options) => findPerson(client, by, begin(options)),
    introducePerson: (person, options) => introducePerson(client, person, begin(options)),
    addNote: (note, options) => addNote(client, note, begin(options)),
    findNote: (personId, marker, options) => findNote(client, personId, marker, begin(options)),
    addCall: (call, options) => addCall(client, call, begin(options)),
    updateCall: (id, change, options) => updateCall(client, id, change, begin(options)),
    findCall: (personId, marker, options) => findCall(client, personId, marker, begin(options)),
    recordsOf: (personId, which, options) => findRecords(client, personId, which, begin(options)),
    setTag: (personId, change, options) => setTag(client, personId, change, begin(options)),
    smartLists: () => Promise.reject(unsupported(NO_MEMBERS)),
    smartListPage: () => Promise.reject(unsupported(NO_MEMBERS)),
    smartListSize: () => Promise.reject(unsupported(NO_MEMBERS)),
    peopleByIds: (ids, options) => fetchPeopleByIds(client, ids, begin(options)),
    peopleWithTag: (tag, since, next, options) =>
      fetchPeopleWithTag(client, { tag, since, next }, begin(options)),
    webhooks: (options) => fetchWebhooks(client, begin(options)),
    addWebhook: (webhook, options) => addWebhook(client, webhook, begin(options)),
    updateWebhook: (id, change, options) => updateWebhook(client, id, change, begin(options)),
    removeWebhook: (id, options) => removeWebhook(client, id, begin(options)),
    webhookEvent: () => Promise.reject(unsupported(NO_EVENTS)),
    lanes: client.describeLanes,
  };
}
