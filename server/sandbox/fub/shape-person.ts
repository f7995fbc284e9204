// A person as Follow Up Boss answers it today (sample person-by-id-live-2026). Used by people and events.
import type { SandboxAccount, SandboxPerson, SandboxPhone } from "../sandbox-types.ts";
import type { FubRequest } from "./fub-reply.ts";
import { isReachable } from "./visible-people.ts";

export const STAGE_IDS: Readonly<Record<string, number>> = {
  Lead: 2,
  "Active Client": 12,
  Closed: 8,
  Trash: 11,
};

/** Keys that come only when asked for through `fields`. */
type Shape = Record<string, unknown>;

/** The full object; `fields` picks from it, `id` is always there, custom fields only when asked for. */
export function shapePerson(request: FubRequest, person: SandboxPerson, fields?: string): Shape {
  const { account } = request.caller;
  const settled = isReachable(request, person);
  const base: Shape = {
    id: person.id,
    created: person.created,
    updated: person.updated,
    createdVia: person.createdVia,
    lastActivity: person.updated,
    name: personName(person),
    firstName: person.firstName,
    lastName: person.lastName,
    stage: person.trashed ? "Trash" : person.stage,
    stageId: STAGE_IDS[person.trashed ? "Trash" : person.stage] ?? 20,
    type: "Buyer",
    source: person.source,
    sourceId: 20,
    sourceUrl: person.sourceUrl,
    leadFlowId: null,
    delayed: settled ? false : null,
    contacted: person.contacted,
    price: person.price,
    ...assignment(account, person),
    // A person just made comes without lists at first (sample person-just-created-live-2026).
    tags: settled ? [...person.tags] : [],
    emails: settled
      ? person.emails.map(({ value, type, status, isPrimary }) => ({ value, type, status, isPrimary }))
      : [],
    phones: settled ? person.phones.map(shapePhone) : [],
    addresses: person.addresses,
    picture: null,
    socialData: [],
    websiteVisits: 0,
    timeframeId: null,
    timeframeUpdated: null,
    timeframeStatus: null,
    timeframeDateRange: null,
    claimed: person.claimed,
    dealStatus: null,
    dealStage: null,
    dealName: null,
    dealCloseDate: null,
    dealPrice: null,
    firstToClaimOffer: false,
    collaborators: collaborators(account, person),
    teamLeaders: [],
    pondMembers: [],
  };
  return pickFields(base, person, fields);
}

export const personName = ({ firstName, lastName }: SandboxPerson): string =>
  `${firstName} ${lastName}`.trim();

function pickFields(base: Shape, person: SandboxPerson, fields: string | undefined): Shape {
  if (!fields) return base;
  const wanted = fields.split(",").map((field) => field.trim());
  const all = wanted.includes("allFields");
  const onRequest: Shape = { ...base, background: person.background, relationships: [] };
  const picked = Object.entries(onRequest).filter(([name]) => name === "id" || all || wanted.includes(name));
  const custom = Object.entries(person.custom).filter(
    ([name]) => all || wanted.includes("allCustom") || wanted.includes(name),
  );
  return Object.fromEntries([...picked, ...custom]);
}

function assignment(account: SandboxAccount, person: SandboxPerson): Shape {
  const agent = account.users.find(({ id }) => id === person.assignedUserId);
  return {
    assignedLenderId: null,
    assignedLenderName: null,
    assignedUserId: person.assignedUserId,
    assignedPondId: null,
    assignedTo: agent?.name ?? "",
  };
}

function shapePhone(phone: SandboxPhone): Shape {
  const { relationshipId, ...rest } = phone;
  const shaped = { ...rest, isOnboardingNumber: false };
  return relationshipId === 0 ? shaped : { ...shaped, relationshipId };
}

function collaborators(account: SandboxAccount, person: SandboxPerson): Shape[] {
  const ids = [person.assignedUserId, ...person.collaborators];
  return [...new Set(ids)].flatMap((id) => {
    const user = account.users.find((candidate) => candidate.id === id);
    return user
      ? [{ id: user.id, name: user.name, assigned: user.id === person.assignedUserId, role: user.role }]
      : [];
  });
}
