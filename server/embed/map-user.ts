// Which agent of the brokerage opened the app: by phone, then by the FUB user learned earlier, then by e-mail. Pure; the
// facts are gathered by gather-user-facts.ts.

import type { UserSettings } from "../../shared/settings.schema.ts";
import { toE164 } from "../base/phone-numbers.ts";

export type MatchRule = "phone" | "fub_user" | "email";

export interface UserFacts {
  /** Phones of the FUB user: from the context if it has one, and from the user's profile. */
  readonly phones: readonly string[];
  readonly email: string | null;
  /** Agent this FUB user was known as earlier (own key, or an earlier match by phone). */
  readonly learnedUserId: string | null;
}

export interface UserMatch {
  readonly user: Readonly<UserSettings>;
  readonly rule: MatchRule;
}

/** Null when nobody or more than one agent fits: a guess would put the wrong name and number on a call. */
export function mapUser(agents: readonly Readonly<UserSettings>[], facts: UserFacts): UserMatch | null {
  const phones = new Set(facts.phones.flatMap((phone) => toE164(phone) ?? []));
  const byPhone = agents.filter((agent) => hasPhone(agent, phones));
  if (byPhone.length === 1 && byPhone[0]) return { user: byPhone[0], rule: "phone" };
  if (byPhone.length > 1) return null;
  const learned = agents.find((agent) => agent.id === facts.learnedUserId);
  if (learned) return { user: learned, rule: "fub_user" };
  const email = facts.email?.trim().toLowerCase();
  const byEmail = email ? agents.filter((agent) => agent.email.toLowerCase() === email) : [];
  return byEmail.length === 1 && byEmail[0] ? { user: byEmail[0], rule: "email" } : null;
}

const hasPhone = (agent: Readonly<UserSettings>, phones: ReadonlySet<string>): boolean =>
  [agent.default_broker_phone, agent.display_number].some((own) => phones.has(toE164(own) ?? ""));
