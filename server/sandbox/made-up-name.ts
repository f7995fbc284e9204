// First and last names for people nobody needs to know. Used by grow-list.
import type { SandboxPerson } from "./sandbox-types.ts";

const FIRST = [
  ...["Amara", "Ben", "Chloe", "Diego", "Elena", "Farid", "Grace", "Hiro", "Imani", "Jonas", "Kavya", "Liam"],
  ...["Maya", "Noor", "Oscar", "Priya", "Quinn", "Rosa", "Samir", "Talia", "Uma", "Victor", "Wei", "Xenia"],
  ...["Yusuf", "Zoe", "Anton", "Bianca", "Cyril", "Delphine", "Emeka", "Fiona", "Goran", "Hana", "Isaac"],
];
const LAST = [
  ...[
    "Abbott",
    "Bianchi",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fournier",
    "Gupta",
    "Haddad",
    "Ivanov",
    "Jensen",
  ],
  ...["Kowalski", "Lindqvist", "Marsh", "Nakamura", "Oyelaran", "Petrov", "Quigley", "Rahman", "Silva"],
  ...["Tremblay", "Ueda", "Vargas", "Whitfield", "Xu", "Yilmaz", "Zimmer", "Adeyemi", "Brandt", "Coleman"],
];

/** The same name for the same id; 1,015 different ones. */
export function madeUpName(id: number): Pick<SandboxPerson, "firstName" | "lastName"> {
  return {
    firstName: FIRST[id % FIRST.length] ?? "",
    lastName: LAST[id % LAST.length] ?? "",
  };
}
