// `npm test`: everything, in order of how fast it fails, with one line at the end that counts. Each step may also be run
// by itself: `npm run types`, `npm run lint`, `npx vitest run`, `npm run e2e`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { findChromium } from "./e2e/find-chromium.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RESULTS = join(ROOT, "test-results");

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** JSON report it leaves, if it counts tests. */
  readonly report?: string;
}

const bin = (name: string): string => join(ROOT, "node_modules", ".bin", name);
const STEPS: readonly Step[] = [
  { name: "pages and programs", command: [bin("vite"), "build", "--app", "--logLevel", "error"] },
  ...["shared", "server", "main", "renderer", "test"].map((room) => ({
    name: `types of ${room}`,
    command: [bin("tsc"), "-p", room],
  })),
  { name: "lint and format", command: [bin("biome"), "ci", "--reporter=summary", "."] },
  {
    name: "layers, unit, contract and flow tests",
    command: [
      bin("vitest"),
      "run",
      "--reporter=default",
      "--reporter=json",
      "--outputFile.json=test-results/vitest.json",
    ],
    report: "vitest.json",
  },
  {
    name: "browser tests",
    command: [bin("playwright"), "test", "-c", "test/playwright.config.ts"],
    report: "browser.json",
  },
  // Says what is missing where Electron's program is not.
  { name: "desktop tests", command: [process.execPath, "test/run-desktop.ts"], report: "desktop.json" },
];

const total = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
console.log(`Browser: ${findChromium(process.env).how}`);
for (const step of STEPS) runStep(step);
for (const step of failedSteps) console.log(`FAILED: ${step}`);
console.log(`\nTests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = failedSteps.length > 0 || total.failed > 0 || total.passed === 0 ? 1 : 0;

function runStep(step: Step): void {
  const started = performance.now();
  const [command = "", ...parameters] = step.command;
  const result = spawnSync(command, parameters, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${result.status === 0 ? "ok" : "FAILED"}  ${step.name}  ${seconds} s`);
  if (result.status !== 0) failedSteps.push(step.name);
  if (step.report) count(join(RESULTS, step.report));
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}
interface BrowserReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

function count(file: string): void {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport | BrowserReport;
  if ("stats" in report) {
    total.passed += report.stats.expected;
    total.failed += report.stats.unexpected + report.stats.flaky;
    total.skipped += report.stats.skipped;
    return;
  }
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  total.skipped += report.numPendingTests;
}
