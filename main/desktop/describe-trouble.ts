// Why the server could not start, in words for the person in front of the window: what it said itself, and what to do here.
import type { StartTrouble } from "./desktop-deps.ts";
import type { TroubleText } from "./trouble-page.ts";

const REMEDIES: Readonly<Record<string, readonly [title: string, remedy: string]>> = {
  port_in_use: [
    "The gateway's port is taken",
    "Often it is this gateway itself, running as a service: stop the service, or use its console in a browser. Another port is set by PORT or ADMIN_PORT in settings.json in the data folder.",
  ],
  data_folder_in_use: [
    "The data folder is in use",
    "Most likely the gateway runs as a service on this computer. Stop the service to use the desktop app, or open the service's console in a browser.",
  ],
  data_folder_unusable: [
    "The data folder cannot be used",
    "See that it is a folder, that it belongs to you, and that you may write to it and to everything in it.",
  ],
  settings_unreadable: [
    "The settings cannot be read",
    "Nothing was changed. The data folder holds earlier copies of settings.json: put the newest good one in its place, or restore a backup.",
  ],
  settings_invalid: [
    "A setting is not right",
    "Correct it where it was set: on the command line, in the environment, or in settings.json in the data folder.",
  ],
  database_unusable: [
    "The database cannot be opened",
    "See that the disk is not full and that the data folder may be written. If the file is damaged, restore a backup.",
  ],
  storage_unavailable: [
    "The data folder cannot be written",
    "See that the disk is not full and that your user may write to the data folder.",
  ],
};
const OTHER = [
  "The gateway could not start",
  "The log in the data folder, under logs, says more. Nothing that was accepted is lost.",
] as const;

export function describeTrouble({ code, sentence }: StartTrouble): TroubleText {
  const [title, remedy] = REMEDIES[code] ?? OTHER;
  return { title, sentence, remedy };
}

/** The console's page died again and again; the server did not. */
export const PAGE_TROUBLE: TroubleText = {
  title: "The window keeps failing",
  sentence: "The console's page ended several times within a minute, so it is not loaded again by itself.",
  remedy:
    "The gateway itself goes on working in the background. Try again; if it keeps failing, restart the computer.",
};
