// The command line's options, shared by all commands.
import type { CommonFlags } from "./host-options.ts";

export const CLI_OPTIONS = {
  "data-dir": { type: "string" },
  port: { type: "string" },
  "admin-port": { type: "string" },
  host: { type: "string" },
  "vault-key-file": { type: "string" },
  json: { type: "boolean" },
  follow: { type: "boolean" },
  tenant: { type: "string" },
  person: { type: "string" },
  engagement: { type: "string" },
  severity: { type: "string" },
  search: { type: "string" },
  event: { type: "string" },
  channel: { type: "string" },
  outcome: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  before: { type: "string" },
  limit: { type: "string" },
  for: { type: "string" },
  user: { type: "boolean" },
  "run-as": { type: "string" },
  "dry-run": { type: "boolean" },
  force: { type: "boolean" },
  "without-secrets": { type: "boolean" },
  move: { type: "boolean" },
  undo: { type: "boolean" },
  point: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

export type CliFlags = CommonFlags & {
  readonly [name in Exclude<keyof typeof CLI_OPTIONS, keyof CommonFlags>]?: string | boolean | undefined;
};
