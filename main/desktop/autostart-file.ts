// Starting at login on Linux: a desktop entry in the user's autostart folder, since Electron has no call for it there.
// https://specifications.freedesktop.org/autostart-spec/latest/
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { LoginItemChange } from "../../shared/desktop-contract.ts";
import type { Environment } from "../common-flags.ts";

export const autostartFile = (environment: Environment): string =>
  join(environment.XDG_CONFIG_HOME || join(homedir(), ".config"), "autostart", "aventora-gateway.desktop");

export function readAutostart(file: string): LoginItemChange {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return { openAtLogin: false, hidden: false };
  }
  const off = /^Hidden=true$/m.test(text) || /^X-GNOME-Autostart-enabled=false$/m.test(text);
  return { openAtLogin: !off, hidden: /^Exec=.* --hidden$/m.test(text) };
}

export function writeAutostart(
  file: string,
  program: string,
  { openAtLogin, hidden }: LoginItemChange,
): void {
  if (!openAtLogin) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const exec = execOf(program, hidden);
  writeFileSync(file, `[Desktop Entry]\nType=Application\nName=Aventora Gateway\n${exec}\nTerminal=false\n`, {
    mode: 0o644,
  });
}

/**
 * Lets an entry that is on start the program that runs now: each version of an AppImage is a file of its own, and the one
 * before is gone after an update. An entry that is off, and a command that is not as written here, stay as they are.
 */
export function renewAutostart(file: string, program: string): void {
  const { openAtLogin, hidden } = readAutostart(file);
  if (!openAtLogin) return;
  const text = readFileSync(file, "utf8");
  const renewed = text.replace(OWN_EXEC, () => execOf(program, hidden));
  if (renewed !== text) writeFileSync(file, renewed);
}

/** One quoted program, nothing else around it. */
const OWN_EXEC = /^Exec="[^"]*(?:\\"[^"]*)*"(?: --hidden)?$/m;

const execOf = (program: string, hidden: boolean): string =>
  `Exec=${quote(program)}${hidden ? " --hidden" : ""}`;

// Escaped twice, as the specification has it: the quoting of Exec, then that of any value; % begins a field code.
const quote = (program: string): string =>
  `"${program
    .replace(/["`$\\]/g, "\\$&")
    .replaceAll("\\", "\\\\")
    .replaceAll("%", "%%")}"`;
