// The guide for agents who each have a Follow Up Boss account of their own (seed 000, Track B).
import {
  API,
  agent,
  brokerage,
  callManagement,
  EMBEDDED_APPS,
  PHONE_HERE,
  PLATFORM,
  SECRET,
  type SectionPlan,
  sum,
} from "./guide-steps.ts";
import * as agentProof from "./prove-agent.ts";
import * as proof from "./prove-brokerage.ts";

export const TRACK_B: readonly SectionPlan[] = [
  PLATFORM,
  {
    id: "B1",
    title: "Prepare the brokerage",
    layout: "stepper",
    steps: [
      brokerage("B1.1", "Choose the brokerage's name", proof.brokerageExists, {
        here: ["tenant.domain_name"],
      }),
      brokerage("B1.2", "Switch Follow Up Boss on", proof.followUpBossOn, {
        here: ["tenant.crm_sync_provider", "tenant.fub_sync_contacts"],
      }),
      brokerage(
        "B1.3",
        "Give the agents the addresses that name the brokerage",
        proof.addressNamesBrokerage,
        {
          inCrm: ["Every agent pastes these same two addresses into their own Follow Up Boss."],
          copy: ["embed", "campaign"],
        },
      ),
      callManagement("B1.4"),
    ],
  },
  {
    id: "B2",
    title: "Set up each agent",
    layout: "stepper",
    steps: [
      agent("B2.4", "Make them an agent here", agentProof.agentExists, {
        here: ["user.id", "user.name", "user.email"],
      }),
      agent("B2.5", "Connect their own Follow Up Boss", agentProof.ownKey, {
        inCrm: [`In the agent's own account: ${API}`],
        here: ["user.fub_api_key", ...PHONE_HERE],
      }),
      agent("B2.6", "Install both apps in their own Follow Up Boss", agentProof.appsInOwnAccount, {
        inCrm: [EMBEDDED_APPS, "Add “Aventora” and “Aventora Campaign” with these addresses.", SECRET],
        copy: ["embed", "campaign"],
        here: ["user.fub_embedded_app_secret", "user.fub_campaign_embedded_app_secret"],
      }),
      agent("B2.7", "The phones agree", agentProof.phoneAgrees, {
        inCrm: ["The same phone must stand in the agent's Follow Up Boss profile."],
        here: PHONE_HERE,
      }),
    ],
  },
  {
    id: "B3",
    title: "Check that it works",
    layout: "table",
    steps: [
      agent("B3.1", "The apps are in their own Follow Up Boss", agentProof.appsInOwnAccount),
      agent("B3.2", "Their own key is entered and works", agentProof.ownKey),
      agent("B3.3", "A test call shows their number", agentProof.callFromOwnPhone),
      agent("B3.4", "Activity goes to their own Follow Up Boss only", agentProof.writtenToOwnAccount),
      agent("B3.5", "They do not see other agents' contacts", agentProof.seesOnlyOwn),
    ],
  },
  {
    id: "checklist",
    title: "Checklist",
    layout: "list",
    steps: [
      sum("BC.1", "The brokerage is here and “Sync contacts” is on", ["B1.1", "B1.2"]),
      sum("BC.2", "The apps' addresses name the brokerage", ["B1.3"]),
      sum("BC.3", "Every agent is here with their own key and phone", ["B2.4", "B2.5", "B2.7"]),
      sum("BC.4", "Every agent installed both apps in their own Follow Up Boss", ["B2.6"]),
      sum("BC.5", "The phones are those of the Follow Up Boss profiles", ["B2.7"]),
      sum("BC.6", "The connection test passed for every agent's key", ["B2.5"]),
      sum("BC.7", "Every agent tried it, and their activity stays in their own account", ["B3.3", "B3.4"]),
    ],
  },
];
