// What becomes different when a brokerage changes its track: told before it is done, changed by nobody here.
import type { TrackChange } from "../../../shared/console/guide.schema.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import type { AdminDeps } from "../admin-deps.ts";
import { BROKERAGE, type KnownKeys, knownKeys } from "../known-keys.ts";

const KEEPS = [
  "The agents, their phones and their keys.",
  "The apps' secrets, the tags, the channels and every other setting.",
  "Everything that was started and written so far.",
];

/** @throws GatewayError tenant_not_found. */
export async function sayTrackChange(deps: AdminDeps, slug: string, to: "A" | "B"): Promise<TrackChange> {
  const tenant = deps.settings.tenant(slug);
  if (!tenant) throw new GatewayError("tenant_not_found");
  const from = tenant.track;
  if (from === to)
    return { from, to, changes: ["Nothing: this is the brokerage's track."], todo: [], keeps: KEEPS };
  const keys = await knownKeys(deps, slug);
  return { from, to, keeps: KEEPS, ...(to === "B" ? toB(tenant, keys) : toA(tenant, keys)) };
}

type Said = Pick<TrackChange, "changes" | "todo">;

function toB(tenant: Readonly<TenantSettings>, keys: KnownKeys): Said {
  const slug = tenant.domain_name;
  const without = tenant.users.filter(({ id }) => !keys.has(id)).map(({ name, id }) => name || id);
  return {
    changes: [
      `The addresses of both apps end with ?domain_name=${slug}; those registered without it find the brokerage only if the account's domain is “${slug}”.`,
      "Every agent works in a Follow Up Boss account of their own; contacts and Smart Lists are not shared.",
      "Every agent needs a key of their own. Whoever has none is not let in from their own account.",
      "Webhooks are registered in each agent's account, each under an address of its own.",
    ],
    todo: [
      ...(without.length > 0 ? [`Enter their own API key for ${without.join(", ")}.`] : []),
      "Let each agent add both apps in their own Follow Up Boss, with the new addresses.",
      "Enter the secrets Follow Up Boss shows for each agent's apps.",
      "Register the webhooks again, if tags start outreach.",
      "Run the checks of Track B.",
    ],
  };
}

function toA(tenant: Readonly<TenantSettings>, keys: KnownKeys): Said {
  const slug = tenant.domain_name;
  const brokerage = keys.get(BROKERAGE)?.identity;
  const foreign = tenant.users.filter(({ id }) => {
    const own = keys.get(id)?.identity;
    return own && own.account_id !== brokerage?.account_id;
  });
  const names = foreign.map(({ name, id }) => name || id).join(", ");
  return {
    changes: [
      "The whole team works in one Follow Up Boss account and shares its contacts.",
      `The addresses of both apps no longer name the brokerage: the account's domain must be “${slug}”.`,
      "Webhooks are registered in the brokerage's account only.",
      ...(foreign.length > 0
        ? [
            `${names} still ${foreign.length === 1 ? "has a key" : "have keys"} of another account, which goes on being used for them.`,
          ]
        : []),
    ],
    todo: [
      ...(keys.has(BROKERAGE) ? [] : ["Enter the brokerage's API key and run Test connection."]),
      ...(brokerage && brokerage.account_domain?.toLowerCase() !== slug
        ? [`Set the account's domain to “${slug}”; now it is “${brokerage.account_domain ?? "unknown"}”.`]
        : []),
      "Register both apps once in the brokerage's Follow Up Boss, and enter their secrets.",
      ...(foreign.length > 0 ? [`Remove or replace the keys of ${names}.`] : []),
      "Register the webhooks again, if tags start outreach.",
      "Run the checks of Track A.",
    ],
  };
}
