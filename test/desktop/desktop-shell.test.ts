// The desktop app's scenarios in Electron itself; `npm run test:desktop` runs them where its program is.
import { test } from "@playwright/test";
import { findElectron } from "../../main/find-electron.ts";
import { PROGRAM_DIR } from "../../main/host-options.ts";
import type { DesktopDriver } from "../helpers/desktop-driver.ts";
import { desktopScenarios } from "../helpers/desktop-scenarios.ts";
import { driveElectron } from "../helpers/drive-electron.ts";

const electron = findElectron(PROGRAM_DIR, process.env);
if (electron.program === null) throw new Error(`the app cannot be opened: ${electron.missing}`);
const { program } = electron;

let driver: DesktopDriver;
test.beforeEach(() => {
  driver = driveElectron(program);
});
test.afterEach(() => driver.close());

desktopScenarios(() => driver);
