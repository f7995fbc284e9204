// /webhooks of the pretend Rollout: each belongs to one connected account and to one event; as many as one likes. Called
// through answer-rollout.
import { z } from "zod";
import { checkBody } from "../fub/check-body.ts";
import { badRequest } from "../fub/fub-reply.ts";
import { pageRecords } from "./page-records.ts";
import { emptied, type RolloutReply, type RolloutRequest, recordOf } from "./rollout-reply.ts";

const ENTITIES = [
  "people",
  "notes",
  "calls",
  "textMessages",
  "emailMessages",
  "events",
  "tasks",
  "appointments",
  "users",
  "teams",
  "lists",
  "customFields",
];
/** Nothing finer than these: peopleStageUpdated, for one, is not there (vendor docs, how to use webhooks). */
const EVENTS = new Set([
  ...ENTITIES.flatMap((entity) => ["Created", "Updated", "Deleted"].map((what) => `${entity}${what}`)),
  "peopleTagsCreated",
]);

const filters = z.record(z.string(), z.strictObject({ equals: z.string() }));
const createBody = z.strictObject({ url: z.string(), event: z.string(), filters: filters.default({}) });
const updateBody = z.strictObject({
  url: z.string().exactOptional(),
  event: z.string().exactOptional(),
  filters: filters.exactOptional(),
});

export function listWebhooks(request: RolloutRequest): RolloutReply {
  return pageRecords(request, "webhooks", request.credential.webhooks);
}

export function postWebhook({ world, credential, body }: RolloutRequest): RolloutReply {
  const fields = checkBody(createBody, body);
  check(fields);
  const webhook = { id: world.newId(), status: "Active" as const, ...fields };
  credential.webhooks.push(webhook);
  return { status: 201, body: webhook };
}

/** There is no way to set the status. */
export function putWebhook({ credential, id, body }: RolloutRequest): RolloutReply {
  const webhook = recordOf(credential.webhooks, id);
  const fields = checkBody(updateBody, body);
  check(fields);
  return { status: 200, body: Object.assign(webhook, fields) };
}

export function deleteWebhook({ credential, id }: RolloutRequest): RolloutReply {
  const webhook = recordOf(credential.webhooks, id);
  credential.webhooks = credential.webhooks.filter((other) => other !== webhook);
  return emptied;
}

function check({ url, event }: { url?: string; event?: string }): void {
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw badRequest("Invalid value for field: url.");
  if (event !== undefined && !EVENTS.has(event)) throw badRequest("Invalid value for field: event.");
}
