// Does a setup fit what is already there? Checks the settings as they would become: shared phones, channels without a
// Hub, addresses that lead back here or into a private network, values the environment fixes. Pure; called by apply-setup.
import type {
  PlatformSettings,
  Settings,
  TenantSettings,
  UserSettings,
} from "../../shared/settings.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import type { FieldProblem } from "../base/parse.ts";
import { platformAddressProblems, tenantAddressProblems } from "./check-addresses.ts";
import { carrierProblems } from "./check-carriers.ts";
import { pointsAtItself, SELF_START_PROBLEM } from "./points-at-itself.ts";
import type { Overrides } from "./read-environment.ts";

export interface SetupFit {
  readonly setup: Setup;
  /** The settings file's content as the setup would leave it. */
  readonly next: Settings;
  readonly overrides: Overrides;
  /** The address a tunnel gives; it leads here as SERVER_URL does. */
  readonly tunnelAddress?: string | undefined;
}

/** Every problem with its path in the setup; an empty list when the setup may be applied. */
export function checkSetupFit({ setup, next, overrides, tunnelAddress }: SetupFit): FieldProblem[] {
  const tunnel = tunnelAddress === undefined ? {} : { SERVER_URL: tunnelAddress };
  const effective = { ...next.platform, ...tunnel, ...overrides.platform };
  const tenants = (setup.tenants ?? []).flatMap((change, index) => {
    const tenant = next.tenants.find((one) => one.domain_name === change.domain_name);
    const path = `tenants[${index}]`;
    if (!tenant) return [];
    return [
      ...sharedPhones(tenant, change.users ?? [], path),
      ...hubProblems(tenant, effective, path),
      ...carrierProblems(tenant, path),
      ...tenantAddressProblems(change, tenant, path),
    ];
  });
  const isFixed = (name: string): boolean => overrides.locks.has(name);
  return [
    ...lockProblems(setup, overrides),
    ...addressProblems(setup, effective, next),
    ...platformAddressProblems(setup.platform ?? {}, next.platform, isFixed),
    ...tenants,
  ];
}

function lockProblems(setup: Setup, overrides: Overrides): FieldProblem[] {
  const fixed: Record<string, unknown> = { ...overrides.platform };
  for (const [name, value] of overrides.secrets) fixed[name.replace("platform/", "")] = value;
  return Object.entries(setup.platform ?? {}).flatMap(([name, value]) => {
    const by = overrides.locks.get(name);
    if (by === undefined || value === undefined || value === fixed[name]) return [];
    return [{ path: `platform.${name}`, message: `is fixed by ${by} to another value` }];
  });
}

function addressProblems(setup: Setup, effective: PlatformSettings, next: Settings): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const platform = setup.platform ?? {};
  const start = effective.INTERNAL_START_URL;
  if (mentions(platform, ["INTERNAL_START_URL", "SERVER_URL", "HOST", "PORT", "ADMIN_PORT"])) {
    const circle = start !== undefined && pointsAtItself(start, effective) !== undefined;
    if (circle) problems.push({ path: "platform.INTERNAL_START_URL", message: SELF_START_PROBLEM });
    if (effective.PORT !== 0 && effective.PORT === effective.ADMIN_PORT) {
      const path = platform.PORT === undefined ? "platform.ADMIN_PORT" : "platform.PORT";
      problems.push({ path, message: "PORT and ADMIN_PORT must differ" });
    }
  }
  if (platform.INTERNAL_START_URL === "" && start === undefined) {
    const needing = next.tenants.filter(
      (tenant) => tenant.hub_url === undefined && hubChannels(tenant).length > 0,
    );
    const others = needing.filter(
      (tenant) => !setup.tenants?.some((one) => one.domain_name === tenant.domain_name),
    );
    for (const { domain_name } of others) {
      const message = `is still needed: ${domain_name} has channels carried by the Hub`;
      problems.push({ path: "platform.INTERNAL_START_URL", message });
    }
  }
  return problems;
}

const mentions = (item: object, names: readonly string[]): boolean =>
  Object.entries(item).some(([name, value]) => value !== undefined && names.includes(name));

function hubChannels(tenant: TenantSettings): string[] {
  return Object.entries(tenant.channels).flatMap(([channel, carrier]) =>
    carrier === "hub" ? [channel] : [],
  );
}

function hubProblems(tenant: TenantSettings, effective: PlatformSettings, path: string): FieldProblem[] {
  if (tenant.hub_url !== undefined) {
    const circle = pointsAtItself(tenant.hub_url, effective) !== undefined;
    return circle ? [{ path: `${path}.hub_url`, message: SELF_START_PROBLEM }] : [];
  }
  if (effective.INTERNAL_START_URL !== undefined) return [];
  return hubChannels(tenant).map((channel) => ({
    path: `${path}.channels.${channel}`,
    message: "is carried by the Hub, but neither hub_url nor INTERNAL_START_URL says where the Hub is",
  }));
}

/**
 * Seed 000, track A step 6: agents of one brokerage are told apart by their outreach phone, so no other agent may have
 * it, not even as second number. Two agents may show the same second number (the office's).
 */
function sharedPhones(
  tenant: TenantSettings,
  changed: readonly { readonly id: string }[],
  path: string,
): FieldProblem[] {
  return changed.flatMap(({ id }, index) => {
    const user = tenant.users.find((one) => one.id === id);
    if (!user) return [];
    return (["default_broker_phone", "display_number"] as const).flatMap((field) => {
      const other = tenant.users.find((one) => one.id !== id && clash(user, one, user[field]));
      if (!other) return [];
      const message = `agents ${id} and ${other.id} would share an outreach phone; each agent needs their own`;
      return [{ path: `${path}.users[${index}].${field}`, message }];
    });
  });
}

const outreachPhone = (user: UserSettings): string => user.default_broker_phone || user.display_number;

function clash(user: UserSettings, other: UserSettings, phone: string): boolean {
  if (phone === "") return false;
  if (phone === outreachPhone(other)) return true;
  return phone === outreachPhone(user) && phone === other.display_number;
}
