// /people of the pretend Rollout: search, create, change, tags. Called through answer-rollout.
import { z } from "zod";
import { checkBody } from "../fub/check-body.ts";
import { badRequest } from "../fub/fub-reply.ts";
import { normalizePhone } from "../fub/normalize-phone.ts";
import { buildRolloutPerson } from "./build-rollout.ts";
import {
  addRolloutPerson,
  changeRolloutPeople,
  deleteRolloutPeople,
  withTags,
} from "./change-rollout-people.ts";
import { pageRecords } from "./page-records.ts";
import { readPersonFields } from "./person-body.ts";
import {
  checkReference,
  emptied,
  type RolloutReply,
  type RolloutRequest,
  recordOf,
} from "./rollout-reply.ts";
import type { RolloutPerson } from "./rollout-types.ts";

const tagsBody = z.strictObject({ tags: z.array(z.string()) });

/**
 * Oldest first; filters combine (vendor docs, how to search for people). Parameters they do not name are not looked at,
 * the `ids` of webhooks included: then everybody comes.
 */
export function listPeople(request: RolloutRequest): RolloutReply {
  const { email, phone, tags } = request.query;
  const found = request.credential.people.filter(
    (person) =>
      (email === undefined || person.emails.some(({ value }) => value === email)) &&
      (phone === undefined || hasPhone(person, phone)) &&
      (tags === undefined || (person.tags ?? []).includes(tags)),
  );
  return pageRecords(request, "people", found);
}

/** Bare digits, as in the vendor's sample; another spelling finds nobody. */
const hasPhone = ({ phones }: RolloutPerson, digits: string): boolean =>
  phones.some(({ value }) => normalizePhone(value) === digits);

export function getPerson({ credential, id }: RolloutRequest): RolloutReply {
  return { status: 200, body: recordOf(credential.people, id) };
}

/** Never looks whether somebody like that is there already. */
export function postPerson({ world, credential, body }: RolloutRequest): RolloutReply {
  const fields = readPersonFields(body, "create");
  checkReference(credential.users, "assignedUserId", fields.assignedUserId);
  const person = buildRolloutPerson({ ...fields, id: world.newId(), created: world.stamp() });
  addRolloutPerson(world, credential, person);
  return { status: 201, body: person };
}

/** `tags` replace those that are there unless `mergeTags=true`; other lists are always replaced. */
export function putPerson({ world, credential, id, body, query }: RolloutRequest): RolloutReply {
  const person = recordOf(credential.people, id);
  const merge = readFlag("mergeTags", query.mergeTags);
  const fields = readPersonFields(body, "update");
  checkReference(credential.users, "assignedUserId", fields.assignedUserId);
  changeRolloutPeople(world, credential, [person], () => {
    const tags = fields.tags && merge ? withTags(person.tags, fields.tags) : fields.tags;
    Object.assign(person, fields, tags && { tags });
  });
  return { status: 200, body: person };
}

export function deletePerson({ world, credential, id }: RolloutRequest): RolloutReply {
  recordOf(credential.people, id);
  deleteRolloutPeople(world, credential, [id]);
  return emptied;
}

export function applyTags(request: RolloutRequest): RolloutReply {
  return changeTags(request, (own, tags) => withTags(own, tags));
}

/** Case counts. Tags that are not there are no error. */
export function deleteTags(request: RolloutRequest): RolloutReply {
  return changeTags(request, (own, tags) => own?.filter((tag) => !tags.includes(tag)) ?? null);
}

function changeTags(
  { world, credential, id, body }: RolloutRequest,
  change: (own: string[] | null, tags: string[]) => string[] | null,
): RolloutReply {
  const person = recordOf(credential.people, id);
  const { tags } = checkBody(tagsBody, body);
  changeRolloutPeople(world, credential, [person], () => {
    person.tags = change(person.tags, tags);
  });
  return emptied;
}

function readFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw badRequest(`Invalid value for parameter: ${name}.`);
}
