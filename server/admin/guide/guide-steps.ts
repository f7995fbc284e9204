// The guide's steps as data: what they are made of, and what both tracks share. The tracks follow seed 000.
import type { ProveAgent } from "./prove-agent.ts";
import type { ProveBrokerage } from "./prove-brokerage.ts";
import * as proof from "./prove-brokerage.ts";

export interface StepWords {
  readonly id: string;
  readonly title: string;
  readonly optional?: true;
  readonly inCrm?: readonly string[];
  /** Which addresses to copy there. */
  readonly copy?: readonly ("embed" | "campaign" | "webhook" | "slug")[];
  readonly here?: readonly string[];
}

/** brokerage: once. agent: once for each. sum: a checklist's line, as proven as the steps it sums up. tick: a person says so. */
export type StepPlan = StepWords &
  (
    | { readonly kind: "brokerage"; readonly prove: ProveBrokerage }
    | { readonly kind: "agent"; readonly prove: ProveAgent }
    | { readonly kind: "tick"; readonly perAgent: boolean; readonly sentence: string }
    | { readonly kind: "sum"; readonly of: readonly string[] }
  );

export interface SectionPlan {
  readonly id: string;
  readonly title: string;
  readonly layout: "stepper" | "table" | "list";
  readonly steps: readonly StepPlan[];
}

export const brokerage = (
  id: string,
  title: string,
  prove: ProveBrokerage,
  words: Partial<StepWords> = {},
): StepPlan => ({
  kind: "brokerage",
  id,
  title,
  prove,
  ...words,
});
export const agent = (
  id: string,
  title: string,
  prove: ProveAgent,
  words: Partial<StepWords> = {},
): StepPlan => ({
  kind: "agent",
  id,
  title,
  prove,
  ...words,
});
export const sum = (
  id: string,
  title: string,
  of: readonly string[],
  words: Partial<StepWords> = {},
): StepPlan => ({
  kind: "sum",
  id,
  title,
  of,
  ...words,
});

export const EMBEDDED_APPS = "Open Admin, then Embedded Apps, and add an app.";
export const SECRET = "Follow Up Boss then shows the app's secret; each app has its own. Copy it here.";
export const API = "Open Admin, then API, and create or copy the key.";
/** Both tracks need it before the campaign app is tried. */
export const callManagement = (id: string): StepPlan =>
  brokerage(id, "Enter the call-management key, which campaigns need", proof.callManagementKey, {
    here: ["tenant.call_management_api_key"],
  });
export const PHONE_HERE = ["user.default_broker_phone", "user.display_number"];

export const PLATFORM: SectionPlan = {
  id: "platform",
  title: "Once for this gateway",
  layout: "stepper",
  steps: [
    brokerage("P.1", "Register the system and enter its key", proof.systemKey, {
      inCrm: ["Register the system at Follow Up Boss; it gives a name and a system key."],
      here: ["platform.FUB_SYSTEM", "platform.FUB_SYSTEM_KEY"],
    }),
    brokerage("P.2", "Give the gateway a public address", proof.publicAddress, {
      here: ["platform.SERVER_URL"],
    }),
  ],
};

/** Seed 000, "Optional tag automation". */
export const TAGS: SectionPlan = {
  id: "tags",
  title: "Start by tag (optional)",
  layout: "list",
  steps: [
    brokerage("T.1", "Choose the tag", proof.tagSet, { optional: true, here: ["tenant.fub_start_call_tag"] }),
    brokerage("T.2", "Register the webhook", proof.webhookRegistered, { optional: true, copy: ["webhook"] }),
    brokerage("T.3", "Try it on a person with a phone", proof.tagStarted, {
      optional: true,
      inCrm: ["Add the tag to a person who has a phone number."],
    }),
  ],
};
