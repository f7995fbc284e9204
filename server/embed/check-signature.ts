// Tries the signature against the candidates and says, when none fits, which mistake it most likely is.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import { verifyEmbed } from "../crm/followupboss/verify-embed.ts";
import { type EmbedApp, embedCandidates, otherAppCandidates } from "./embed-candidates.ts";
import type { EmbedDeps } from "./embed-deps.ts";

export type CheckedSignature =
  | { readonly origin: string; readonly userId: string | null }
  | { readonly problem: string; readonly why: string; readonly support: Readonly<Record<string, string>> }
  | { readonly tenantMissing: true };

interface Signed {
  readonly context: string;
  readonly signature: string;
}

export function checkSignature(
  deps: EmbedDeps,
  app: EmbedApp,
  tenant: Readonly<TenantSettings> | undefined,
  context: EmbedContext,
  signed: Signed,
): CheckedSignature {
  const candidates =
    tenant || !context.example
      ? embedCandidates(app, tenant, deps.settings.secret)
      : everyCandidate(deps, app);
  const verdict = verifyEmbed({ ...signed, candidates });
  if ("origin" in verdict) return tenant || context.example ? verdict : { tenantMissing: true };
  if (!tenant) return { tenantMissing: true };
  const elsewhere = verifyEmbed({
    ...signed,
    candidates: otherAppCandidates(app, tenant, deps.settings.secret),
  });
  const support = { tried: candidates.map((candidate) => candidate.origin).join(", ") || "no secret is set" };
  if ("origin" in elsewhere) {
    return {
      problem: "other_app",
      why: `The signature fits the other app's secret (${elsewhere.origin}): the secrets of the two apps are swapped, or the app has the other app's address.`,
      support,
    };
  }
  return { problem: verdict.problem, why: WHY[verdict.problem], support };
}

const WHY = {
  no_secret: "No app secret is set for this brokerage, so nothing Follow Up Boss signs can be checked.",
  signature_malformed: "The signature is not one Follow Up Boss makes: it was cut off or changed on the way.",
  signature_mismatch: "The signature does not fit any app secret of this brokerage.",
} as const;

// FUB's preview names a made-up account, so it tells nothing about the tenant; its signature still must be somebody's.
function everyCandidate(deps: EmbedDeps, app: EmbedApp) {
  const tenants = deps.settings
    .current()
    .tenants.flatMap((tenant) => embedCandidates(app, tenant, deps.settings.secret));
  return [...embedCandidates(app, undefined, deps.settings.secret), ...tenants];
}
