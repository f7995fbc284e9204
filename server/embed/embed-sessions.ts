// The short-lived token an open page works with. A FUB context has no time stamp and verifies for ever, so it is
// exchanged at once for this: 30 minutes, bound to tenant, account, FUB user, person and app, unreadable to the page.
import { createHash } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { GatewayError } from "../base/errors.ts";

const phone = z.object({
  value: z.string(),
  isPrimary: z.boolean(),
  isLandline: z.boolean().nullable(),
  relationshipId: z.string().nullable(),
});
const email = z.object({ value: z.string(), isPrimary: z.boolean(), relationshipId: z.string().nullable() });

export const embedSessionSchema = z.object({
  app: z.enum(["embed", "campaign"]),
  tenant: z.string(),
  accountId: z.string(),
  crmUserId: z.string(),
  crmUserName: z.string().nullable(),
  userId: z.string().nullable(),
  /** Whose key acts: "tenant" or "user:<id>". */
  actsWith: z.union([z.literal("tenant"), z.templateLiteral(["user:", z.string()])]),
  person: z
    .object({ id: z.string(), name: z.string(), phones: z.array(phone), emails: z.array(email) })
    .nullable(),
});
export type EmbedSession = z.infer<typeof embedSessionSchema>;

export interface EmbedSessions {
  issue(session: EmbedSession): Promise<string>;
  /** @throws GatewayError session_expired for anything that is not a valid token of this app. */
  read(token: string, app: EmbedSession["app"]): Promise<EmbedSession>;
}

const LIFETIME_SECONDS = 30 * 60;
const AUDIENCE = "aventora-gateway embed";

/** `secret`: the gateway's own key text, kept in the vault so that open pages survive a restart. */
export function createEmbedSessions(secret: string, clock: Clock): EmbedSessions {
  const key = createHash("sha256").update(`embed session ${secret}`).digest();
  return {
    issue: (session) => {
      const now = Math.floor(clock.now() / 1000);
      return new EncryptJWT({ s: session })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setExpirationTime(now + LIFETIME_SECONDS)
        .encrypt(key);
    },
    read: async (token, app) => {
      const payload = await open(token, key, clock);
      const session = embedSessionSchema.safeParse(payload.s);
      if (!session.success || session.data.app !== app) throw new GatewayError("session_expired");
      return session.data;
    },
  };
}

async function open(token: string, key: Uint8Array, clock: Clock): Promise<Record<string, unknown>> {
  try {
    const result = await jwtDecrypt(token, key, {
      audience: AUDIENCE,
      currentDate: new Date(clock.now()),
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return result.payload;
  } catch (cause) {
    throw new GatewayError("session_expired", { cause });
  }
}
