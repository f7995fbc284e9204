// The connected account the demo and tests run on: a brokerage whose CRM is reached through Rollout.
import {
  buildRolloutCredential,
  buildRolloutEmail,
  buildRolloutPerson,
  buildRolloutPhone,
  buildRolloutSmartList,
  buildRolloutUser,
  fixedUuid,
} from "./build-rollout.ts";
import type { RolloutOptions, RolloutPerson, RolloutUser } from "./rollout-types.ts";

export interface RolloutDemo {
  /** For `createSandbox({ rollout })`; clientId and clientSecret are in it. */
  options: RolloutOptions & { clientId: string; clientSecret: string };
  credentialId: string;
  /** `sub` of its tokens. */
  consumerKey: string;
  users: { olive: string; ann: string; ben: string };
  /** The numbers of the first five end as the simulator wants it for what they are named; the others are ordinary or odd. */
  people: {
    noAnswer: string;
    busy: string;
    voicemail: string;
    invalid: string;
    notInterested: string;
    nivia: string;
    sam: string;
    twoPhones: string;
    noPhone: string;
    noConsent: string;
  };
}

/** The same world every time; nothing in it is anybody's. `consumerKey` is the tenant's slug unless given. */
export function rolloutWorld(consumerKey = "fub-test"): RolloutDemo {
  const id = (name: string): string => fixedUuid(`rollout ${consumerKey} ${name}`);
  const users = { olive: id("olive"), ann: id("ann"), ben: id("ben") };
  const people = {
    noAnswer: id("no answer"),
    busy: id("busy"),
    voicemail: id("voicemail"),
    invalid: id("invalid"),
    notInterested: id("not interested"),
    nivia: id("nivia"),
    sam: id("sam"),
    twoPhones: id("two phones"),
    noPhone: id("no phone"),
    noConsent: id("no consent"),
  };
  const credential = buildRolloutCredential({
    id: id("credential"),
    consumerKey,
    users: demoUsers(users),
    people: demoPeople(people, users),
    smartLists: [buildRolloutSmartList(id("open house"), "Open House", "Open House")],
  });
  return {
    options: {
      clientId: "rollout-client",
      clientSecret: "rollout-secret-0123456789abcdef",
      credentials: [credential],
    },
    credentialId: credential.id,
    consumerKey,
    users,
    people,
  };
}

/** Numbers as their agents typed them; the same as those of the practice Follow Up Boss. */
function demoUsers({ olive, ann, ben }: RolloutDemo["users"]): RolloutUser[] {
  const user = (id: string, firstName: string, lastName: string, phone: string, role: string): RolloutUser =>
    buildRolloutUser({
      id,
      firstName,
      lastName,
      phone,
      role,
      email: `${firstName}@fub-test.example`.toLowerCase(),
    });
  return [
    user(olive, "Olive", "Owner", "(416) 555-0100", "Broker"),
    user(ann, "Ann", "One", "(416) 555-0111", "Agent"),
    user(ben, "Ben", "Two", "(416) 555-0122", "Agent"),
  ];
}

function demoPeople(ids: RolloutDemo["people"], { ann, ben }: RolloutDemo["users"]): RolloutPerson[] {
  const person = (
    id: string,
    name: [string, string],
    phones: string[],
    tags: string[] | null,
    given: Partial<RolloutPerson> = {},
  ): RolloutPerson =>
    buildRolloutPerson({
      id,
      firstName: name[0],
      lastName: name[1],
      assignedUserId: ann,
      phones: phones.map((phone) => buildRolloutPhone(phone)),
      emails: [buildRolloutEmail(`${name[0].toLowerCase()}@clients.example`)],
      tags,
      ...given,
    });
  const twoPhones = [
    buildRolloutPhone("(647) 555-0144", { type: "work", isPrimary: false }),
    buildRolloutPhone("(416) 555-0143", { isPrimary: true }),
  ];
  return [
    person(ids.noAnswer, ["Nadia", "No-Answer"], ["(416) 555-0101"], ["Buyer"]),
    person(ids.busy, ["Bruno", "Busy"], ["(416) 555-0102"], ["Buyer"], { assignedUserId: ben }),
    person(ids.voicemail, ["Vera", "Voicemail"], ["4165550103"], ["Buyer", "Open House"]),
    person(ids.invalid, ["Ivan", "Invalid"], ["+1 416-555-0104"], ["Seller"], { assignedUserId: ben }),
    person(ids.notInterested, ["Nora", "Not-Interested"], ["(416) 555-0105"], ["Seller"]),
    person(ids.nivia, ["Nivia", "Guerra"], ["+16475550131"], ["Open House"]),
    person(ids.sam, ["Sam", "Okafor"], ["4165550132"], ["Open House", "VIP"], { assignedUserId: ben }),
    person(ids.twoPhones, ["Tara", "Twophones"], [], null, { phones: twoPhones }),
    person(ids.noPhone, ["Paul", "Phoneless"], [], null, { assignedUserId: null }),
    person(ids.noConsent, ["Connie", "No-Consent"], ["(416) 555-0145"], ["Buyer"], {
      communicationsConsent: { call: false, text: false, email: true },
    }),
  ];
}
