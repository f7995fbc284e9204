// /notes and /calls of the pretend Rollout, which are alike, and what can only be read: /users and /smart-lists. Called
// through answer-rollout.
import { z } from "zod";
import { checkBody } from "../fub/check-body.ts";
import { buildRolloutCall, buildRolloutNote } from "./build-rollout.ts";
import { pageRecords } from "./page-records.ts";
import {
  checkReference,
  emptied,
  type RolloutReply,
  type RolloutRequest,
  recordOf,
} from "./rollout-reply.ts";
import type { RolloutCredential } from "./rollout-types.ts";

type Endpoint = (request: RolloutRequest) => RolloutReply;

interface LoggedFields {
  personId?: string | undefined;
  userId?: string | undefined;
}

interface LoggedKind<T extends { id: string; updated: string | null }, F extends LoggedFields> {
  /** Key in the credential, path and body; also the beginning of its events. */
  collection: "notes" | "calls";
  records(credential: RolloutCredential): T[];
  create: z.ZodType<F>;
  update: z.ZodType<LoggedFields>;
  build(fields: F, own: { id: string; created: string }): T;
}

const noteBody = z.strictObject({
  personId: z.string(),
  subject: z.string().exactOptional(),
  body: z.string().exactOptional(),
  isHtml: z.boolean().exactOptional(),
});
const callBody = z.strictObject({
  personId: z.string(),
  phone: z.string(),
  isIncoming: z.boolean(),
  userId: z.string().exactOptional(),
  note: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
  duration: z.number().exactOptional(),
  toNumber: z.string().exactOptional(),
  fromNumber: z.string().exactOptional(),
  recordingUrl: z.string().exactOptional(),
});

/** No note says who wrote it: the API takes no user. */
export const noteEndpoints = loggedEndpoints({
  collection: "notes",
  records: ({ notes }) => notes,
  create: noteBody,
  update: noteBody.partial(),
  build: (fields, own) => buildRolloutNote({ ...fields, ...own }),
});

/** `outcome` is any text. */
export const callEndpoints = loggedEndpoints({
  collection: "calls",
  records: ({ calls }) => calls,
  create: callBody,
  update: callBody.partial(),
  build: (fields, own) => buildRolloutCall({ ...fields, ...own }),
});

export const userEndpoints = {
  list: (request: RolloutRequest) => pageRecords(request, "users", request.credential.users),
  get: ({ credential, id }: RolloutRequest) => ({ status: 200, body: recordOf(credential.users, id) }),
};

export const listSmartLists: Endpoint = (request) =>
  pageRecords(request, "smart-lists", request.credential.smartLists);

/** What was not opted in to is taken and passed on, but neither read back nor told (not documented, assumed). */
function loggedEndpoints<T extends { id: string; updated: string | null }, F extends LoggedFields>(
  kind: LoggedKind<T, F>,
): Record<"list" | "get" | "post" | "put" | "delete", Endpoint> {
  const { collection } = kind;
  const visible = (credential: RolloutCredential): T[] =>
    credential.entities[collection] ? kind.records(credential) : [];
  const tell = ({ world, credential }: RolloutRequest, what: string, id: string): void => {
    if (credential.entities[collection])
      world.dispatcher.tell({ credential, event: `${collection}${what}`, resourceIds: [id] });
  };
  const check = ({ people, users }: RolloutCredential, { personId, userId }: LoggedFields): void => {
    checkReference(people, "personId", personId);
    checkReference(users, "userId", userId);
  };
  return {
    list: (request) => pageRecords(request, collection, visible(request.credential)),
    get: ({ credential, id }) => ({ status: 200, body: recordOf(visible(credential), id) }),
    post: (request) => {
      const { world, credential, body } = request;
      const fields = checkBody(kind.create, body);
      check(credential, fields);
      const made = kind.build(fields, { id: world.newId(), created: world.stamp() });
      kind.records(credential).push(made);
      tell(request, "Created", made.id);
      return { status: 201, body: made };
    },
    put: (request) => {
      const found = recordOf(visible(request.credential), request.id);
      const fields = checkBody(kind.update, request.body);
      check(request.credential, fields);
      Object.assign(found, fields, { updated: request.world.stamp() });
      tell(request, "Updated", found.id);
      return { status: 200, body: found };
    },
    delete: (request) => {
      const found = recordOf(visible(request.credential), request.id);
      const records = kind.records(request.credential);
      records.splice(records.indexOf(found), 1);
      tell(request, "Deleted", found.id);
      return emptied;
    },
  };
}
