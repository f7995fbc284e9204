// Words of Settings, Channels: who carries what, and the accounts of those who do. Docs of single settings are the
// product's own (shared/*-settings.schema.ts).

export const CHANNELS_TEXT = {
  standing: "How each channel stands",
  standingNote: "As it is saved now.",
  nothingFound: "Nothing stands in its way.",
  inUse: (channels: string) => `In use for ${channels}`,
  notInUse: "Not in use",
  setUp: (name: string) => `Set up ${name}`,
  fold: (name: string) => `Fold ${name} away`,
  states: { ok: "In order", warn: "Look here", bad: "Not working" },
  test: {
    twilio: "Test Twilio",
    mail: "Test e-mail",
    model: "Test the model",
    busy: "Trying it out. This can take half a minute.",
    unsaved: "Save first: the test uses what is saved.",
    ok: "Everything that could be tried works.",
    bad: "Something does not work yet.",
  },
  conversations: "Conversations by text",
  conversationsNote: "What contacts write is found under Outreach, Conversations.",
  conversationsLink: "Open the conversations",
} as const;

export const TWILIO = {
  title: "Twilio",
  note: "Calls, texts and WhatsApp over the brokerage's own account at Twilio.",
  account: "Account",
  numbers: "Numbers",
  calls: "Calls",
  whatsapp: "WhatsApp",
  inbound: "Address for what contacts write",
  inboundHint:
    "At Twilio, on the number or the messaging service: “A message comes in”, Webhook, HTTP POST. For WhatsApp the same on its sender.",
  inboundNone: "There is no public address yet, so Twilio cannot tell what contacts write as it comes in.",
  inboundNoneHint:
    "The gateway asks Twilio for it every so often instead. A public address makes it at once.",
  platform: "Set the public address",
  modes: {
    agent_first: "The agent first",
    agent_firstNote:
      "The agent's phone rings and says who is called. Once the agent presses 1, the contact is called and hears a person at once.",
    announcement: "An announcement",
    announcementNote:
      "Informational calls are spoken to the contact by a machine. All other calls still ring the agent first.",
  },
  consent: "A machine's voice may only call people who agreed to it beforehand.",
  consentHint:
    "The law treats it like a recorded message (TCPA in the US, ADAD in Canada): without prior consent, in writing where it advertises, each call can cost a fine. Keep the proof of consent.",
  recording: "Recorded calls need the contact's consent in many places.",
  recordingHint: "The notice below is said to the contact before the agent is put through.",
  whatsappVoice:
    "WhatsApp calls to contacts are not offered for business numbers registered in the US and Canada.",
} as const;

export const TEMPLATES = {
  title: "WhatsApp templates",
  note: "WhatsApp lets a business write first only with a text it approved. The first template that fits the call type is used.",
  none: "None. Without one, WhatsApp messages reach only people who wrote within the last 24 hours.",
  add: "Add a template",
  one: (number: number) => `Template ${number}`,
  name: "Name",
  sid: "Content SID",
  types: "Opens these call types",
  variables: "Variables",
  variablesNote: "{first_name}, {agent}, {brokerage} and {instruction} are filled in.",
  variable: (name: string) => `Text for {{${name}}}`,
  newVariable: "Next variable",
  addVariable: "Add the variable",
  removeVariable: (name: string) => `Remove the variable ${name}`,
  remove: "Remove this template",
} as const;

export const CALLER_IDS = {
  title: "What contacts see when an agent calls",
  note: "An agent's own phone is shown once Twilio knows that it is theirs: it calls the phone and asks for a code.",
  waits: "Listed here once the Twilio account is saved.",
  table: "Caller ID of each agent",
  none: "No agents yet",
  noneText: "Add them under Agents; each one's caller ID is then listed here.",
  agents: "Open Agents",
  columns: { agent: "Agent", number: "Number", state: "Shown to contacts", act: "Verify" },
  noNumber: "No outreach phone",
  verified: "Verified",
  waiting: "Not verified yet",
  twilio: "The number at Twilio",
  verify: "Verify",
  verifyOf: (name: string) => `the phone of ${name}`,
  asking: "Asking Twilio to call…",
  dialog: (name: string) => `Verify the phone of ${name}`,
  calling: "Twilio is calling",
  type: "When it rings, answer and key in this code:",
  code: "Code to key in",
  waitingFor: "Waiting for the code to be keyed in…",
  done: "Verified. Contacts now see this number.",
  again: "It did not ring, or the code was wrong? Close this and verify once more.",
} as const;

export const MAIL = {
  title: "E-mail",
  note: "E-mail over the brokerage's own mail server. It is for information only; people answer to a mailbox that is read.",
  sending: "Sending",
  replies: "Replies",
  text: "What every e-mail carries",
  security: { tls: "TLS from the start", starttls: "STARTTLS", none: "None (this computer only)" },
  noReplies: "Without a server to read from, replies and bounces are not seen.",
  read: "The mailbox was last read",
  neverRead: "The mailbox was not read yet.",
  readFailed: "The mailbox could not be read.",
  noPostal: "No postal address: the law asks for one below every e-mail (CAN-SPAM, CASL).",
} as const;

export const CHAT = {
  title: "Chat",
  note: "The contact is sent a link to a small page of this gateway and writes there; the agent answers in Follow Up Boss or here.",
  noAddress: "Contacts can open the chat page only over a public address, and none is set.",
} as const;

export const AUTOMATED = {
  title: "Automated answers",
  note: "A language model of your choice can answer contacts in place of an agent, following the call type and the instruction.",
  does: "What it does",
  doesList: [
    "It says at the start that it is automated.",
    "It knows this one outreach: the instruction, the contact's first name, what was written. Nothing else of the CRM.",
    "It hands over to the agent when asked to, when it is unsure, or at the limits below. The contact is told.",
    "It stops at once when somebody opts out.",
  ],
  doesNot: "What it never does",
  doesNotList: [
    "Write first: the first message is always yours.",
    "Answer on a channel that is not ticked below.",
    "Promise, sign, take payments, or reach any tool, other person or data.",
  ],
  privacy: "What contacts write is sent to the model server. Say so in your privacy notice.",
  limits: "Limits",
  noPrices: "Without the model's two prices its cost is not counted, so the limit of cost never holds.",
  model: "Model server",
  modelHint: "Test the model to choose from those it has.",
  fields: { max_tokens: "max_tokens", max_completion_tokens: "max_completion_tokens" },
} as const;
