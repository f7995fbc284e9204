// Refusals of the embed as pages people can act on: what happened, and what to tell the admin word for word
// (seed 000, "Troubleshooting"). The first five states are also those FUB's preview asks an app to show.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { ERROR_CODES } from "../../shared/error-codes.ts";

export const EMBED_STATES = [
  "account_not_found",
  "user_not_found",
  "person_not_found",
  "unauthorized",
  "tenant_not_found",
  "not_ready",
] as const;
export type EmbedProblemState = (typeof EMBED_STATES)[number];

export interface ProblemWords {
  readonly title: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** What is known when a page is refused; everything may be missing. */
export interface ProblemFacts {
  readonly tenant: string | null;
  readonly domain: string | null;
  readonly why: string;
  readonly support: Readonly<Record<string, string>>;
  /** Better ones than the state's own. */
  readonly words?: ProblemWords;
}

/** The brokerage is set up, with a CRM that has no place for apps (facts: Rollout, embedded apps). */
export const NO_APPS_THROUGH_ROLLOUT: ProblemWords = {
  title: "This app needs Follow Up Boss's own connection",
  sentence:
    "This brokerage reaches its CRM through Rollout, which has no apps inside the CRM and no Smart List campaigns.",
  remedy:
    "If the brokerage works in Follow Up Boss, set its CRM in the gateway to Follow Up Boss and enter its API key. Calls, notes and start tags go on working either way.",
};

const WORDS: Readonly<Record<EmbedProblemState, (facts: ProblemFacts) => ProblemWords>> = {
  unauthorized: (facts) => ({
    title: "This app could not be opened",
    sentence: facts.why || ERROR_CODES.unauthorized.sentence,
    remedy:
      "Compare the secret Follow Up Boss shows for this app with the one in the gateway. The two apps have different secrets: fub_embedded_app_secret is for the single-contact app, fub_campaign_embedded_app_secret for the campaign app.",
  }),
  tenant_not_found: (facts) => ({
    title: "This brokerage is not set up",
    sentence: `No brokerage ${facts.tenant || facts.domain ? `called “${facts.tenant || facts.domain}”` : "of this name"} is set up in the gateway.`,
    remedy:
      "With one shared Follow Up Boss account (Track A), the account's domain must be the brokerage's name in the gateway. With one account per agent (Track B), the app's address must end with ?domain_name= and the brokerage's name.",
  }),
  account_not_found: (facts) => ({
    title: "This Follow Up Boss account is not connected",
    sentence: `The Follow Up Boss account ${facts.domain ? `“${facts.domain}” ` : ""}is not connected to ${facts.tenant ? `“${facts.tenant}”` : "this brokerage"}.`,
    remedy:
      "Enter an API key of this Follow Up Boss account in the gateway: the brokerage's key (Track A) or this agent's own key (Track B). Then check that the app's address names the right brokerage.",
  }),
  user_not_found: (facts) => ({
    title: "We do not know who you are yet",
    sentence: facts.why || ERROR_CODES.user_not_found.sentence,
    remedy:
      "Set my outreach phone in the gateway to the phone of my Follow Up Boss profile, and enter my own Follow Up Boss API key if I have my own account (Track B).",
  }),
  person_not_found: () => ({
    title: "Open a person first",
    sentence: "This app works on one person. Open a contact in Follow Up Boss and choose the app there.",
    remedy:
      "If a contact is open and this still shows, register the app in Follow Up Boss as an app for the person page, with the single-contact address.",
  }),
  not_ready: (facts) => ({
    title: "Not ready yet",
    sentence: `${ERROR_CODES.not_ready.sentence} ${facts.why}`.trim(),
    remedy:
      "Open the gateway's console, which says what is missing, and run Test connection. It needs a valid Follow Up Boss API key and FUB_SYSTEM_KEY. Then reload this app.",
  }),
};

/** The page model of a refusal: no session, the state as its code. */
export function problemModel(state: EmbedProblemState, facts: ProblemFacts): EmbedModel {
  const words = facts.words ?? WORDS[state](facts);
  const support = {
    code: state,
    ...(facts.tenant ? { brokerage: facts.tenant } : {}),
    ...(facts.domain ? { follow_up_boss_account: facts.domain } : {}),
    ...facts.support,
  };
  return { session: "", state, problem: { ...words, support } };
}
