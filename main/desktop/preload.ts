// Runs in the console's window before its page, sandboxed: hands it the few calls of shared/desktop-contract.ts and nothing
// else of Electron. Built as CommonJS; only types are taken from elsewhere, so nothing else comes in.
import { contextBridge, ipcRenderer } from "electron";
import type {
  DesktopAnswer,
  DesktopBridge,
  DesktopCall,
  DesktopChannel,
  DesktopCommand,
  DesktopCommandChannel,
} from "../../shared/desktop-contract.ts";

const COMMANDS: DesktopCommandChannel = "desktop:command";

async function call<Name extends DesktopCall>(
  name: Name,
  ...given: Parameters<DesktopBridge[Name]>
): Promise<Awaited<ReturnType<DesktopBridge[Name]>>> {
  const channel: DesktopChannel = `desktop:${name}`;
  const answer: DesktopAnswer<Awaited<ReturnType<DesktopBridge[Name]>>> = await ipcRenderer.invoke(
    channel,
    ...given,
  );
  if (answer.ok) return answer.value;
  throw new Error(answer.message);
}

const listeners = new Set<(command: DesktopCommand) => void>();
// What is asked before the console listens is kept until it does.
const early: DesktopCommand[] = [];
ipcRenderer.on(COMMANDS, (_event, command: DesktopCommand) => {
  if (listeners.size === 0) early.push(command);
  for (const listener of listeners) listener(command);
});

const bridge: DesktopBridge = {
  about: () => call("about"),
  openExternal: (url) => call("openExternal", url),
  chooseFile: (choice) => call("chooseFile", choice),
  loginItem: () => call("loginItem"),
  setLoginItem: (change) => call("setLoginItem", change),
  updates: () => call("updates"),
  stepUpdate: (act) => call("stepUpdate", act),
  onMenu: (listener) => {
    listeners.add(listener);
    for (const command of early.splice(0)) listener(command);
    return () => void listeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld("aventoraDesktop", bridge);
