// Brings in and starts the server inside the app. Loaded when the window has been asked for: everything heavy hangs on it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createGateway, GatewayError } from "../../server/index.ts";
import { makeHost } from "../host-options.ts";
import type { ServerStart, StartedServer, StartTrouble } from "./desktop-deps.ts";

/** Never rejects: what went wrong comes back in words. */
export async function startServer(start: ServerStart): Promise<StartedServer> {
  const { flags, environment, writeLog } = start;
  const tell = (error: unknown): StartTrouble => troubleOf(error, writeLog);
  try {
    const host = makeHost(flags, environment, writeLog);
    if (!existsSync(join(host.pagesDir, "admin", "index.html")))
      throw new GatewayError("internal", { sentence: "Files of the program are missing; install it again." });
    const gateway = await createGateway({ ...host, onDown: (error) => start.onDown(tell(error)) });
    return { gateway };
  } catch (error) {
    return { trouble: tell(error) };
  }
}

function troubleOf(error: unknown, writeLog: ServerStart["writeLog"]): StartTrouble {
  if (error instanceof GatewayError) return { code: error.code, sentence: error.sentence };
  writeLog(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { code: "internal", sentence: "Something in the program failed that should not." };
}
