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

type Endpoint = (request: FubRequest) => FubReply;

/** `:id` stands for a number. */
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
};

/** Runs the endpoint; every refusal becomes `{"errorMessage": …}` with its status. */
export function answerRequest(method: string, path: string, request: Omit<FubRequest, "id">): FubReply {
  try {
    if (request.caller.account.expired && !(method === "POST" && path === "/events")) {
      throw new FubRefusal(403, "This account has expired.");
    }
    const endpoint = ENDPOINTS[`${method} ${path.replace(/\/\d+$/, "/:id")}`];
    if (!endpoint) throw notFound();
    return endpoint({ ...request, id: Number(/\/(\d+)$/.exec(path)?.[1] ?? 0) });
  } catch (error) {
    if (!(error instanceof FubRefusal)) throw error;
    return { status: error.status, body: { errorMessage: error.message } };
  }
}
