// What each call of the console to the desktop app does; shared/desktop-contract.ts describes them.
import { join } from "node:path";
import type { DesktopAbout, FileChoice } from "../../shared/desktop-contract.ts";
import type { CallAnswers } from "./answer-calls.ts";
import type { DesktopDeps } from "./desktop-deps.ts";
import type { LoginItemSwitch } from "./login-item.ts";
import type { ExternalOpener } from "./open-external.ts";
import type { Updates } from "./updates.ts";

interface CallDeps extends Pick<DesktopDeps, "calls" | "version" | "timer"> {
  readonly dataFolder: string;
  readonly documents: string;
  readonly openExternal: ExternalOpener;
  readonly loginItem: LoginItemSwitch;
  readonly updates: Updates;
}

const FILTERS = [{ name: "Aventora Gateway backup", extensions: ["gwbackup"] }];

export function desktopCalls(deps: CallDeps): CallAnswers {
  return {
    about: () => aboutOf(deps),
    openExternal: deps.openExternal,
    chooseFile: (choice) => chooseFile(deps, choice),
    loginItem: deps.loginItem.read,
    setLoginItem: deps.loginItem.change,
    updates: deps.updates.state,
    stepUpdate: (act) => deps.updates[act](),
  };
}

const aboutOf = ({ calls, version, dataFolder }: CallDeps): DesktopAbout => ({
  version,
  electron: calls.versions.electron,
  chromium: calls.versions.chrome,
  node: calls.versions.node,
  packaged: calls.app.isPackaged,
  dataFolder,
});

async function chooseFile(
  { calls, timer, documents }: CallDeps,
  { purpose }: FileChoice,
): Promise<string | null> {
  if (purpose === "backup-open") {
    const { canceled, filePaths } = await calls.dialog.showOpenDialog({
      title: "Choose the backup to restore",
      filters: FILTERS,
      properties: ["openFile"],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }
  const day = new Date(timer.now()).toISOString().slice(0, 10);
  const { canceled, filePath } = await calls.dialog.showSaveDialog({
    title: "Where to write the backup",
    defaultPath: join(documents, `aventora-gateway-${day}.gwbackup`),
    filters: FILTERS,
    properties: ["createDirectory", "showOverwriteConfirmation"],
  });
  return canceled || filePath === "" ? null : filePath;
}
