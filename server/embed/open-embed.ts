// Opens the single-contact app: signature, tenant, account, agent, person, in this order, each able to end it with a
// page that says what to do. What comes out is the page's model with a short session.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { ERROR_CODES } from "../../shared/error-codes.ts";
import { domainNameSchema } from "../../shared/settings.schema.ts";
import type { CrmPerson } from "../crm/crm.ts";
import {
  contextPerson,
  decodeEmbedContext,
  type EmbedContext,
} from "../crm/followupboss/decode-embed-context.ts";
import { bindAccount } from "./bind-account.ts";
import { checkSignature } from "./check-signature.ts";
import { describeBlocked, describeContacts, factsOf } from "./describe-contacts.ts";
import type { EmbedDeps } from "./embed-deps.ts";
import { EMBED_STATES, type EmbedProblemState, type ProblemFacts, problemModel } from "./embed-problems.ts";
import { type Identified, identifyAgent } from "./identify-agent.ts";
import { makeActor } from "./make-actor.ts";
import { previewModel } from "./preview-model.ts";
import { readRecent } from "./read-recent.ts";

export interface EmbedQuery {
  /** Raw query values; undefined when absent. */
  readonly context: string | undefined;
  readonly signature: string | undefined;
  readonly domainName: string | undefined;
}

export async function openEmbed(deps: EmbedDeps, query: EmbedQuery): Promise<EmbedModel> {
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
  const refuse = (
    state: EmbedProblemState,
    why: string,
    support: Readonly<Record<string, string>> = {},
  ): EmbedModel => {
    tellRefused(deps, slug, state, why);
    return problemModel(state, { ...facts, why, support });
  };

  if (!query.context || !query.signature)
    return refuse(
      "unauthorized",
      "This page was not opened from Follow Up Boss: the signed context is missing.",
    );
  if (context === null)
    return refuse(
      "unauthorized",
      "What Follow Up Boss sent could not be read: it was cut off or changed on the way.",
    );
  // Without keys no signature can be judged. What exactly is wrong with them is for the console, not for this page.
  if (!deps.settings.vault().ok) return refuse("not_ready", ERROR_CODES.vault_unavailable.sentence);
  const tenant = slug === null ? undefined : deps.settings.tenant(slug);
  const signed = checkSignature(deps, "embed", tenant, context, {
    context: query.context,
    signature: query.signature,
  });
  if ("tenantMissing" in signed) return refuse("tenant_not_found", `no tenant called ${slug ?? ""}`);
  if ("problem" in signed) return refuse("unauthorized", signed.why, signed.support);

  const asked = debugProblem(context);
  if (asked)
    return problemModel(asked, {
      ...facts,
      why: "This is how the app looks in this state.",
      support: { preview: "Follow Up Boss preview" },
    });
  if (tenant?.crm_sync_provider !== "followup_boss") {
    return context.example
      ? previewModel(context)
      : refuse("tenant_not_found", `no tenant called ${slug ?? ""} works with Follow Up Boss`);
  }
  const bound = await bindAccount(deps, tenant, context.account);
  if ("problem" in bound) return context.example ? previewModel(context) : refuse(bound.problem, bound.why);
  const identified = await identifyAgent(deps, {
    tenant,
    context,
    binding: bound.binding,
    vouchedUserId: signed.userId,
  });
  if ("problem" in identified) return refuse(identified.problem, identified.why);
  const person = contextPerson(context);
  if (!person) return refuse("person_not_found", "the context names no person");
  return readyModel(deps, { tenant: tenant.domain_name, context, person, identified, origin: signed.origin });
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

interface Ready {
  readonly tenant: string;
  readonly context: EmbedContext;
  readonly person: CrmPerson;
  readonly identified: Exclude<Identified, { problem: string }>;
  readonly origin: string;
}

async function readyModel(deps: EmbedDeps, ready: Ready): Promise<EmbedModel> {
  const { context, person, identified } = ready;
  const settings = deps.settings.tenant(ready.tenant);
  if (!settings)
    return problemModel("tenant_not_found", { tenant: ready.tenant, domain: null, why: "", support: {} });
  const session = await deps.sessions.issue({
    app: "embed",
    tenant: ready.tenant,
    accountId: context.account.id,
    ...identified.acting,
    crmUserId: context.user.id,
    person: { id: person.id, name: person.name, ...factsOf(person) },
  });
  const actor = makeActor(settings, identified.acting);
  tellOpened(deps, ready);
  return {
    session,
    state: "ready",
    tenant: ready.tenant,
    person: { id: person.id, name: person.name },
    contacts: describeContacts(person),
    blocked: describeBlocked(person),
    agent: {
      name: actor.name ?? "the brokerage",
      from: actor.fromNumber,
      matched: MATCH_WORDS[identified.rule ?? "none"],
      warning: warningOf(identified, actor.fromNumber),
    },
    ...(await readRecent(deps, { tenant: ready.tenant, accountId: context.account.id, personId: person.id })),
  };
}

const MATCH_WORDS = {
  phone: "matched by phone",
  fub_user: "matched by Follow Up Boss user",
  email: "matched by e-mail",
  none: "not matched to an agent",
} as const;

function warningOf(identified: Ready["identified"], from: string | null): string | null {
  if (identified.rule === null) {
    return "You are not recognised as one of the brokerage's agents, so this goes out with the brokerage's number and key. Ask your admin to set your phone.";
  }
  return from === null ? "No outreach phone is set for you or the brokerage." : null;
}

function tellOpened(deps: EmbedDeps, ready: Ready): void {
  const { context, identified } = ready;
  deps.journal.tell({
    event: "embed.opened",
    message: `${context.user.name ?? "Somebody"} opened the app (${MATCH_WORDS[identified.rule ?? "none"]})`,
    severity: identified.rule === null ? "warn" : "info",
    tenant: ready.tenant,
    userId: identified.acting.userId,
    personId: ready.person.id,
    detail: { signed_with: ready.origin, account: context.account.domain, fub_user: context.user.id },
  });
}

function tellRefused(deps: EmbedDeps, tenant: string | null, state: EmbedProblemState, why: string): void {
  deps.journal.tell({
    event: `embed.${state}`,
    severity: "warn",
    message: `The app did not open: ${why}`,
    tenant,
  });
}
