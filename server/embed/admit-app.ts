// Lets one of the two embedded apps in: signature, tenant, account, agent, in this order, each able to end it with a page
// that says what to do. What the app then shows is decided by open-embed.ts and open-campaign.ts.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { ERROR_CODES } from "../../shared/error-codes.ts";
import { domainNameSchema, type TenantSettings } from "../../shared/settings.schema.ts";
import { decodeEmbedContext, type EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import { bindAccount } from "./bind-account.ts";
import { checkSignature } from "./check-signature.ts";
import type { EmbedApp } from "./embed-candidates.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import {
  EMBED_STATES,
  type EmbedProblemState,
  NO_APPS_THROUGH_ROLLOUT,
  type ProblemFacts,
  type ProblemWords,
  problemModel,
} from "./embed-problems.ts";
import { type ExplainedRefusal, explainRefusal, NO_SECRET_FITS } from "./explain-refusal.ts";
import { type Identified, identifyAgent } from "./identify-agent.ts";

export interface EmbedQuery {
  /** Raw query values; undefined when absent. */
  readonly context: string | undefined;
  readonly signature: string | undefined;
  readonly domainName: string | undefined;
  /** Too many were refused from where it comes lately: what does not fit is neither explained nor kept. */
  readonly doubted?: boolean;
}

/** Refuses with a page, and says so in the journal. */
export type Refuse = (
  state: EmbedProblemState,
  why: string,
  support?: Readonly<Record<string, string>>,
  words?: ProblemWords,
) => EmbedModel;

export interface Admitted {
  readonly app: EmbedApp;
  readonly tenant: Readonly<TenantSettings>;
  readonly context: EmbedContext;
  readonly identified: Exclude<Identified, { problem: string }>;
  /** Whose secret signed. */
  readonly origin: string;
  readonly refuse: Refuse;
}

export type Admission =
  | { readonly refused: EmbedModel }
  /** FUB's preview: everything is shown, nothing can be started. */
  | { readonly preview: EmbedContext }
  | Admitted;

export async function admitApp(deps: EmbedDeps, app: EmbedApp, query: EmbedQuery): Promise<Admission> {
  const decoded = decodeEmbedContext(query.context ?? "");
  const context = "context" in decoded ? decoded.context : null;
  // An empty parameter is an address that was not finished, not a brokerage without a name.
  const named = query.domainName || undefined;
  const slug = slugOf(named ?? context?.account.domain);
  const facts: ProblemFacts = {
    tenant: slug ?? named?.slice(0, LONGEST_NAME) ?? null,
    domain: context?.account.domain ?? null,
    why: "",
    support: {},
  };
  let doubted = query.doubted === true;
  const refuse: Refuse = (state, why, support = {}, words) => {
    if (doubted) return TOO_MANY;
    tellRefused(deps, { app, slug, state, why });
    return problemModel(state, { ...facts, why, support, ...(words && { words }) });
  };
  const seen = { app, tenant: slug === null ? undefined : deps.settings.tenant(slug), context };
  const note = (explain: () => ExplainedRefusal): void => {
    if (!doubted) deps.refused.note({ ...seen, ...explain() });
  };
  if (!query.context || !query.signature) {
    note(() => ({ tried: [], ...NO_SECRET_FITS, mistake: "not_from_fub" }));
    return { refused: refuse("unauthorized", NOT_FROM_FUB) };
  }
  if (context === null) {
    note(() => ({ tried: [], ...NO_SECRET_FITS, mistake: "damaged" }));
    return { refused: refuse("unauthorized", UNREADABLE) };
  }
  // Without keys no signature can be judged. What exactly is wrong with them is for the console, not for this page.
  if (!deps.settings.vault().ok)
    return { refused: refuse("not_ready", ERROR_CODES.vault_unavailable.sentence) };
  const { tenant } = seen;
  const signed = { context: query.context, signature: query.signature };
  const checked = checkSignature(deps, app, tenant, context, signed);
  if ("tenantMissing" in checked)
    return { refused: refuse("tenant_not_found", `no tenant called ${slug ?? ""}`) };
  if ("problem" in checked) {
    note(() => explainRefusal(deps.settings, { app, tenant, ...signed }));
    return { refused: refuse("unauthorized", checked.why, checked.support) };
  }
  // Whoever else shares the address, this one is from Follow Up Boss.
  doubted = false;

  const asked = debugProblem(context);
  if (asked) return { refused: problemModel(asked, { ...facts, ...ASKED_TO_SHOW }) };
  if (tenant?.crm_sync_provider !== "followup_boss") {
    const words = tenant?.crm_sync_provider === "rollout" ? NO_APPS_THROUGH_ROLLOUT : undefined;
    const why = words?.sentence ?? `no tenant called ${slug ?? ""} works with Follow Up Boss`;
    return context.example ? { preview: context } : { refused: refuse("tenant_not_found", why, {}, words) };
  }
  const origin = checked.origin;
  return admitAgent(deps, { app, tenant, context, refuse, vouchedUserId: checked.userId, origin });
}

const TOO_MANY = problemModel("unauthorized", {
  tenant: null,
  domain: null,
  why: "Too many pages were refused from this address. Wait a minute and reload.",
  support: {},
});
const NOT_FROM_FUB = "This page was not opened from Follow Up Boss: the signed context is missing.";
const UNREADABLE = "What Follow Up Boss sent could not be read: it was cut off or changed on the way.";
const ASKED_TO_SHOW = {
  why: "This is how the app looks in this state.",
  support: { preview: "Follow Up Boss preview" },
};

interface Signed {
  readonly app: EmbedApp;
  readonly tenant: Readonly<TenantSettings>;
  readonly context: EmbedContext;
  readonly refuse: Refuse;
  /** Whose own secret signed, if it was an agent's. */
  readonly vouchedUserId: string | null;
  readonly origin: string;
}

async function admitAgent(deps: EmbedDeps, signed: Signed): Promise<Admission> {
  const { app, tenant, context, refuse, vouchedUserId, origin } = signed;
  const bound = await bindAccount(deps, tenant, context.account);
  if ("problem" in bound)
    return context.example ? { preview: context } : { refused: refuse(bound.problem, bound.why) };
  const { binding } = bound;
  const identified = await identifyAgent(deps, { tenant, context, binding, vouchedUserId });
  if ("problem" in identified) return { refused: refuse(identified.problem, identified.why) };
  return { app, tenant, context, identified, origin, refuse };
}

/** A name longer than this is not repeated on the page. */
const LONGEST_NAME = 100;

function slugOf(name: string | undefined): string | null {
  const slug = domainNameSchema.safeParse(name ?? "");
  return slug.success ? slug.data : null;
}

function debugProblem(context: EmbedContext): EmbedProblemState | undefined {
  return EMBED_STATES.find((state) => state === context.debugState);
}

interface Refusal {
  readonly app: EmbedApp;
  readonly slug: string | null;
  readonly state: EmbedProblemState;
  readonly why: string;
}

function tellRefused(deps: EmbedDeps, { app, slug, state, why }: Refusal): void {
  deps.journal.tell({
    event: `embed.${state}`,
    severity: "warn",
    message: `The app did not open: ${why}`,
    tenant: slug,
    detail: { app },
  });
}
