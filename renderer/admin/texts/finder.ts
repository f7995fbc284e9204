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
    words: "crm provider sync contacts tag name pace hub api key",
    to: "/settings",
  },
  {
    label: "Channels",
    words: "carrier twilio simulator hub account sid voicemail recording sms whatsapp template call mode",
    to: "/settings/channels",
  },
  {
    label: "Caller IDs of agents",
    words: "verify own phone shown number twilio",
    to: "/settings/channels",
  },
  { label: "E-mail of the brokerage", words: "smtp imap mail server replies", to: "/settings/channels" },
  {
    label: "Automated answers",
    words: "language model ai llm assistant key cost limits",
    to: "/settings/channels",
  },
  { label: "Contact rules", words: "opt-out stop caps cool-down often tag", to: "/settings/contact-rules" },
  {
    label: "Contact hours",
    words: "calling hours quiet time zone night rule file test a number",
    to: "/settings/contact-rules",
  },
  {
    label: "Do-not-contact list",
    words: "dnc do not call suppression opt-out opted out stop import csv",
    to: "/settings/do-not-contact",
  },
  { label: "Ledger", words: "every attempt refused held rule decided export csv", to: "/outreach/ledger" },
  { label: "Conversations", words: "replies inbox chat texts answers", to: "/outreach/conversations" },
  {
    label: "Conversations that need an agent",
    words: "waiting hand over replies",
    to: "/outreach/conversations?show=waiting",
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

/** Found only in the desktop app. */
export const DESKTOP_PLACES: readonly Place[] = [
  {
    label: "This computer",
    words: "start at login sign-in hidden tray updates version desktop app data folder",
    to: "/settings/this-computer",
  },
];
