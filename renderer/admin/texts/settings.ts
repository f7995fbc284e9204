// Words of Settings. A setting's one-line doc is the product's own (shared/settings.schema.ts), its name stands in
// setting-names.ts; here is what stands around them.
export const SETTINGS = {
  title: "Settings",
  sections: "Parts of Settings",
  section: {
    brokerage: "Brokerage",
    channels: "Channels",
    "contact-rules": "Contact rules",
    "do-not-contact": "Do not contact",
    outcomes: "Outcomes",
    platform: "Platform",
    keys: "Where keys are kept",
    backup: "Backup",
    support: "Support",
    help: "Troubleshooting",
    "this-computer": "This computer",
    about: "About",
  },
  tenant: "Brokerage",
  noTenant: "No brokerage yet",
  noTenantText: "Set one up under Setup; its settings are then found here.",
  setUp: "Open Setup",
  saved: "Saved.",
  restart: (names: string) => `Saved. Restart the gateway to let it take effect: ${names}.`,
  notAll: "Some fields are not right yet. Nothing was saved.",
  on: "On",
  off: "Off",
  removed: "will be removed",
  typed: "a new value (not shown)",
  from: {
    fixed: (by: string) => `Fixed by ${by}; it cannot be changed here.`,
    set: "Set here.",
    standard: "Standard value.",
    empty: "Not set.",
    restart: "Takes effect after a restart.",
  },
} as const;

export const BROKERAGE = {
  groups: {
    crm: "Follow Up Boss",
    apps: "The two apps",
    tags: "Tags that start outreach",
    outreach: "Outreach",
    hub: "Engagement Hub",
    programs: "Other programs",
    remove: "Remove this brokerage",
  },
  track: "Track",
  tracks: {
    A: "Track A: one shared Follow Up Boss",
    B: "Track B: a Follow Up Boss for each agent",
  },
  trackChange: "Switch the track in Setup",
  doctor: "An app does not open? Ask the secret doctor",
  tagsNote:
    "A tag does not say which agent added it: what it starts goes out for the brokerage, with its number and key.",
  tagTable: "Further tags",
  tagColumns: {
    tag: "Tag",
    channel: "Over",
    type: "Call type",
    instruction: "Instruction",
    remove: "Remove",
  },
  tagNone: "None. With further tags each can have its own channel and purpose.",
  tagAdd: "Add a tag",
  tagRemove: (tag: string) => (tag === "" ? "Remove this row" : `Remove the tag ${tag}`),
  webhooks: "See whether the webhooks are registered",
  channelsLink: "Who carries each channel is set under Channels",
  rulesLink: "Who is contacted, when and how often is set under Contact rules",
  channels: "Who carries each channel",
  providers: {
    simulator: "Built-in simulator",
    hub: "Aventora Engagement Hub",
    twilio: "Twilio",
    smtp: "Our mail server",
    chat: "Our chat page",
  },
  simulatorNote: "The simulator reaches nobody: it only plays what would happen.",
  pace: "Pace of campaigns",
  paceNote: "Empty means the product's own limit.",
  atOnce: "At once",
  perMinute: "Per minute",
  paceOf: (channel: string, what: string) => `${channel}: ${what}`,
  always: [
    "Nobody who opted out or is on the do-not-contact list is contacted.",
    "Nobody without a complete number or address is contacted.",
    "A number that belongs to somebody else on the person's record (a relationship) is not used.",
    "Texts and WhatsApp never go to a landline.",
  ],
  removeText: "Removing asks for the name and can be undone for ten minutes. It is done in Setup.",
  removeLink: "Go there",
} as const;

export const OUTCOMES_TEXT = {
  title: "What is written to Follow Up Boss as a call's outcome",
  note: "The first column is what came of the outreach. Follow Up Boss knows only the six outcomes to choose from.",
  columns: { outcome: "Outcome here", standard: "Standard", change: "In Follow Up Boss" },
  without: "Without an outcome",
  asStandard: (standard: string) => `As standard (${standard})`,
  changed: "Changed",
  choose: (outcome: string) => `Outcome in Follow Up Boss for ${outcome}`,
} as const;

export const PLATFORM = {
  groups: {
    system: "This gateway at Follow Up Boss",
    address: "On this computer",
    hub: "Aventora Engagement Hub",
    rollout: "Rollout",
    running: "Running",
  },
  notes: {
    system: "From the registration of the system at Follow Up Boss. Without the key nothing works there.",
    address:
      "Where the two listeners are. A tunnel or a proxy leads to the public one; the console is never reached from outside.",
    hub: "Only where an Engagement Hub carries channels.",
    rollout: "Only for brokerages whose CRM is reached through Rollout.",
    running: "These rarely need to be changed.",
  },
  locks: "Fixed by the environment",
  lockColumns: { name: "Setting", by: "Fixed by" },
  locksNone: "Nothing: all settings can be changed here.",
  notices: "Remarks on the settings file",
  noticesNone: "It was read without a remark.",
} as const;

export const KEYS = {
  title: "Where keys are kept",
  kinds: { keychain: "This computer's keychain", file: "An encrypted file", none: "Not chosen yet" },
  ok: "Can be used",
  bad: "Cannot be opened",
  remedy: "Unlock the keychain of the user the gateway runs as; the gateway tries again by itself.",
  list: "Keys that are set",
  listNone: "No key is set yet.",
  columns: { name: "Key", state: "What is known of it" },
  note: "Keys are never shown again, also not here: only when they were set, their last two characters and how they were received.",
} as const;

export const SUPPORT = {
  bundle: "Support bundle",
  bundleText:
    "A file for whoever helps you: settings without secrets, versions, checks and the journal. Keys, numbers, addresses and names are left out.",
  download: "Download the bundle",
  links: "Support links",
  linksText:
    "Lets somebody look at this console on this computer without changing anything, for as long as you say.",
  minutes: "It opens for",
  choices: [
    { value: "15", label: "15 minutes" },
    { value: "60", label: "1 hour" },
    { value: "480", label: "8 hours" },
    { value: "1440", label: "1 day" },
  ],
  make: "Make a link",
  made: "The new link",
  madeHint: "Copy it now: it is shown this once.",
  none: "No link is open.",
  open: "Open links",
  columns: { made: "Made", until: "Ends", used: "Last used", act: "Take back" },
  revoke: "Take back",
  revokeOf: (when: string) => `Take back the link made ${when}`,
  revoked: "The link was taken back.",
} as const;

export const HELP = {
  title: "Troubleshooting",
  note: "The usual problems. What the gateway can see by itself is found out for you.",
  table: (tenant: string) => `Problems of ${tenant}`,
  states: { found: "Found", ok: "Not found", unknown: "Cannot tell" },
  evidence: "What it rests on",
  none: "No brokerage yet",
  noneText: "Once a brokerage is set up, its usual problems are looked for here.",
} as const;

export const ABOUT = {
  title: "This gateway",
  version: "Version",
  since: "Running since",
  listens: "Listens at",
  public: "Public address",
  none: "not set",
  build: "Built from",
  noBuild: "a checkout",
  builtFrom: (commit: string, changed: boolean) =>
    changed ? `${commit} with changes that were not committed` : commit,
  licence: "Licence",
  licenceText: "MIT. It may be used, changed and passed on freely, without warranty.",
} as const;

export const LICENCES = {
  title: "Libraries inside",
  search: "Find a library or licence",
  notBuilt: "The list is made with the program. In a checkout it is there after npm run build.",
  count: (shown: number, all: number) =>
    shown === all ? `${all} libraries` : `${shown} of ${all} libraries`,
} as const;
