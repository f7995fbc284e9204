// Puts a definition and the key it needs on disk, and takes the definition away again. Never over somebody's own work.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { GatewayError } from "../../server/index.ts";
import { judgeDefinition, type Standing } from "./own-mark.ts";

const vaultSchema = z.object({ opened_by: z.string() });

export interface Definition {
  readonly file: string;
  /** With its mark. */
  readonly text: string;
}

export const standingOf = ({ file, text }: Definition): Standing => judgeDefinition(readIfThere(file), text);

/** @throws GatewayError wrong_state where somebody changed it by hand. */
export function checkUntouched(definition: Definition, force: boolean, what: string): Standing {
  const standing = standingOf(definition);
  if (standing !== "changed" || force) return standing;
  throw new GatewayError("wrong_state", {
    sentence: `${definition.file} was changed by hand, so it was not ${what}. Add --force if it may be.`,
  });
}

/** Writes the definition unless it is there already. @throws GatewayError wrong_state where somebody changed it by hand. */
export function installDefinition(definition: Definition, force: boolean): Standing {
  const standing = checkUntouched(definition, force, "written over");
  if (standing === "same") return standing;
  asPermitted(definition.file, () => {
    mkdirSync(dirname(definition.file), { recursive: true, mode: 0o755 });
    const draft = `${definition.file}.new`;
    writeFileSync(draft, definition.text, { mode: 0o644 });
    renameSync(draft, definition.file);
  });
  return standing;
}

/** @throws GatewayError wrong_state where somebody changed it by hand. */
export function removeDefinition(definition: Definition, force: boolean): Standing {
  const standing = checkUntouched(definition, force, "removed");
  if (standing !== "absent") asPermitted(definition.file, () => rmSync(definition.file));
  return standing;
}

/**
 * Makes the file with the key of the vault, for its owner alone, unless it is there. `known`: the GATEWAY_VAULT_KEY of now,
 * which a data folder already in use was made with. @throws GatewayError not_ready where such a folder's key is not known.
 */
export function ensureVaultKey(file: string, dataDir: string, known: string | undefined): "made" | "kept" {
  if (readIfThere(file) !== null) return "kept";
  if (known === undefined && openedByEnvironment(dataDir)) {
    throw new GatewayError("not_ready", {
      sentence: `The keys in ${dataDir} are opened by GATEWAY_VAULT_KEY. Set it as it was and install again, so that it goes into ${file}.`,
    });
  }
  asPermitted(file, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${known ?? randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  });
  return "made";
}

function openedByEnvironment(dataDir: string): boolean {
  const file = join(dataDir, "vault.json");
  if (!existsSync(file)) return false;
  const vault = vaultSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  return vault.success && vault.data.opened_by === "environment";
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return null;
    throw notPermitted(file, error);
  }
}

function asPermitted(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw notPermitted(file, error);
  }
}

const notPermitted = (file: string, cause: unknown): GatewayError =>
  new GatewayError("invalid_request", {
    sentence: /^(?:EACCES|EPERM)$/.test(codeOf(cause))
      ? `${file} needs an administrator. Run the same with sudo, or add --user for a service of your own.`
      : `${file} cannot be used (${codeOf(cause) || "unexpected error"}).`,
    cause,
  });
