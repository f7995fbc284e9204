// The targets' signing secrets. None is stored: each is made from a key in the vault and a seed in the table, so a
// rotation or a removal forgets the old one by forgetting its seed, and nothing that leaves the vault opens anything.
import { createHmac, randomBytes } from "node:crypto";
import { GatewayError, RETRY_LATER } from "../../base/errors.ts";
import { sha256Hex } from "../../base/hmac.ts";
import type { FanOutTargetTable } from "../../db/delivery-tables.ts";
import type { FanOutDeps } from "./fan-out-deps.ts";
import { secretText } from "./sign-event.ts";

const KEY_NAME = "internal/fan_out_key";
/** How long the secret before a rotation signs as well. */
export const OLD_SECRET_MS = 24 * 3_600_000;

type SecretDeps = Pick<FanOutDeps, "db" | "clock" | "settings">;
type SecretColumns = Pick<
  FanOutTargetTable,
  "secret_seed" | "secret_print" | "secret_set_at" | "old_seed" | "old_until"
>;

/**
 * Secrets that sign now, the newest first; the first is made when it is first needed.
 * @throws GatewayError vault_unavailable; not_ready when the vault has lost its key.
 */
export async function signingSecrets(deps: SecretDeps, tenant: string, target: string): Promise<string[]> {
  const key = await keyOf(deps);
  const row = (await readSecret(deps, tenant, target)) ?? (await firstSecret(deps, key, tenant, target));
  const current = derive(key, row.secret_seed);
  if (printOf(current) !== row.secret_print)
    throw new GatewayError("not_ready", {
      sentence:
        "Its signing secret is lost, since the place where keys are kept lost its content. Make a new one and give it to the program that receives the events.",
    });
  const stillOld = row.old_seed !== null && (row.old_until ?? 0) > deps.clock.now();
  return stillOld && row.old_seed !== null ? [current, derive(key, row.old_seed)] : [current];
}

/** A new secret, told this once. The one before, if any, signs as well for a day. */
export async function rotateSecret(deps: SecretDeps, tenant: string, target: string): Promise<string> {
  const key = await keyOf(deps);
  const known = await readSecret(deps, tenant, target);
  const made = newSecret(key, deps.clock.now());
  const old = {
    old_seed: known?.secret_seed ?? null,
    old_until: known ? deps.clock.now() + OLD_SECRET_MS : null,
  };
  await deps.db
    .insertInto("fan_out_targets")
    .values({ tenant, target, ...made.row, ...old, ...UNTRIED })
    .onConflict((conflict) => conflict.columns(["tenant", "target"]).doUpdateSet({ ...made.row, ...old }))
    .execute();
  return made.secret;
}

const UNTRIED = { last_success_at: null, last_failure_at: null, last_failure: null };

async function firstSecret(
  deps: SecretDeps,
  key: string,
  tenant: string,
  target: string,
): Promise<SecretColumns> {
  const { row } = newSecret(key, deps.clock.now());
  await deps.db
    .insertInto("fan_out_targets")
    .values({ tenant, target, ...row, old_seed: null, old_until: null, ...UNTRIED })
    .onConflict((conflict) => conflict.columns(["tenant", "target"]).doNothing())
    .execute();
  // Another try may have been first.
  return (await readSecret(deps, tenant, target)) ?? { ...row, old_seed: null, old_until: null };
}

const readSecret = (deps: SecretDeps, tenant: string, target: string): Promise<SecretColumns | undefined> =>
  deps.db
    .selectFrom("fan_out_targets")
    .select(["secret_seed", "secret_print", "secret_set_at", "old_seed", "old_until"])
    .where("tenant", "=", tenant)
    .where("target", "=", target)
    .executeTakeFirst();

function newSecret(key: string, now: number) {
  const seed = randomBytes(16).toString("hex");
  const secret = derive(key, seed);
  return { secret, row: { secret_seed: seed, secret_print: printOf(secret), secret_set_at: now } };
}

const derive = (key: string, seed: string): string =>
  secretText(createHmac("sha256", Buffer.from(key, "base64url")).update(`fan-out ${seed}`).digest());

const printOf = (secret: string): string => sha256Hex(secret).slice(0, 16);

async function keyOf(deps: SecretDeps): Promise<string> {
  const known = deps.settings.secret(KEY_NAME);
  if (known !== undefined) return known;
  const create = (): string => randomBytes(32).toString("base64url");
  return deps.settings.ensureInternalSecret(KEY_NAME, create).catch((cause: unknown) => {
    throw new GatewayError("vault_unavailable", { cause, retry: RETRY_LATER });
  });
}
