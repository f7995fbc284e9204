// Who a request is from: the `sub` of a token the caller signed itself. Asked by the door of the pretend Rollout.
import { jwtVerify } from "jose";
import type { RolloutSettings } from "./rollout-types.ts";

/**
 * Undefined unless the token is HS512 with the client secret, from this client, for somebody, and not past (vendor docs,
 * getting your API key).
 */
export async function verifyToken(
  authorization: string | undefined,
  { clientId, clientSecret }: Pick<RolloutSettings, "clientId" | "clientSecret">,
  now: number,
): Promise<string | undefined> {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(clientSecret), {
      algorithms: ["HS512"],
      issuer: clientId,
      requiredClaims: ["sub", "iat", "exp"],
      currentDate: new Date(now),
    });
    const { sub, iat } = payload;
    return typeof sub === "string" && sub !== "" && typeof iat === "number" ? sub : undefined;
  } catch {
    return undefined;
  }
}
