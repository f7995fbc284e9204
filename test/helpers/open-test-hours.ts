// The built-in calling hours, without a data folder.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Hours, openHours } from "../../server/contact/hours/open-hours.ts";

const quiet = { info: () => undefined, warn: () => undefined };

export const openTestHours = (): Hours => openHours({ dataDir: join(tmpdir(), "no-hours-here"), log: quiet });
