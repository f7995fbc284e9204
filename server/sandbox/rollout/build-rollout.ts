// Fills in what most tests and the demo do not care about, in the shapes of Rollout's API. Used by the demo world, by the
// endpoints that create records, and by tests.
import { fixedHex } from "../build-account.ts";
import type {
  RolloutCall,
  RolloutContactPoint,
  RolloutCredential,
  RolloutNote,
  RolloutPerson,
  RolloutSmartList,
  RolloutUser,
} from "./rollout-types.ts";

const EARLY = "2026-03-02T15:04:05.000Z";

/** The same UUID text for the same seed. */
export function fixedUuid(seed: string): string {
  const hex = fixedHex(`uuid ${seed}`, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const record = () => ({ created: EARLY, updated: null, originalIds: {}, original: {} });

/** A ready account of tenant `fub-test` with both optional kinds of record, and nothing in it. */
export function buildRolloutCredential(
  given: Pick<RolloutCredential, "id"> & Partial<RolloutCredential>,
): RolloutCredential {
  return {
    consumerKey: "fub-test",
    appKey: "followupboss",
    ready: true,
    entities: { calls: true, notes: true },
    users: [],
    people: [],
    calls: [],
    notes: [],
    smartLists: [],
    webhooks: [],
    ...given,
  };
}

/** `name` follows from first and last name, `stageId` from the stage. */
export function buildRolloutPerson(given: Pick<RolloutPerson, "id"> & Partial<RolloutPerson>): RolloutPerson {
  const person = {
    ...record(),
    name: "",
    firstName: "",
    lastName: "",
    assignedUserId: null,
    officeId: null,
    stage: "Lead",
    stageId: "",
    tags: [],
    addresses: [],
    emails: [],
    phones: [],
    source: "",
    averageBeds: null,
    averagePrice: null,
    birthday: null,
    lastActivity: null,
    lastActivityType: "",
    contactTypes: [],
    jobTitle: "",
    companyName: "",
    communicationsConsent: {},
    ...given,
  };
  return derivePerson(person);
}

/** The same person with the fields that follow from others put right. */
export function derivePerson(person: RolloutPerson): RolloutPerson {
  person.name = `${person.firstName} ${person.lastName}`.trim();
  person.stageId = fixedUuid(`stage ${person.stage}`);
  return person;
}

export function buildRolloutUser(given: Pick<RolloutUser, "id"> & Partial<RolloutUser>): RolloutUser {
  return {
    ...record(),
    firstName: "",
    lastName: "",
    email: "",
    phone: "",
    role: "Agent",
    status: "Active",
    timezone: "America/Toronto",
    teamId: null,
    address: null,
    username: given.email ?? "",
    type: "",
    offices: [],
    ...given,
  };
}

export function buildRolloutNote(given: Pick<RolloutNote, "id"> & Partial<RolloutNote>): RolloutNote {
  return { ...record(), personId: null, subject: "", body: "", isHtml: false, ...given };
}

export function buildRolloutCall(given: Pick<RolloutCall, "id"> & Partial<RolloutCall>): RolloutCall {
  return {
    ...record(),
    personId: null,
    userId: null,
    phone: "",
    note: "",
    isIncoming: false,
    outcome: "",
    duration: null,
    toNumber: null,
    fromNumber: null,
    recordingUrl: null,
    ...given,
  };
}

/** A list of everyone with a tag. */
export function buildRolloutSmartList(id: string, name: string, tag: string): RolloutSmartList {
  return {
    ...record(),
    id,
    name,
    description: "",
    isFub2: true,
    shared: true,
    userId: null,
    conditions: [[{ fld: "tags", opr: "include any of", num: null, unit: "", val: [tag] }]],
    sortBy: "",
    columns: [],
    sharedWith: { userIds: [], teamIds: [] },
  };
}

/** Mobile unless said otherwise. Which one is primary is often not known. */
export function buildRolloutPhone(
  value: string,
  given: Partial<RolloutContactPoint> = {},
): RolloutContactPoint {
  return { value, type: "mobile", status: "Valid", isPrimary: null, ...given };
}

export function buildRolloutEmail(
  value: string,
  given: Partial<RolloutContactPoint> = {},
): RolloutContactPoint {
  return { value, type: "home", status: "Valid", isPrimary: null, ...given };
}
