// Brings in and starts the server inside the app. Loaded when the window has been asked for: everything heavy hangs on it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createGateway, GatewayError } from "../../server/index.ts";
import { makeHost } from "../host-options.ts";
import type { ServerStart, StartedServer } from "./desktop-deps.ts";

/** Never rejects: what went wrong comes back in words. */
export async function startServer({ flags, environment, writeLog }: ServerStart): Promise<StartedServer> {
  try {
    const host = makeHost(flags, environment, writeLog);
    if (!existsSync(join(host.pagesDir, "admin", "index.html")))
      throw new GatewayError("internal", { sentence: "Files of the program are missing; install it again." });
    return { gateway: await createGateway(host) };
  } catch (error) {
    if (error instanceof GatewayError) return { trouble: { code: error.code, sentence: error.sentence } };
    writeLog(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { trouble: { code: "internal", sentence: "Something in the program failed that should not." } };
  }
}
