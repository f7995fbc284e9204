// Who signed a delivery: each CRM its own way, over the raw bytes, before anything is parsed. A wrong one is kept apart
// with the likely mistake.
import { PRACTICE_TENANT } from "../../shared/console/sandbox.schema.ts";
import { GatewayError, retryAfter } from "../base/errors.ts";
import { fittingVariant, verifyWebhook } from "../crm/followupboss/verify-webhook.ts";
import { PRACTICE_SYSTEM_KEY } from "../crm/practice-place.ts";
import { fittingRolloutVariant, verifyRolloutWebhook } from "../crm/rollout/verify-webhook.ts";
import { requireVault } from "../settings/require-vault.ts";
import { describeHeaders } from "./describe-headers.ts";
import type {
  DeliverySource,
  IncomingDelivery,
  ReceivingDeps,
  SignatureVariant,
} from "./incoming-delivery.ts";
import { mistakenKeys } from "./mistaken-keys.ts";

interface Judge {
  /** Cheap; undefined where none fits. */
  fitting(): SignatureVariant | undefined;
  verdict(): { ok: true; variant: SignatureVariant } | { ok: false; reason: string; sentence: string };
}

/**
 * Which way of signing fits.
 * @throws GatewayError unauthorized (kept with the likely mistake), rate_limited (a wrong one of a doubted sender),
 * vault_unavailable, not_ready while there is no secret to check with.
 */
export function verifyDelivery(
  deps: ReceivingDeps,
  incoming: Omit<IncomingDelivery, "account">,
): SignatureVariant {
  const judge = JUDGES[incoming.source](deps, incoming);
  // Explaining a wrong signature takes dozens of digests; whoever floods the door is not worth them.
  if (incoming.doubted && !judge.fitting())
    throw new GatewayError("rate_limited", { retry: retryAfter(60_000) });
  const verdict = judge.verdict();
  if (verdict.ok) return verdict.variant;
  deps.rejected.keep({
    tenant: incoming.tenant,
    source: incoming.source,
    reason: verdict.reason,
    sentence: verdict.sentence,
    headers: describeHeaders(incoming.headers),
    body: incoming.body,
  });
  throw new GatewayError("unauthorized", { sentence: REFUSALS[incoming.source] });
}

const REFUSALS: Readonly<Record<DeliverySource, string>> = {
  followup_boss: "The FUB-Signature was not accepted.",
  rollout: "The X-Rollout-Signature was not accepted.",
};

type MakeJudge = (deps: ReceivingDeps, incoming: Omit<IncomingDelivery, "account">) => Judge;

const JUDGES: Readonly<Record<DeliverySource, MakeJudge>> = {
  followup_boss: judgeFub,
  rollout: judgeRollout,
};

function judgeFub(
  { settings }: ReceivingDeps,
  { tenant, body, signature }: Omit<IncomingDelivery, "account">,
): Judge {
  const systemKey = settings.secret(
    tenant === PRACTICE_TENANT ? PRACTICE_SYSTEM_KEY : "platform/FUB_SYSTEM_KEY",
  );
  if (!systemKey) throw noSecret(settings, "FUB_SYSTEM_KEY");
  const webhookSecret = settings.secret(`tenant/${tenant}/webhook_secret`);
  const signed = {
    body,
    signature,
    systemKey,
    ...(webhookSecret ? { webhookSecret } : {}),
  };
  const fitting = (): SignatureVariant | undefined => fittingVariant(signed);
  return {
    fitting,
    verdict: () => {
      const variant = fitting();
      // Everybody's keys are looked up for refused ones only.
      return variant
        ? { ok: true, variant }
        : verifyWebhook({ ...signed, ...mistakenKeys(settings, tenant) });
    },
  };
}

/** One secret for all brokerages; which of the two ways Rollout signs depends on the page one reads (facts: webhooks). */
function judgeRollout(
  { settings }: ReceivingDeps,
  { body, signature }: Omit<IncomingDelivery, "account">,
): Judge {
  const own = settings.secret("platform/ROLLOUT_WEBHOOK_SECRET");
  const client = settings.secret("platform/ROLLOUT_CLIENT_SECRET");
  const secrets = [own, client].filter((secret) => secret !== undefined && secret !== "") as string[];
  if (secrets.length === 0) throw noSecret(settings, "ROLLOUT_CLIENT_SECRET");
  const signed = { body, signature, secrets };
  return { fitting: () => fittingRolloutVariant(signed), verdict: () => verifyRolloutWebhook(signed) };
}

function noSecret(settings: ReceivingDeps["settings"], name: string): GatewayError {
  requireVault(settings);
  return new GatewayError("not_ready", {
    sentence: `${name} is not configured on the gateway, so no webhook can be checked.`,
  });
}
