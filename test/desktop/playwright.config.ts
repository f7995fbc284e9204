// Tests in Electron itself. One at a time: they share the screen.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "*.test.ts",
  outputDir: "../../test-results",
  workers: 1,
  timeout: 180_000,
  // The tray is listened to once the app stands, and is drawn again every half minute at the latest.
  expect: { timeout: 40_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"], ["json", { outputFile: "../../test-results/desktop.json" }]],
});
