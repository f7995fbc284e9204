// Tokens for Rollout: self-signed with the client secret, one per consumer, used again until shortly before their end
// (Rollout docs: getting your API key). Asked by the client before each request.
import { SignJWT } from "jose";
import type { Clock } from "../../base/clock.ts";
import { notReady } from "./errors.ts";

export interface RolloutApp {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

export interface RolloutTokens {
  /** @throws GatewayError not_ready while the client ID or the client secret is missing. */
  tokenFor(consumerKey: string): Promise<string>;
  /** Rollout did not accept this one: the next is made anew. */
  forget(consumerKey: string, token: string): void;
}

/** As Rollout recommends, in seconds. */
const LIFE_S = 900;
/** So that a token does not end on its way. */
const SPARE_S = 60;

interface Minted {
  readonly token: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly app: RolloutApp;
}

export function createRolloutTokens(deps: {
  readonly app: () => RolloutApp;
  readonly clock: Pick<Clock, "now">;
}): RolloutTokens {
  const minted = new Map<string, Minted>();
  return {
    tokenFor: async (consumerKey) => {
      const app = deps.app();
      const secret = requireSecret(app);
      const now = Math.floor(deps.clock.now() / 1000);
      const known = minted.get(consumerKey);
      if (known && isGood(known, app, now)) return known.token;
      const token = await mint(app.clientId, secret, { consumerKey, now });
      minted.set(consumerKey, { token, issuedAt: now, app });
      return token;
    },
    forget: (consumerKey, token) => {
      if (minted.get(consumerKey)?.token === token) minted.delete(consumerKey);
    },
  };
}

/** Not one from the future either: the clock was set back, and Rollout would not take it. */
const isGood = ({ issuedAt, app }: Minted, now: RolloutApp, seconds: number): boolean =>
  issuedAt <= seconds &&
  seconds < issuedAt + LIFE_S - SPARE_S &&
  app.clientId === now.clientId &&
  app.clientSecret === now.clientSecret;

const mint = (
  clientId: string,
  secret: string,
  { consumerKey, now }: { readonly consumerKey: string; readonly now: number },
): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: "HS512", typ: "JWT" })
    .setIssuer(clientId)
    .setSubject(consumerKey)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_S)
    .sign(new TextEncoder().encode(secret));

function requireSecret({ clientId, clientSecret }: RolloutApp): string {
  const missing = [
    ...(clientId ? [] : ["ROLLOUT_CLIENT_ID"]),
    ...(clientSecret ? [] : ["ROLLOUT_CLIENT_SECRET"]),
  ];
  if (missing.length === 0 && clientSecret) return clientSecret;
  const verb = missing.length === 1 ? "is" : "are";
  throw notReady(
    `${missing.join(" and ")} ${verb} not configured on the gateway. Until then no CRM can be reached through Rollout.`,
  );
}
