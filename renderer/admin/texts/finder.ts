// Places the palette finds besides rooms and people: single settings and screens, by the words people look for them with.

export interface Place {
  readonly label: string;
  readonly words: string;
  readonly to: string;
}

/** Rooms that gain a screen or setting add its line here. */
export const PLACES: readonly Place[] = [
  { label: "Failed outreach", words: "error not working refused", to: "/outreach?status=failed" },
  { label: "Campaigns", words: "bulk smart list csv", to: "/outreach?kind=campaigns" },
  {
    label: "Outreach that is going on",
    words: "running live in progress",
    to: "/outreach?status=in_progress",
  },
  { label: "Errors in the journal", words: "log problems", to: "/journal?severity=error" },
  { label: "Warnings in the journal", words: "log", to: "/journal?severity=warn" },
  { label: "Places for webhooks", words: "slots registered reconcile tag", to: "/webhooks/slots" },
  {
    label: "Webhooks given up",
    words: "dead letters failed deliveries replay",
    to: "/webhooks?state=failed",
  },
  { label: "Webhooks turned away", words: "rejected signature refused", to: "/webhooks/rejected" },
  { label: "Secret doctor", words: "app does not open unauthorized embed secret", to: "/webhooks/secrets" },
  { label: "Forwarding of webhooks", words: "fan-out target program", to: "/webhooks/forwarding" },
  {
    label: "Brokerage settings",
    words: "crm provider sync contacts tag channels cool-down pace hub rules api key",
    to: "/settings",
  },
  { label: "Outcomes", words: "call outcome mapping follow up boss", to: "/settings/outcomes" },
  {
    label: "Platform settings",
    words: "public address server url system key port environment rollout log",
    to: "/settings/platform",
  },
  { label: "Where keys are kept", words: "keychain vault secrets", to: "/settings/keys" },
  { label: "Support bundle and links", words: "help download read-only", to: "/settings/support" },
  { label: "Troubleshooting", words: "problems help does not work", to: "/settings/help" },
  { label: "About", words: "version licence", to: "/settings/about" },
  { label: "New brokerage", words: "add tenant set up track", to: "/setup?new=1" },
  {
    label: "Practise with a pretend Follow Up Boss",
    words: "sandbox rehearse demo try",
    to: "/setup?rehearse=1",
  },
  { label: "System name and system key", words: "register platform x-system", to: "/setup?step=P.1" },
  { label: "Addresses of the apps", words: "embed url embedded apps campaign webhook", to: "/setup" },
  { label: "Identity of agents", words: "who is who phone caller id matrix", to: "/agents" },
];
