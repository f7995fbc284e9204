// Browser tests in the Chromium this machine has; see e2e/find-chromium.ts.
import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/find-chromium.ts";

const found = findChromium(process.env);

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.test.ts",
  outputDir: "../test-results",
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
      ],
    },
  },
});
