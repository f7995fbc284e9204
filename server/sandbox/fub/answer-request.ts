// Which endpoint a method and path mean; turns refusals into Follow Up Boss's error bodies. Called by the door.
import { FubRefusal, type FubReply, type FubRequest, notFound } from "./fub-reply.ts";
import { getCall, listCalls, postCall, putCall } from "./serve-calls.ts";
import { listEvents, postEvent } from "./serve-events.ts";
import { getIdentity, getUser, listUsers } from "./serve-identity.ts";
import { deleteNote, getNote, listNotes, postNote, putNote } from "./serve-notes.ts";
import {
  checkDuplicate,
  deletePerson,
  getPerson,
  listPeople,
  postPerson,
  putPerson,
} from "./serve-people.ts";
import { getSmartList, listSmartLists } from "./serve-smart-lists.ts";
import {
  deleteWebhook,
  getWebhook,
  getWebhookEvent,
  listWebhooks,
  postWebhook,
  putWebhook,
} from "./serve-webhooks.ts";

type Endpoint = (request: FubRequest) => FubReply;

/** `:id` stands for a number, `:key` for 32 hex digits. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "GET /identity": getIdentity,
  "GET /users": listUsers,
  "GET /users/:id": getUser,
  "GET /people": listPeople,
  "POST /people": postPerson,
  "GET /people/checkDuplicate": checkDuplicate,
  "GET /people/:id": getPerson,
  "PUT /people/:id": putPerson,
  "DELETE /people/:id": deletePerson,
  "GET /events": listEvents,
  "POST /events": postEvent,
  "GET /notes": listNotes,
  "POST /notes": postNote,
  "GET /notes/:id": getNote,
  "PUT /notes/:id": putNote,
  "DELETE /notes/:id": deleteNote,
  "GET /calls": listCalls,
  "POST /calls": postCall,
  "GET /calls/:id": getCall,
  "PUT /calls/:id": putCall,
  "GET /smartLists": listSmartLists,
  "GET /smartLists/:id": getSmartList,
  "GET /webhooks": listWebhooks,
  "POST /webhooks": postWebhook,
  "GET /webhooks/:id": getWebhook,
  "PUT /webhooks/:id": putWebhook,
  "DELETE /webhooks/:id": deleteWebhook,
  "GET /webhookEvents/:key": getWebhookEvent,
};

/** Runs the endpoint; every refusal becomes `{"errorMessage": …}` with its status. */
export function answerRequest(
  method: string,
  path: string,
  request: Omit<FubRequest, "id" | "key">,
): FubReply {
  try {
    if (request.caller.account.expired && !(method === "POST" && path === "/events")) {
      throw new FubRefusal(403, "This account has expired.");
    }
    const pattern = path.replace(/\/[0-9a-f]{32}$/, "/:key").replace(/\/\d+$/, "/:id");
    const endpoint = ENDPOINTS[`${method} ${pattern}`];
    if (!endpoint) throw notFound();
    const key = path.slice(path.lastIndexOf("/") + 1);
    return endpoint({ ...request, key, id: /^\d+$/.test(key) ? Number(key) : 0 });
  } catch (error) {
    if (!(error instanceof FubRefusal)) throw error;
    return { status: error.status, body: { errorMessage: error.message } };
  }
}
