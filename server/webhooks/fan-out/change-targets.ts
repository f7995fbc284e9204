// Changes a brokerage's targets: they are settings, so each change is a new list. Asked for by the console, and by a
// target that says it is gone.
import { isDeepStrictEqual } from "node:util";
import { type FanOutTarget, fanOutTargetSchema, type TargetChange } from "../../../shared/fan-out.schema.ts";
import { GatewayError } from "../../base/errors.ts";
import { fieldError, parseOrThrow } from "../../base/parse.ts";
import { literalAddress } from "../../base/private-address.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import { forgetTarget } from "./forget-forwards.ts";
import { checkAddress } from "./guarded-lookup.ts";
import { rotateSecret } from "./signing-secrets.ts";

/** Returns its signing secret, told this once. @throws GatewayError tenant_not_found, invalid_request. */
export function addTarget(deps: FanOutDeps, tenant: string, target: FanOutTarget): Promise<string> {
  return deps.inTurn(async () => {
    const targets = targetsOf(deps, tenant);
    if (targets.some(({ id }) => id === target.id))
      throw fieldError("id", `there is a target “${target.id}” already`);
    checkLiteral(target);
    // What is left of one of this name that went with an applied setup.
    await forgetTarget(deps.db, tenant, target.id);
    // Before it can be used, so that no other is made meanwhile.
    const secret = await rotateSecret(deps, tenant, target.id);
    await save(deps, tenant, [...targets, target]);
    await tell(deps, tenant, target.id, "was added");
    return secret;
  });
}

/** @throws GatewayError tenant_not_found, not_found, invalid_request. */
export function changeTarget(
  deps: FanOutDeps,
  tenant: string,
  id: string,
  change: TargetChange,
): Promise<FanOutTarget> {
  return deps.inTurn(async () => {
    const before = findTarget(deps, tenant, id);
    const after = parseOrThrow(fanOutTargetSchema, { ...before, ...change });
    checkLiteral(after);
    if (isDeepStrictEqual(before, after)) return after;
    await replace(deps, tenant, after);
    await tell(deps, tenant, id, "was changed");
    return after;
  });
}

/** It said that it is gone for good; the journal was told with the try that showed it. */
export function disableTarget(deps: FanOutDeps, tenant: string, id: string): Promise<void> {
  return deps.inTurn(async () => {
    const target = deps.settings.tenant(tenant)?.fan_out.find((one) => one.id === id);
    if (target?.enabled) await replace(deps, tenant, { ...target, enabled: false });
  });
}

/** A new secret, told this once; the one before signs as well for a day. @throws GatewayError tenant_not_found, not_found. */
export function renewSecret(deps: FanOutDeps, tenant: string, id: string): Promise<string> {
  return deps.inTurn(async () => {
    findTarget(deps, tenant, id);
    const secret = await rotateSecret(deps, tenant, id);
    await tell(deps, tenant, id, "was given a new signing secret; the old one holds for another day");
    return secret;
  });
}

/** Removes it with all that waited for it. Returns how many waited. @throws GatewayError tenant_not_found, not_found. */
export function removeTarget(deps: FanOutDeps, tenant: string, id: string): Promise<number> {
  return deps.inTurn(async () => {
    findTarget(deps, tenant, id);
    await save(
      deps,
      tenant,
      targetsOf(deps, tenant).filter((one) => one.id !== id),
    );
    const dropped = await forgetTarget(deps.db, tenant, id);
    await tell(deps, tenant, id, `was removed; ${dropped} waiting events were dropped`);
    return dropped;
  });
}

/** @throws GatewayError tenant_not_found, not_found. */
export function findTarget(deps: Pick<FanOutDeps, "settings">, tenant: string, id: string): FanOutTarget {
  const found = targetsOf(deps, tenant).find((one) => one.id === id);
  if (!found)
    throw new GatewayError("not_found", { sentence: "The brokerage has no target with this name." });
  return found;
}

function targetsOf(deps: Pick<FanOutDeps, "settings">, tenant: string): readonly FanOutTarget[] {
  const found = deps.settings.tenant(tenant);
  if (!found) throw new GatewayError("tenant_not_found");
  return found.fan_out;
}

/** A name is checked whenever it is connected to; an address given by number can be refused at once. */
function checkLiteral(target: FanOutTarget): void {
  const literal = literalAddress(new URL(target.url));
  if (literal === undefined || target.allow_private) return;
  try {
    checkAddress(literal, "public");
  } catch {
    throw fieldError("url", "leads into a private network; this needs allow_private");
  }
}

const replace = (deps: FanOutDeps, tenant: string, target: FanOutTarget): Promise<void> =>
  save(
    deps,
    tenant,
    targetsOf(deps, tenant).map((one) => (one.id === target.id ? target : one)),
  );

async function save(deps: FanOutDeps, tenant: string, targets: readonly FanOutTarget[]): Promise<void> {
  await deps.settings.apply({ tenants: [{ domain_name: tenant, fan_out: structuredClone([...targets]) }] });
}

const tell = (deps: FanOutDeps, tenant: string, id: string, what: string): Promise<void> =>
  deps.journal.add(deps.db, {
    event: "fan_out.target_changed",
    message: `The target “${id}” for forwarded events ${what}`,
    tenant,
    detail: { target: id },
  });
