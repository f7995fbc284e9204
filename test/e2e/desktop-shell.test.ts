// The desktop app's scenarios over the stand-in: the shell itself, the real server, the real console in Chromium with the
// real preload script. Only Electron's own calls are pretended.
import { test } from "@playwright/test";
import type { DesktopDriver } from "../helpers/desktop-driver.ts";
import { desktopScenarios } from "../helpers/desktop-scenarios.ts";
import { driveStandIn } from "../helpers/drive-stand-in.ts";

let driver: DesktopDriver;
test.beforeEach(({ browser }) => {
  driver = driveStandIn(browser);
});
test.afterEach(() => driver.close());

desktopScenarios(() => driver);
