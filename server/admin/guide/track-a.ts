// The guide for one Follow Up Boss account shared by the team (seed 000, Track A).
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
  type StepWords,
  sum,
} from "./guide-steps.ts";
import * as agentProof from "./prove-agent.ts";
import * as proof from "./prove-brokerage.ts";

const SINGLE_APP: Partial<StepWords> = {
  inCrm: [EMBEDDED_APPS, "Name it “Aventora” and paste the address for one contact.", SECRET],
  copy: ["embed"],
};
const CAMPAIGN_APP: Partial<StepWords> = {
  inCrm: [EMBEDDED_APPS, "Name it “Aventora Campaign” and paste the campaign address.", SECRET],
  copy: ["campaign"],
};

export const TRACK_A: readonly SectionPlan[] = [
  PLATFORM,
  {
    id: "A1",
    title: "Connect the brokerage",
    layout: "stepper",
    steps: [
      brokerage("A1.1", "Choose the brokerage's name", proof.brokerageExists, {
        here: ["tenant.domain_name"],
      }),
      brokerage("A1.2", "Give the Follow Up Boss account the same domain", proof.domainMatches, {
        inCrm: ["Open the account's settings as its admin.", "Set the domain to the brokerage's name."],
        copy: ["slug"],
      }),
      brokerage("A1.3", "Switch Follow Up Boss on and test the connection", proof.connected, {
        inCrm: [API],
        here: ["tenant.crm_sync_provider", "tenant.fub_sync_contacts", "tenant.fub_api_key"],
      }),
      brokerage("A1.4a", "Register the app for one contact", proof.singleAppOpened, {
        ...SINGLE_APP,
        here: ["tenant.fub_embedded_app_secret"],
      }),
      brokerage("A1.4b", "Register the campaign app", proof.campaignAppOpened, {
        ...CAMPAIGN_APP,
        here: ["tenant.fub_campaign_embedded_app_secret"],
      }),
      callManagement("A1.5"),
    ],
  },
  {
    id: "A2",
    title: "Set up each agent",
    layout: "stepper",
    steps: [
      agent("A2.5", "Make them an agent here", agentProof.agentExists, {
        here: ["user.id", "user.name", "user.email"],
      }),
      agent("A2.6", "Set their outreach phone", agentProof.phoneAgrees, {
        inCrm: ["The same phone must stand in the agent's Follow Up Boss profile."],
        here: PHONE_HERE,
      }),
      agent("A2.7", "Enter a key of their own", agentProof.ownKey, {
        optional: true,
        inCrm: [API],
        here: ["user.fub_api_key"],
      }),
      agent("A2.8", "They sign in to Follow Up Boss as themselves", agentProof.recognised, {
        inCrm: ["The agent has a login of their own in the brokerage's account, and opens one of the apps."],
      }),
    ],
  },
  {
    id: "A3",
    title: "Start working",
    layout: "list",
    steps: [
      {
        kind: "tick",
        perAgent: true,
        id: "A3.1",
        title: "Shown how to reach one contact and a Smart List",
        sentence: "Tick it when you have shown them.",
        inCrm: [
          "Open a contact, open “Aventora” beside it, choose channel and purpose, start.",
          "Open “Aventora Campaign”, choose a Smart List, review, start.",
        ],
      },
    ],
  },
  {
    id: "A4",
    title: "Check that it works",
    layout: "table",
    steps: [
      agent("A4.1", "Opens Aventora on a test contact", agentProof.openedContact),
      agent("A4.2", "A test call shows their number", agentProof.callFromOwnPhone),
      agent("A4.3", "The activity stands on the person", agentProof.activityWritten),
      agent("A4.4", "A campaign from their Smart List runs as them", agentProof.campaignAsAgent),
    ],
  },
  {
    id: "checklist",
    title: "Checklist",
    layout: "list",
    steps: [
      sum("AC.1", "The Follow Up Boss domain is the brokerage's name", ["A1.2"]),
      sum("AC.2", "Follow Up Boss, “Sync contacts” and the brokerage's key are set", ["A1.3"]),
      sum("AC.3", "Both apps are registered", ["A1.4a", "A1.4b"]),
      sum("AC.4", "Every agent is here, with the phone of their profile", ["A2.5", "A2.6"]),
      sum("AC.5", "Agents have keys of their own", ["A2.7"], { optional: true }),
      sum("AC.6", "The connection test passed", ["A1.3"]),
      sum("AC.7", "Every agent tried one contact and a campaign as themselves", ["A4.1", "A4.2", "A4.4"]),
    ],
  },
];
