// What tests tried to reach beyond this machine, as refuse-outgoing.ts wrote it down, and how processes they start are made
// to write there too.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** From now on this process, and those that are given `stayHome()`, write there. */
export function openReport(): void {
  process.env.OUTGOING_REPORT ??= join(tmpdir(), `outgoing-${process.pid}.txt`);
}

/** Environment of a process that has to stay on this machine. */
export const stayHome = (): Record<string, string> => ({
  NODE_OPTIONS: `--import=${new URL("refuse-outgoing.ts", import.meta.url).href}`,
  ...(process.env.OUTGOING_REPORT && { OUTGOING_REPORT: process.env.OUTGOING_REPORT }),
});

/** Each once, in words; asked again, only what came since. */
export function takeOutgoing(): string[] {
  const report = process.env.OUTGOING_REPORT ?? "";
  if (!existsSync(report)) return [];
  const lines = readFileSync(report, "utf8").trim().split("\n");
  rmSync(report);
  return [...new Set(lines)];
}

/** @throws Error that names all that was tried. */
export function requireHome(): void {
  const tried = takeOutgoing();
  if (tried.length > 0)
    throw new Error(`Tests must not leave this machine, but there was ${tried.join(", ")}`);
}
