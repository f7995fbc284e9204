// Words of the frame around the rooms: rail, lamps, palette, banners, locked page.

export const ROOM_NAMES = {
  home: "Home",
  setup: "Setup",
  agents: "Agents",
  outreach: "Outreach",
  journal: "Journal",
  webhooks: "Webhooks",
  settings: "Settings",
} as const;

export const LAMP_NAMES = {
  public_address: "Public address",
  follow_up_boss: "Follow Up Boss",
  channels: "Channels",
  outreach: "Outreach",
} as const;

export const LAMP_WORDS = {
  ok: "Working",
  warn: "Look here",
  bad: "Not working",
  unknown: "Not seen yet",
  asking: "Looking…",
  silent: "Not known",
  running: "Running",
  paused: "Paused",
} as const;

export const SHELL = {
  product: "Aventora Gateway",
  rooms: "Rooms",
  skip: "Skip to the room",
  lamps: "At a glance",
  lampHint: (name: string, word: string) => `${name}: ${word}. Show why`,
  asking: "Asking the gateway.",
  silent: "The gateway does not answer, so this is not known.",
  allTenants: "All brokerages",
  tenant: "Brokerage",
  find: "Find",
  findWhat: "a person, agent, setting or screen",
  findHint: "Find a person, agent, setting or screen",
  scheme: { auto: "As the computer", light: "Light", dark: "Dark" },
  schemeLabel: "Light or dark",
  offline: "The gateway does not answer. It may have been stopped. Trying again…",
  offlineHint: "What you see is from before.",
  practice: {
    mark: "Practice",
    text: "The practice brokerage and everybody in it are made up; nobody is really called.",
    room: "Go on or stop practising",
  },
  readOnly: "You are looking through a support link: everything can be read, nothing can be changed.",
  readOnlyUntil: "The link ends",
  pauseAll: "Pause all outreach",
  resumeAll: "Let outreach go on",
  pausedBy: (by: string) => `Paused by ${by}`,
  pauseNote: "Nothing new goes out while paused. What is under way is finished; webhooks and syncing go on.",
  waiting: (count: string) => `${count} waiting to go out.`,
  locked: {
    title: "This console is locked",
    first:
      "Open the console from the address printed by the gateway when it starts. It carries the key once and this browser then remembers it.",
    firstNote: "If the gateway was started by somebody else, ask them for the address.",
    expired: "Your session has ended",
    expiredNote:
      "The gateway no longer accepts this browser: the link has ended, or the gateway was given a new key. Open the console from its address again.",
    again: "Try again",
  },
  broken: "This room could not be shown",
  brokenRemedy: "Reload the page. If it happens again, download a support bundle under Settings and send it.",
  reload: "Reload the page",
  notFound: "There is no such screen",
  goHome: "Go to Home",
} as const;

export const PALETTE = {
  title: "Find anything",
  search: "Name, phone, person id, agent, setting or screen…",
  nothing: "Nothing found",
  start: "Type a phone number in any form, a name, or a screen",
  screens: "Screens",
  people: "People",
  agents: "Agents",
  settings: "Settings",
  brokerages: "Brokerages",
  person: (contact: string, outreaches: string) => `${contact} · ${outreaches}`,
  openStory: "Open the story",
} as const;
