// May the gateway carry its keys to the addresses a setup gives? Not to the neighbours of this machine or to a cloud's
// metadata, unless it is said that they are meant. What runs on this machine is always meant, and what the environment
// fixes was set by whoever runs it. Pure; called by check-setup-fit.
//
// Only addresses given by number are judged: a name is reached over https, and then only where its certificate is.
import type { PlatformSettings, TenantSettings } from "../../shared/settings.schema.ts";
import type { FieldProblem } from "../base/parse.ts";
import { isLoopback, isPrivateAddress, literalAddress } from "../base/private-address.ts";

const PLATFORM_ADDRESSES = [
  "INTERNAL_START_URL",
  "FUB_API_BASE_URL",
  "ROLLOUT_API_BASE_URL",
  "TWILIO_API_BASE_URL",
] as const;

/** `change`: what the setup says; `next`: what it leads to. Only what changes is judged. */
export function platformAddressProblems(
  change: Readonly<Record<string, unknown>>,
  next: PlatformSettings,
  isFixed: (name: string) => boolean,
): FieldProblem[] {
  const withdrawn = change.allow_private === false;
  return PLATFORM_ADDRESSES.filter((name) => !isFixed(name) && (withdrawn || change[name] !== undefined))
    .filter((name) => !next.allow_private && leadsInside(next[name]))
    .map((name) => ({ path: `platform.${name}`, message: needs("allow_private") }));
}

const TENANT_ADDRESSES = [
  ["hub_url", "hub_allow_private"],
  ["llm_url", "llm_allow_private"],
] as const;

export function tenantAddressProblems(
  change: Readonly<Record<string, unknown>>,
  next: TenantSettings,
  path: string,
): FieldProblem[] {
  return TENANT_ADDRESSES.filter(([name, allowed]) => change[name] !== undefined || change[allowed] === false)
    .filter(([name, allowed]) => !next[allowed] && leadsInside(next[name]))
    .map(([name, allowed]) => ({ path: `${path}.${name}`, message: needs(allowed) }));
}

const needs = (allowed: string): string => `leads into a private network; this needs ${allowed}`;

function leadsInside(address: string | undefined): boolean {
  const literal = address === undefined ? undefined : literalAddress(new URL(address));
  return literal !== undefined && isPrivateAddress(literal) && !isLoopback(literal);
}
