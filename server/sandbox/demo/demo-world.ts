// The accounts the demo and the flow tests run on: one brokerage (Track A) and two agents with accounts of their own (Track B).
import { buildAccount, buildEmail, buildPerson, buildPhone, buildUser, fixedHex } from "../build-account.ts";
import type { SandboxAccount, SandboxApp, SandboxSmartList, SandboxUser } from "../sandbox-types.ts";
import { growDemoLists } from "./demo-lists.ts";
import { DEMO_USERS, demoPeople } from "./demo-people.ts";

/** Keys and secrets of one Follow Up Boss account. */
export interface DemoAccountKeys {
  ownerKey: string;
  embedSecret: string;
  campaignSecret: string;
}

export interface DemoKeys {
  fubTest: DemoAccountKeys & { annKey: string; benKey: string };
  cara: DemoAccountKeys;
  dev: DemoAccountKeys;
}

export interface DemoWorld {
  accounts: SandboxAccount[];
  keys: DemoKeys;
}

/** The same world every time; nothing in it is anybody's. */
export function demoWorld(): DemoWorld {
  const fubTest = brokerage();
  const cara = soloAccount(7002, "solo-cara", "Cara", "Chen", "(416) 555-0133");
  const dev = soloAccount(7003, "solo-dev", "Dev", "Patel", "647.555.0144");
  const key = (id: number): string => fubTest.users.find((user) => user.id === id)?.apiKey ?? "";
  return {
    accounts: [fubTest, cara, dev],
    keys: {
      fubTest: { ...accountKeys(fubTest), annKey: key(DEMO_USERS.ann), benKey: key(DEMO_USERS.ben) },
      cara: accountKeys(cara),
      dev: accountKeys(dev),
    },
  };
}

function brokerage(): SandboxAccount {
  const domain = "fub-test";
  const account = buildAccount({
    id: 7001,
    domain,
    name: "Maple Street Realty",
    users: [
      buildUser(domain, {
        id: DEMO_USERS.olive,
        firstName: "Olive",
        lastName: "Owner",
        phone: "(416) 555-0100",
        role: "Broker",
        isOwner: true,
        isAdmin: true,
      }),
      buildUser(domain, { id: DEMO_USERS.ann, firstName: "Ann", lastName: "One", phone: "(416) 555-0111" }),
      buildUser(domain, { id: DEMO_USERS.ben, firstName: "Ben", lastName: "Two", phone: "(416) 555-0122" }),
    ],
    people: demoPeople(),
    smartLists: [
      smartList(11, "All Buyers", { tag: "Buyer" }, { isFub2: false, description: "Classic list" }),
      smartList(12, "Active Clients", { stage: "Active Client" }, { isFub2: false }),
      smartList(21, "Everyone", {}, { description: "The whole brokerage" }),
      smartList(22, "Open House", { tag: "Open House" }),
      smartList(23, "One of each outcome", { personIds: [101, 102, 103, 104, 105, 106, 107] }),
      smartList(24, "Nobody yet", { tag: "No such tag" }),
      smartList(25, "Ann's own list", { tag: "VIP" }, { shared: false, createdById: DEMO_USERS.ann }),
    ],
    apps: demoApps(domain),
  });
  growDemoLists(account);
  return account;
}

/** One agent who owns an account; its people ids 1 to 3 exist in the other agent's account as well. */
function soloAccount(
  id: number,
  domain: string,
  firstName: string,
  lastName: string,
  phone: string,
): SandboxAccount {
  const owner: SandboxUser = buildUser(domain, {
    id: 1,
    firstName,
    lastName,
    phone,
    role: "Broker",
    isOwner: true,
    isAdmin: true,
  });
  const ending = id % 10;
  const names = ["Avery", "Blake", "Casey"];
  return buildAccount({
    id,
    domain,
    name: `${firstName} ${lastName} Homes`,
    users: [owner],
    people: names.map((name, index) =>
      buildPerson({
        id: index + 1,
        firstName: name,
        lastName: `of ${firstName}`,
        phones: [buildPhone(`(905) 555-01${ending}${index + 7}`)],
        emails: [buildEmail(`${name.toLowerCase()}.${domain}@people.example`)],
        tags: ["Sphere"],
      }),
    ),
    smartLists: [smartList(1, "My sphere", { tag: "Sphere" }, { createdById: 1 })],
    apps: demoApps(domain, "domain_name=fub-solo"),
  });
}

/** Follow Up Boss gives each app its own secret. */
function demoApps(domain: string, query?: string): SandboxApp[] {
  const app = (name: string, kind: SandboxApp["kind"]): SandboxApp => ({
    name,
    kind,
    path: `/integration/followupboss/${kind}`,
    secret: fixedHex(`${kind} app of ${domain}`, 32),
    ...(query !== undefined && { query }),
  });
  return [app("Aventora", "embed"), app("Aventora Campaign", "campaign")];
}

function smartList(
  id: number,
  name: string,
  members: SandboxSmartList["members"],
  given: Partial<SandboxSmartList> = {},
): SandboxSmartList {
  return { id, name, members, isFub2: true, description: null, shared: true, createdById: 1, ...given };
}

function accountKeys(account: SandboxAccount): DemoAccountKeys {
  const secret = (kind: SandboxApp["kind"]): string =>
    account.apps.find((app) => app.kind === kind)?.secret ?? "";
  const owner = account.users.find((user) => user.isOwner);
  return {
    ownerKey: owner?.apiKey ?? "",
    embedSecret: secret("embed"),
    campaignSecret: secret("campaign"),
  };
}
