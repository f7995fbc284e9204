// Browser tests in the Chromium this machine has; see e2e/find-chromium.ts.
import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/find-chromium.ts";
import { openReport, stayHome } from "./helpers/outgoing-report.ts";
import "./helpers/refuse-outgoing.ts";

// Workers and the programs they start inherit it.
openReport();
Object.assign(process.env, stayHome());
const found = findChromium(process.env);

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.test.ts",
  outputDir: "../test-results",
  globalTeardown: "./e2e/stayed-home.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // Two browsers share two processors with what they talk to.
  expect: { timeout: 10_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"], ["json", { outputFile: "../test-results/browser.json" }]],
  use: {
    locale: "en-US",
    timezoneId: "America/Toronto",
    launchOptions: {
      executablePath: found.path,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // No name of the world outside is known to it; what tests answer themselves is not asked for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
      ],
    },
  },
});
