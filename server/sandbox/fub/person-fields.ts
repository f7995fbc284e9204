// The fields a person may be written with, and how they are stored. Used by POST/PUT /people and POST /events.
import { z } from "zod";
import type { Flag, SandboxAccount, SandboxEmail, SandboxPerson, SandboxPhone } from "../sandbox-types.ts";
import { flagField, idField } from "./check-body.ts";
import { badRequest } from "./fub-reply.ts";
import { normalizePhone } from "./normalize-phone.ts";

const phoneItem = z.object({
  value: z.string().min(1),
  type: z.string().optional(),
  status: z.string().optional(),
  isPrimary: flagField.optional(),
  isLandline: z.boolean().nullish(),
  relationshipId: z.int().optional(),
});
const emailItem = z.object({
  value: z.string().min(1),
  type: z.string().optional(),
  status: z.string().optional(),
  isPrimary: flagField.optional(),
});

/** Plain strings in `emails` were accepted on the wire, but nothing says they were kept: here they are not. */
const listOf = <S extends z.ZodType>(item: S) => z.array(z.union([z.string(), item]));

export const personFields = {
  name: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  stage: z.string().optional(),
  stageId: idField.optional(),
  source: z.string().optional(),
  sourceUrl: z.string().optional(),
  contacted: flagField.optional(),
  price: z.number().nullish(),
  background: z.string().optional(),
  timeframeId: idField.nullish(),
  assignedTo: z.string().optional(),
  assignedUserId: idField.nullish(),
  assignedPondId: idField.nullish(),
  assignedLenderName: z.string().nullish(),
  assignedLenderId: idField.nullish(),
  emails: listOf(emailItem).optional(),
  phones: listOf(phoneItem).optional(),
  addresses: z.array(z.record(z.string(), z.unknown())).optional(),
  tags: z.array(z.string()).optional(),
  collaborators: z.array(z.looseObject({ id: idField })).optional(),
};
const personObject = z.strictObject(personFields);
export type PersonFields = z.output<typeof personObject>;

/** What of `given` changes a stored person; lists stand for the whole list. */
export function personChanges(account: SandboxAccount, given: PersonFields): Partial<SandboxPerson> {
  const assignedUserId = assignee(account, given);
  return {
    ...nameChanges(given),
    ...(given.stage !== undefined && { stage: given.stage }),
    ...(given.contacted !== undefined && { contacted: flag(given.contacted) }),
    ...(given.price !== undefined && { price: given.price }),
    ...(given.background !== undefined && { background: given.background }),
    ...(assignedUserId !== undefined && { assignedUserId }),
    ...(given.emails && { emails: storedEmails(given.emails) }),
    ...(given.phones && { phones: storedPhones(given.phones) }),
    ...(given.addresses && { addresses: given.addresses }),
    ...(given.tags && { tags: [...new Set(given.tags)] }),
    ...(given.collaborators && { collaborators: given.collaborators.map(({ id }) => id) }),
  };
}

function nameChanges({ name, firstName, lastName }: PersonFields): Partial<SandboxPerson> {
  const [first = "", ...rest] = name?.trim().split(/\s+/) ?? [];
  const split = name === undefined ? {} : { firstName: first, lastName: rest.join(" ") };
  return {
    ...split,
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
  };
}

function assignee(account: SandboxAccount, given: PersonFields): number | null | undefined {
  if (given.assignedUserId !== undefined) {
    const known =
      given.assignedUserId === null || account.users.some(({ id }) => id === given.assignedUserId);
    if (!known) throw badRequest("Invalid value for field: assignedUserId.");
    return given.assignedUserId;
  }
  if (given.assignedTo === undefined) return undefined;
  const agent = account.users.find(({ name }) => name === given.assignedTo);
  if (!agent) throw badRequest("Invalid value for field: assignedTo.");
  return agent.id;
}

/** The first item is primary (vendor docs, people). */
export function storedPhones(items: readonly (string | z.output<typeof phoneItem>)[]): SandboxPhone[] {
  const kept = items.filter((item) => typeof item !== "string");
  return kept.map((item, index) => ({
    value: item.value,
    type: item.type ?? "mobile",
    status: item.status ?? "Not Validated",
    isPrimary: flag(index === 0),
    normalized: normalizePhone(item.value),
    isLandline: item.isLandline ?? null,
    relationshipId: item.relationshipId ?? 0,
  }));
}

export function storedEmails(items: readonly (string | z.output<typeof emailItem>)[]): SandboxEmail[] {
  const kept = items.filter((item) => typeof item !== "string");
  return kept.map((item, index) => ({
    value: item.value,
    type: item.type ?? "home",
    status: item.status ?? "Not Validated",
    isPrimary: flag(index === 0),
  }));
}

const flag = (value: boolean): Flag => (value ? 1 : 0);
