// The floors of the tower as data. An import only goes down a floor; rooms on one floor never import each other.
// layers.test.ts holds the code to this table, and the README's map of rooms to its names.

export interface Room {
  /** A folder, or a single file where the path ends with .ts. */
  readonly path: string;
  /** Imports only go to lower numbers, or within the room. */
  readonly floor: number;
}

const on = (floor: number, ...paths: string[]): Room[] => paths.map((path) => ({ path, floor }));

/** From the ground up. */
export const TOWER: readonly Room[] = [
  ...on(0, "shared"),
  ...on(1, "server/base"),
  ...on(2, "server/db"),
  ...on(3, "server/log"),
  ...on(
    4,
    "server/crm",
    "server/channels",
    "server/queue",
    "server/settings",
    "server/contact",
    "server/llm",
    "server/tunnel",
  ),
  ...on(5, "server/engagements"),
  ...on(
    6,
    "server/embed",
    "server/campaigns",
    "server/webhooks",
    "server/integration",
    "server/conversations",
    "server/sync",
    "server/admin",
    "server/backup",
  ),
  ...on(7, "server/http", "server/jobs"),
  ...on(
    8,
    "server/host.ts",
    "server/compose.ts",
    "server/connect-crm.ts",
    "server/connect-channels.ts",
    "server/load-pages.ts",
    "server/admin-token.ts",
    "server/lock-data-folder.ts",
    "server/watch-vault.ts",
    "server/watch-sleep.ts",
    "server/connect-tunnel.ts",
    "server/follow-tunnel.ts",
    "server/follow-sleep.ts",
    "server/host-calls.ts",
    "server/follow-settings.ts",
    "server/keep-running.ts",
    "server/running-file.ts",
    "server/open-desk.ts",
    "server/open-listeners.ts",
  ),
  ...on(
    9,
    "server/create-gateway.ts",
    "server/ask-running.ts",
    "server/offline-commands.ts",
    "server/offline-backup.ts",
    "server/offline-journal.ts",
    "server/offline-restore.ts",
    "server/follow-work.ts",
  ),
  ...on(10, "server/index.ts"),
  ...on(11, "main"),
];

/** Beside the tower: what each may import besides itself. */
export const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "server/sandbox": ["shared", "server/base"],
  renderer: ["shared"],
};

/** Who in the tower may use a room beside it. */
export const USERS_OF_BESIDE: Readonly<Record<string, readonly string[]>> = {
  "server/sandbox": ["server/index.ts"],
  renderer: [],
};

/** Single files on the server's upper floors that import a neighbour of their own floor; each pair is a decision. */
export const NEIGHBOURS: readonly (readonly [from: string, to: string])[] = [
  ["server/compose.ts", "server/host.ts"],
  ["server/compose.ts", "server/connect-crm.ts"],
  ["server/compose.ts", "server/connect-channels.ts"],
  ["server/compose.ts", "server/connect-tunnel.ts"],
  ["server/connect-tunnel.ts", "server/host.ts"],
  ["server/follow-tunnel.ts", "server/compose.ts"],
  ["server/follow-tunnel.ts", "server/follow-settings.ts"],
  ["server/follow-settings.ts", "server/compose.ts"],
  ["server/follow-sleep.ts", "server/watch-sleep.ts"],
  ["server/host-calls.ts", "server/compose.ts"],
  ["server/host-calls.ts", "server/follow-sleep.ts"],
  ["server/load-pages.ts", "server/host.ts"],
  ["server/offline-commands.ts", "server/ask-running.ts"],
  ["server/offline-backup.ts", "server/ask-running.ts"],
  ["server/offline-backup.ts", "server/offline-commands.ts"],
  ["server/offline-backup.ts", "server/follow-work.ts"],
  ["server/offline-restore.ts", "server/ask-running.ts"],
  ["server/offline-restore.ts", "server/offline-commands.ts"],
  ["server/offline-restore.ts", "server/follow-work.ts"],
  ["server/follow-work.ts", "server/ask-running.ts"],
  ["server/keep-running.ts", "server/host.ts"],
  ["server/keep-running.ts", "server/host-calls.ts"],
  ["server/open-listeners.ts", "server/compose.ts"],
  ["server/open-listeners.ts", "server/host.ts"],
  ["server/open-listeners.ts", "server/load-pages.ts"],
  ["server/open-listeners.ts", "server/follow-settings.ts"],
  ["server/open-desk.ts", "server/compose.ts"],
  ["server/open-desk.ts", "server/host.ts"],
  ["server/open-desk.ts", "server/keep-running.ts"],
];

/** What the programs may see of the server. */
export const DOOR = "server/index.ts";

/** Packages and built-in modules that only some places may import. A path ending with .ts is one file. */
export const RESERVED: Readonly<Record<string, readonly string[]>> = {
  express: ["server/http", "server/sandbox"],
  "node:sqlite": ["server/db"],
  keytar: ["server/settings"],
  "@ngrok/ngrok": ["server/tunnel"],
  twilio: ["server/channels/twilio"],
  nodemailer: ["server/channels/smtp", "server/sandbox"],
  imapflow: ["server/channels/smtp"],
  "postal-mime": ["server/channels/smtp", "server/sandbox"],
  "smtp-server": ["server/sandbox"],
  "hoodiecrow-imap": ["server/sandbox"],
  electron: ["main/desktop"],
};

export interface ReservedWord {
  readonly word: string;
  readonly pattern: RegExp;
  readonly places: readonly string[];
}

/** The sandbox's page carries this as text: it runs in the browser, not here. */
const BROWSER_TEXT = "server/sandbox/pages/person-script.ts";

/** What is given in through parameters everywhere else: environment, time, chance. */
export const RESERVED_WORDS: readonly ReservedWord[] = [
  { word: "process.env", pattern: /\bprocess\s*\.\s*env\b|\bprocess\[/, places: ["main"] },
  {
    word: "Date.now",
    pattern: /\bDate\s*\.\s*now\b/,
    places: ["main", "server/base/clock.ts", "renderer", BROWSER_TEXT],
  },
  {
    word: "new Date()",
    pattern: /\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())|(?<!new\s)\bDate\(\s*\)/,
    places: ["main", "server/base/clock.ts", "renderer"],
  },
  {
    word: "Math.random",
    pattern: /\bMath\s*\.\s*random\b/,
    places: ["main", "server/compose.ts", "renderer"],
  },
];

/** Packages `shared` may use: both a browser and Node must be able to load it. */
export const SHARED_PACKAGES: readonly string[] = ["zod"];

export const MOST_LINES = 250;
/** The table of all settings: one entry per setting, and the formatter breaks long ones. */
export const MAY_BE_LONGER: Readonly<Record<string, number>> = { "shared/settings.schema.ts": 400 };
