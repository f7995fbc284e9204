// The contact rules once more within a started outreach: when the agent has answered and the contact is about to be rung, and
// for how long a text may wait at its carrier. Only what may have changed since the launch is asked: hours and wishes.
import type { ChannelOrder } from "../channels/channel.ts";
import type { RulesNow } from "../channels/twilio/twilio-deps.ts";
import { type ContactDeps, type ContactQuestion, checkContact } from "../contact/check-contact.ts";
import { openFor } from "../contact/hours/open-for.ts";
import { readRegions } from "./contact-facts.ts";
import { type EngagementRow, findEngagement } from "./engagement.store.ts";
import type { EngagementDeps } from "./engagement-deps.ts";

type Deps = Pick<EngagementDeps, "db" | "clock"> & { readonly rules: ContactDeps };

export function createRulesNow(deps: Deps): RulesNow {
  const questionOf = async (order: ChannelOrder): Promise<ContactQuestion> =>
    about(order, await findEngagement(deps.db, order.engagementId), deps.clock.now());
  return {
    withheld: async (order) => {
      const { decision } = await checkContact(deps.rules, deps.db, await questionOf(order));
      return decision === "allowed" ? undefined : decision === "held" ? "closed" : "opted_out";
    },
    openFor: async (order, most) => openFor(deps.rules, await questionOf(order), most),
  };
}

const about = (order: ChannelOrder, row: EngagementRow | undefined, at: number): ContactQuestion => ({
  ...{ tenant: order.tenant, channel: order.channel, contact: order.contact, personId: order.personId, at },
  crmAccountId: row?.crm_account_id ?? null,
  place: { regions: readRegions(row?.person_regions ?? null) },
  ...{ reachesPeople: true, underWay: true },
});
