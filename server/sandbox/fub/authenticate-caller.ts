// Whose key is this, and is the system registered? First thing the door of the pretend Follow Up Boss asks.
import type { FubWorld } from "./create-fub-world.ts";
import type { FubCaller, FubReply } from "./fub-reply.ts";

/** Exactly as recorded on the wire; no rate headers go with it. */
export const UNAUTHORIZED: FubReply = {
  status: 401,
  headers: { "www-authenticate": 'Basic realm="Follow Up Boss API"' },
  body: {
    errorMessage:
      "Authentication is required. Use Basic HTTP Authentication with API Key as username and blank password, or use Bearer token authentication.",
  },
};

export interface CallerHeaders {
  authorization: string | undefined;
  system: string | undefined;
  systemKey: string | undefined;
}

/** Basic with the key as user name, any password; an API key as Bearer is refused (docs, authentication). */
export function authenticateCaller(world: FubWorld, headers: CallerHeaders): FubCaller | undefined {
  const key = basicUserName(headers.authorization);
  if (!key) return undefined;
  for (const account of world.accounts) {
    const user = account.users.find((candidate) => candidate.apiKey === key);
    if (user)
      return { account, user, system: headers.system ?? null, registered: isRegistered(world, headers) };
  }
  return undefined;
}

function basicUserName(authorization: string | undefined): string | undefined {
  const encoded = /^basic +(\S+)\s*$/i.exec(authorization ?? "")?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8").split(":")[0];
}

function isRegistered(world: FubWorld, { system, systemKey }: CallerHeaders): boolean {
  return world.options.systems.some(({ name, key }) => name === system && key === systemKey);
}
