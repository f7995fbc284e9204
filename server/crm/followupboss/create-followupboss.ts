// Follow Up Boss behind the port: every flow speaks to it through what this returns. Built once, in compose.
import type { Crm } from "../crm.ts";
import { beginCall } from "../start-time-limit.ts";
import { addCall, findCall, updateCall } from "./calls.ts";
import { createFubClient, type FubClientDeps } from "./client.ts";
import { introducePerson } from "./events.ts";
import { fetchIdentity } from "./identity.ts";
import { addNote, findNote } from "./notes.ts";
import { fetchPeopleByIds, fetchPeopleWithTag, fetchPerson, findPerson } from "./people.ts";
import { fetchRecords } from "./records.ts";
import { fetchSmartListPage, fetchSmartListSize, fetchSmartLists } from "./smart-lists.ts";
import { setTag } from "./tags.ts";
import { fetchUser, fetchUsers } from "./users.ts";
import { fetchWebhookEvent } from "./webhook-events.ts";
import { addWebhook, fetchWebhooks, removeWebhook, updateWebhook } from "./webhooks.ts";

/**
 * All tenants and keys share one of these, since the rate lanes are per FUB account.
 * Every method throws GatewayError: not_ready without a system key, else crm_* with `CrmFailureDetails`.
 */
export function createFollowUpBoss(deps: FubClientDeps): Crm {
  const client = createFubClient(deps);
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
    recordsOf: (personId, which, options) => fetchRecords(client, personId, which, begin(options)),
    setTag: (personId, change, options) => setTag(client, personId, change, begin(options)),
    smartLists: (options) => fetchSmartLists(client, begin(options)),
    smartListPage: (id, next, options) => fetchSmartListPage(client, { id, next }, begin(options)),
    smartListSize: (id, options) => fetchSmartListSize(client, id, begin(options)),
    peopleByIds: (ids, options) => fetchPeopleByIds(client, ids, begin(options)),
    peopleWithTag: (tag, since, next, options) =>
      fetchPeopleWithTag(client, { tag, since, next }, begin(options)),
    webhooks: (options) => fetchWebhooks(client, begin(options)),
    addWebhook: (webhook, options) => addWebhook(client, webhook, begin(options)),
    updateWebhook: (id, change, options) => updateWebhook(client, id, change, begin(options)),
    removeWebhook: (id, options) => removeWebhook(client, id, begin(options)),
    webhookEvent: (eventId, options) => fetchWebhookEvent(client, eventId, begin(options)),
    lanes: () => client.lanes.lanes(),
  };
}
