// What the window's browser session may do: talk to the console on this computer and to nobody else, and ask the person for
// nothing. Copying to the clipboard is the one permission the console needs.
import type { ElectronCalls, Permission, SessionCalls } from "./electron-calls.ts";

export const SESSION = "persist:console";
const GRANTED: ReadonlySet<Permission> = new Set<Permission>(["clipboard-sanitized-write"]);

export interface SessionRules {
  /** Origin of the console, "http://127.0.0.1:8011"; null while there is none. */
  readonly consoleOrigin: () => string | null;
}

export function guardSession(calls: Pick<ElectronCalls, "openSession">, rules: SessionRules): SessionCalls {
  const session = calls.openSession(SESSION);
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(GRANTED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, callback) =>
    callback({ cancel: !mayAsk(url, rules.consoleOrigin()) }),
  );
  return session;
}

/** Parts of the browser itself, which no page can reach. */
const OWN = /^(?:aventora-shell|devtools|chrome-extension|data|blob):/;

export const mayAsk = (url: string, consoleOrigin: string | null): boolean =>
  OWN.test(url) || (consoleOrigin !== null && URL.canParse(url) && new URL(url).origin === consoleOrigin);
