// The made-up people of the demo brokerage: one for every outcome of the simulator, and the odd cases real accounts have.
import { buildEmail, buildPerson, buildPhone } from "../build-account.ts";
import type { SandboxPerson, SandboxPhone } from "../sandbox-types.ts";

/** User ids in fub-test. */
export const DEMO_USERS = { olive: 1, ann: 2, ben: 3 } as const;

/** What the last two digits of a number lead to stands in the tag. */
const ORDINARY: readonly [number, string, string, string, string, string[]][] = [
  [101, "Nadia", "No-Answer", "(416) 555-0101", "nadia@people.example", ["Buyer"]],
  [102, "Bruno", "Busy", "(416) 555-0102", "bruno@people.example", ["Buyer"]],
  [103, "Vera", "Voicemail", "(416) 555-0103", "vera@people.example", ["Buyer", "Open House"]],
  [104, "Ivan", "Invalid", "(416) 555-0104", "ivan@people.example", ["Seller"]],
  [105, "Nora", "Not-Interested", "(416) 555-0105", "nora@people.example", ["Seller"]],
  [106, "Flo", "Fails-Once", "(416) 555-0106", "flo@people.example", ["Seller"]],
  [107, "Nivia", "Guerra", "+1 647-555-0131", "nivia@people.example", ["Open House"]],
  [108, "Sam", "Okafor", "4165550132", "sam@people.example", ["Open House", "VIP"]],
];

/** All people of fub-test; every other one is Ann's, the rest Ben's, some are shared. */
export function demoPeople(): SandboxPerson[] {
  const people = [...ORDINARY.map(ordinaryPerson), ...phoneCases(), ...otherCases()];
  return people.map((person, index) => ({
    ...person,
    assignedUserId: index % 2 === 0 ? DEMO_USERS.ann : DEMO_USERS.ben,
    collaborators: isShared(person) ? [DEMO_USERS.ann, DEMO_USERS.ben] : [],
  }));
}

/** One for each outcome and the first ordinary one, so that both agents can try all of them, and the VIPs. */
const isShared = ({ id, tags }: SandboxPerson): boolean => id <= 107 || tags.includes("VIP");

function ordinaryPerson([
  id,
  firstName,
  lastName,
  phone,
  email,
  tags,
]: (typeof ORDINARY)[number]): SandboxPerson {
  return buildPerson({
    id,
    firstName,
    lastName,
    tags,
    stage: tags.includes("VIP") ? "Active Client" : "Lead",
    phones: [buildPhone(phone)],
    emails: [buildEmail(email)],
  });
}

function phoneCases(): SandboxPerson[] {
  const withPhones = (
    id: number,
    firstName: string,
    lastName: string,
    phones: SandboxPhone[],
  ): SandboxPerson =>
    buildPerson({
      id,
      firstName,
      lastName,
      phones,
      emails: [buildEmail(`${firstName.toLowerCase()}@people.example`)],
    });
  return [
    withPhones(109, "Paul", "Phoneless", []),
    withPhones(110, "Rita", "Relation", [
      buildPhone("(416) 555-0141", { relationshipId: 423, isPrimary: 0 }),
    ]),
    withPhones(111, "Lars", "Landline", [buildPhone("(416) 555-0142", { type: "home", isLandline: true })]),
    withPhones(112, "Tara", "Twophones", [
      buildPhone("(416) 555-0143"),
      buildPhone("(647) 555-0144", { type: "work", isPrimary: 0 }),
    ]),
    withPhones(113, "Wanda", "Wrong", [
      buildPhone("(416) 555-0145", { status: "Invalid", isLandline: null }),
    ]),
  ];
}

function otherCases(): SandboxPerson[] {
  return [
    buildPerson({
      id: 114,
      firstName: "Boris",
      lastName: "Bounce",
      phones: [buildPhone("(416) 555-0146")],
      emails: [buildEmail("bounce@people.example")],
    }),
    buildPerson({
      id: 115,
      firstName: "Maximiliana-Konstantina Alexandrovna",
      lastName: "von und zu Hohenzollern-Featherstonehaugh-Chatterjee y Villanueva de la Serena",
      phones: [buildPhone("(416) 555-0147")],
      emails: [buildEmail("maximiliana-konstantina.hohenzollern-featherstonehaugh@people.example")],
      tags: ["VIP"],
    }),
    buildPerson({
      id: 116,
      firstName: "ליאורה",
      lastName: "בן־דוד",
      phones: [buildPhone("(416) 555-0148")],
      emails: [buildEmail("liora@people.example")],
      tags: ["Open House"],
    }),
  ];
}
