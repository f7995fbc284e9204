// Which Follow Up Boss key acts: the agent's own where they have one, else the brokerage's (seed 000, "Per-user settings").
import { sha256Hex } from "../base/hmac.ts";
import type { CrmAccess } from "./crm.ts";

export type ActsWith = "tenant" | `user:${string}`;

/** Reads a secret by the settings' name for it. */
export type ReadSecret = (
  name: `tenant/${string}/fub_api_key` | `user/${string}/${string}/fub_api_key`,
) => string | undefined;

/** The key with a fingerprint that is safe to store; undefined when it is not set. */
export function chooseAccess(
  secret: ReadSecret,
  tenant: string,
  actsWith: ActsWith | string,
): CrmAccess | undefined {
  const key = actsWith.startsWith("user:")
    ? secret(`user/${tenant}/${actsWith.slice("user:".length)}/fub_api_key`)
    : secret(`tenant/${tenant}/fub_api_key`);
  return key === undefined || key === "" ? undefined : { id: accessId(key), key };
}

/** Fingerprint of a key: names it in tables and logs without telling it. */
export const accessId = (key: string): string => sha256Hex(`crm access ${key}`).slice(0, 24);
