// First phase: what the app was started with. Electron and the system add arguments of their own, so unknown ones are left
// alone rather than refused; of our own, a wrong value is told later, by the server that cannot start with it.
import { parseArgs } from "node:util";
import type { CommonFlags } from "../common-flags.ts";
import { findLink, routeOfLink } from "./deep-link.ts";

export interface DesktopArguments {
  readonly flags: CommonFlags;
  /** Started at login: no window until somebody opens it. */
  readonly hidden: boolean;
  /** Route of the console a link asked for; null without one, or where it is none of ours. */
  readonly route: string | null;
}

export function readArguments(argv: readonly string[]): DesktopArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      "data-dir": { type: "string" },
      port: { type: "string" },
      "admin-port": { type: "string" },
      host: { type: "string" },
      hidden: { type: "boolean" },
    },
  });
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  const link = findLink(argv);
  return {
    flags: {
      "data-dir": text(values["data-dir"]),
      port: text(values.port),
      "admin-port": text(values["admin-port"]),
      host: text(values.host),
    },
    hidden: values.hidden === true,
    route: link === null ? null : routeOfLink(link),
  };
}
