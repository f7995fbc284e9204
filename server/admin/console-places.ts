// Where in the console a remedy is done: the routes of its rooms, with the words of the button that leads there.
import type { Action } from "../../shared/console/action.schema.ts";

const part = encodeURIComponent;

export const PLACES = {
  setup: (tenant: string): Action => ({ label: "Open the set-up", to: `/setup/${part(tenant)}` }),
  agents: (tenant: string): Action => ({ label: "Open the agents", to: `/agents/${part(tenant)}` }),
  /** System key, addresses, the place keys are kept in. */
  settings: (label = "Open the settings"): Action => ({ label, to: "/settings/platform" }),
  address: (): Action => ({ label: "Open the public address", to: "/settings/platform" }),
  webhooks: (tenant: string): Action => ({
    label: "Open the webhooks",
    to: `/webhooks?tenant=${part(tenant)}`,
  }),
  channels: (tenant: string): Action => ({
    label: "Open the channels",
    to: `/settings/channels?tenant=${part(tenant)}`,
  }),
  backup: (label: string): Action => ({ label, to: "/settings/backup" }),
  contactRules: (): Action => ({ label: "Open the contact rules", to: "/settings/contact-rules" }),
  conversation: (engagementId: string): Action => ({
    label: "Open the conversation",
    to: `/outreach/conversations/${part(engagementId)}`,
  }),
  outreach: (engagementId: string): Action => ({
    label: "Open the outreach",
    to: `/outreach/e/${part(engagementId)}`,
  }),
  outreaches: (query: Readonly<Record<string, string>>): Action => ({
    label: "Show them",
    to: `/outreach?${new URLSearchParams(query)}`,
  }),
  campaign: (id: string): Action => ({ label: "Open the campaign", to: `/outreach/c/${part(id)}` }),
  journal: (query: Readonly<Record<string, string>>): Action => ({
    label: "See the journal",
    to: `/journal?${new URLSearchParams(query)}`,
  }),
} as const;
