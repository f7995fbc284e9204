// Finds a Chromium for the browser tests, or installs one, and says what it did. None is downloaded with `npm ci`.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const PLACES = [
  // Without windows: the same Chromium, and a third quicker.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

export interface FoundChromium {
  readonly path: string;
  /** For people: where it was found or how it came here. */
  readonly how: string;
}

/** @throws Error that says how to get one, when none is found and none can be installed. */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): FoundChromium {
  return lookForChromium(environment) ?? install(environment);
}

function lookForChromium(
  environment: Readonly<Record<string, string | undefined>>,
): FoundChromium | undefined {
  const named = environment.CHROMIUM_PATH;
  if (named && existsSync(named)) return { path: named, how: `CHROMIUM_PATH names ${named}` };
  const place = PLACES.find((path) => existsSync(path));
  if (place) return { path: place, how: `found ${place}` };
  const own = chromium.executablePath();
  return own !== "" && existsSync(own)
    ? { path: own, how: `found the one Playwright keeps, ${own}` }
    : undefined;
}

function install(environment: Readonly<Record<string, string | undefined>>): FoundChromium {
  const tries: (() => void)[] = [
    () => run("apt-get", ["install", "-y", "-qq", "chromium"], { DEBIAN_FRONTEND: "noninteractive" }),
    () => run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {}),
  ];
  for (const attempt of process.getuid?.() === 0 ? tries : tries.slice(1)) {
    try {
      attempt();
    } catch {
      continue;
    }
    const found = lookForChromium(environment);
    if (found) return { ...found, how: `installed it: ${found.how}` };
  }
  throw new Error(
    "No Chromium was found and none could be installed. Install one (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.",
  );
}

function run(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): void {
  execFileSync(command, [...parameters], {
    stdio: "ignore",
    timeout: 300_000,
    env: { ...process.env, ...environment },
  });
}
