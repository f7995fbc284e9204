// Why somebody is not contacted, in a sentence for the agent. Pure; days and times are the contact's own.
import type { Channel } from "../../shared/values.ts";
import { CHANNEL_LABELS } from "../../shared/values.ts";
import { sayDate, sayInstant } from "../base/say-instant.ts";
import type { ReachedCap } from "./check-caps.ts";
import type { ContactGroup } from "./count-contacts.ts";
import type { SuppressionRow, SuppressionSource } from "./suppression.store.ts";

const DONE: Readonly<Record<ContactGroup, string>> = {
  calls: "called",
  texts: "texted",
  email: "e-mailed",
};

export const sayTag = (tag: string): string =>
  `This person carries the tag “${tag}” in the CRM, so they are not contacted.`;

export const sayNoConsent = (group: ContactGroup): string =>
  `The CRM says that this person did not agree to be ${DONE[group]}.`;

export const sayHours = (detail: string): string => `Not at this hour: ${detail}.`;

/** `zone`: the contact's, as for the day below. */
export function sayCap(group: ContactGroup, { most, days, rule, until }: ReachedCap, zone: string): string {
  const times = most === 1 ? "once" : `${most} times`;
  const span = days === 1 ? "in the last 24 hours" : "in the last 7 days";
  const whose = rule === null ? "the brokerage allows" : `is allowed there (${rule})`;
  return `This person was ${DONE[group]} ${times} ${span}, which is as often as ${whose}. Possible again from ${sayInstant(until, zone)}.`;
}

/** How it came to the list → the sentence; {by} is " by SMS" where the wish holds for one channel only. */
const CAME: Readonly<Record<SuppressionSource, string>> = {
  keyword: "Asked not to be contacted{by} on {day}",
  free_text: "Asked not to be contacted{by} on {day}",
  voice: "Asked on a call on {day} not to be contacted{by}",
  unsubscribe_link: "Unsubscribed by the link in a message on {day}",
  agent: "An agent noted on {day} that they do not want to be contacted{by}",
  console: "Was put on the list of people not to be contacted{by} on {day}",
  crm_tag: "Carried a tag in the CRM on {day} that says not to contact them",
  carrier: "Opted out at the carrier, which has refused messages to them since {day}",
  import: "Stands on the brokerage's do-not-contact list since {day}",
};

/** "Asked not to be contacted on May 3, 2026 (“please stop”)." */
export function saySuppression(row: SuppressionRow, zone: string): string {
  const came = CAME[row.source as SuppressionSource] ?? "Is not to be contacted{by} since {day}";
  const by = row.scope === "all" ? "" : ` by ${CHANNEL_LABELS[row.scope as Channel] ?? row.scope}`;
  const said = row.said === null || row.said.trim() === "" ? "" : ` (“${row.said.trim()}”)`;
  return `${came.replace("{by}", by).replace("{day}", sayDate(row.created_at, zone))}${said}.`;
}
