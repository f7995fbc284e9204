// `npm run test:desktop`: the desktop app's scenarios in Electron itself where its program and a screen are; elsewhere one
// line says what is missing. The same scenarios run over the stand-in with `npm test`, everywhere.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findElectron } from "../main/find-electron.ts";
import { PROGRAM_DIR } from "../main/host-options.ts";

const electron = findElectron(PROGRAM_DIR, process.env);
if (electron.program === null) {
  console.log(`Electron itself was not tested: ${electron.missing}.`);
} else {
  console.log(`Testing in Electron: ${electron.program}`);
  const playwright = join(PROGRAM_DIR, "node_modules", ".bin", "playwright");
  const result = spawnSync(playwright, ["test", "-c", "test/desktop/playwright.config.ts"], {
    cwd: PROGRAM_DIR,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = result.status ?? 1;
}
