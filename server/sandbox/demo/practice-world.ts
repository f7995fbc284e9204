// What a rehearsal from the console is set in: the demo's people under the practice brokerage's name, with keys and secrets
// made anew each time, so that nobody who has read these sources can act in it.
import type { TenantSetup } from "../../../shared/setup.schema.ts";
import type { SandboxAccount } from "../sandbox-types.ts";
import { demoSetup } from "./demo-setup.ts";
import { demoWorld } from "./demo-world.ts";

export interface PracticeOptions {
  /** The practice brokerage's slug. */
  readonly slug: string;
  readonly track: "A" | "B";
  /** This many random hex characters. */
  readonly secret: (length: number) => string;
}

export interface PracticeWorld {
  readonly accounts: SandboxAccount[];
  /** The brokerage all set up, as `apply` takes it. */
  readonly tenant: TenantSetup;
  /** What Follow Up Boss shows its admin, to be typed in. */
  readonly values: readonly { readonly label: string; readonly text: string }[];
  /** Pages of the pretend Follow Up Boss worth opening, below its address. */
  readonly pages: readonly { readonly title: string; readonly sentence: string; readonly path: string }[];
}

export function practiceWorld(options: PracticeOptions): PracticeWorld {
  const world = demoWorld();
  const [brokerage, ...solo] = world.accounts;
  const accounts = options.track === "A" ? (brokerage ? [brokerage] : []) : solo;
  const anew = new Map<string, string>();
  for (const account of accounts) renew(account, options, anew);
  const setup = demoSetup(world).tenants?.find((tenant) => tenant.track === options.track);
  const tenant = replaced({ ...setup, domain_name: options.slug }, anew);
  return {
    accounts,
    tenant: { ...tenant, call_management_api_key: `avt_${options.secret(32)}` },
    values: accounts.flatMap((account) => valuesOf(account)),
    pages: accounts.flatMap((account) => pagesOf(account)),
  };
}

/** `anew` gets old → new of every key and secret. */
function renew(account: SandboxAccount, options: PracticeOptions, anew: Map<string, string>): void {
  if (options.track === "A") account.domain = options.slug;
  for (const user of account.users) {
    const key = `fka_${options.secret(36)}`;
    anew.set(user.apiKey, key);
    user.apiKey = key;
  }
  for (const app of account.apps) {
    const secret = options.secret(32);
    anew.set(app.secret, secret);
    app.secret = secret;
    if (options.track === "B") app.query = `domain_name=${options.slug}`;
  }
}

/** The same with every known key and secret exchanged. */
function replaced<T>(value: T, anew: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? (anew.get(inner) ?? inner) : inner,
  );
  return JSON.parse(text) as T;
}

function valuesOf({ name, users, apps }: SandboxAccount): { label: string; text: string }[] {
  return [
    ...users.map((user) => ({
      label: `${name}: API key of ${user.name}${user.isOwner ? " (owner)" : ""}`,
      text: user.apiKey,
    })),
    ...users.map((user) => ({ label: `${name}: phone of ${user.name}`, text: user.phone })),
    ...apps.map((app) => ({ label: `${name}: secret of the app “${app.name}”`, text: app.secret })),
  ];
}

function pagesOf({ name, domain, users, people }: SandboxAccount): PracticeWorld["pages"][number][] {
  const agents = users.filter((user) => users.length === 1 || !user.isOwner);
  return agents.flatMap((user) => {
    const person = people.find(
      (one) => one.assignedUserId === user.id || one.collaborators.includes(user.id),
    );
    const as = `as=${user.id}`;
    const opened = {
      title: `${user.name} looks at a contact`,
      sentence: `In ${name}, with the app beside it.`,
    };
    const list = { title: `${user.name}'s Smart Lists`, sentence: `In ${name}, with the campaign app.` };
    return [
      ...(person ? [{ ...opened, path: `/crm/${domain}/people/${person.id}?${as}` }] : []),
      { ...list, path: `/crm/${domain}/campaign?${as}` },
    ];
  });
}
