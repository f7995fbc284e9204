// The process log of a gateway that runs in a window and has no terminal: a file a day in the data folder, two weeks of them.
import { appendFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

export const LOG_FOLDER = "logs";
const KEPT = 14;
const NAME = /^gateway-\d{4}-\d{2}-\d{2}\.log$/;

/** Never throws; a line that cannot be written is lost, and the gateway goes on. */
export function openLogFile(dataFolder: string, now: () => number): (line: string) => void {
  const folder = join(dataFolder, LOG_FOLDER);
  let today = "";
  return (line) => {
    try {
      const name = `gateway-${new Date(now()).toISOString().slice(0, 10)}.log`;
      if (name !== today) prune(folder, name);
      today = name;
      appendFileSync(join(folder, name), line.endsWith("\n") ? line : `${line}\n`, { mode: 0o600 });
    } catch {
      today = "";
    }
  };
}

function prune(folder: string, today: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder).filter((name) => NAME.test(name) && name < today);
  for (const name of names.sort().slice(0, Math.max(0, names.length - (KEPT - 1))))
    rmSync(join(folder, name), { force: true });
}
