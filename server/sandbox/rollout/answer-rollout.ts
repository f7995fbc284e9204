// Which endpoint a method and path mean, and for which connected account; turns refusals into Rollout's error bodies.
// Called by the door.
import { FubRefusal, notFound } from "../fub/fub-reply.ts";
import type { RolloutWorld } from "./create-rollout-world.ts";
import type { RolloutReply, RolloutRequest } from "./rollout-reply.ts";
import type { RolloutCredential, RolloutLoggedRequest } from "./rollout-types.ts";
import {
  applyTags,
  deletePerson,
  deleteTags,
  getPerson,
  listPeople,
  postPerson,
  putPerson,
} from "./serve-rollout-people.ts";
import { callEndpoints, listSmartLists, noteEndpoints, userEndpoints } from "./serve-rollout-records.ts";
import { deleteWebhook, listWebhooks, postWebhook, putWebhook } from "./serve-rollout-webhooks.ts";

type Endpoint = (request: RolloutRequest) => RolloutReply;

const GET_WEBHOOKS = "GET /webhooks";

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "GET /people": listPeople,
  "POST /people": postPerson,
  "GET /people/:id": getPerson,
  "PUT /people/:id": putPerson,
  "DELETE /people/:id": deletePerson,
  "POST /people/:id/tags/apply": applyTags,
  "POST /people/:id/tags/delete": deleteTags,
  "GET /notes": noteEndpoints.list,
  "POST /notes": noteEndpoints.post,
  "GET /notes/:id": noteEndpoints.get,
  "PUT /notes/:id": noteEndpoints.put,
  "DELETE /notes/:id": noteEndpoints.delete,
  "GET /calls": callEndpoints.list,
  "POST /calls": callEndpoints.post,
  "GET /calls/:id": callEndpoints.get,
  "PUT /calls/:id": callEndpoints.put,
  "DELETE /calls/:id": callEndpoints.delete,
  "GET /users": userEndpoints.list,
  "GET /users/:id": userEndpoints.get,
  "GET /smart-lists": listSmartLists,
  [GET_WEBHOOKS]: listWebhooks,
  "POST /webhooks": postWebhook,
  "PUT /webhooks/:id": putWebhook,
  "DELETE /webhooks/:id": deleteWebhook,
};

const NOT_READY = "Data for this credential is not ready yet. Please try again.";

/** For a request whose token belongs to `sub`. Every refusal becomes `{"errorMessage": …}` with its status. */
export function answerRollout(
  world: RolloutWorld,
  sub: string,
  request: Pick<RolloutLoggedRequest, "method" | "path" | "query" | "body" | "credentialId">,
  base: string,
): RolloutReply {
  try {
    const credential = credentialOf(world, sub, request.credentialId);
    const [, collection = "", id = "", ...rest] = request.path.split("/");
    const pattern = [collection, ...(id === "" ? [] : [":id"]), ...rest].join("/");
    const name = `${request.method} /${pattern}`;
    // Listing webhooks is the only thing that is documented without a 409 (OpenAPI).
    if (!credential.ready && name !== GET_WEBHOOKS) throw new FubRefusal(409, NOT_READY);
    const endpoint = ENDPOINTS[name];
    if (!endpoint) throw notFound();
    return endpoint({ world, credential, query: request.query, id, body: request.body, base });
  } catch (error) {
    if (!(error instanceof FubRefusal)) throw error;
    return { status: error.status, body: { errorMessage: error.message } };
  }
}

/** Another tenant's account is as unknown as one that was never connected. */
function credentialOf(world: RolloutWorld, sub: string, id: string | null): RolloutCredential {
  const found = world.credentials.find((credential) => credential.id === id);
  if (!found || found.consumerKey !== sub) throw new FubRefusal(403, "Invalid credentials.");
  return found;
}
