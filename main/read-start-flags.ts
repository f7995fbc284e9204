// The options of `npm start` where it serves without the app's window. The app reads its own, more leniently, since Electron
// adds some; nobody adds any here, so what is not known is a slip of the hand.
import { parseArgs } from "node:util";
import { GatewayError } from "../server/index.ts";
import type { CommonFlags } from "./common-flags.ts";

/** @throws GatewayError invalid_request naming the option. */
export function readStartFlags(argv: readonly string[]): CommonFlags {
  const text = { type: "string" } as const;
  const options = {
    "data-dir": text,
    port: text,
    "admin-port": text,
    host: text,
    "vault-key-file": text,
    // Of the app only: how it is started at login.
    hidden: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : String(cause);
    throw new GatewayError("invalid_request", { sentence, cause });
  }
}
