// Keeps compiled sources between starts, in a folder of this user's own: Node's usual place is the folder for temporary
// files, where on a shared computer somebody else could lay out code for us to run.
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where it cannot be written, nothing is kept and the start is only slower. */
export function keepCompiled(environment: Readonly<Record<string, string | undefined>>): void {
  enableCompileCache(join(cacheFolder(environment), "compiled"));
}

/** Where applications keep what can be made again on this system. */
function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "Aventora Gateway");
  if (process.platform === "win32")
    return join(environment.LOCALAPPDATA || join(homedir(), "AppData", "Local"), "Aventora Gateway", "Cache");
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "aventora-gateway");
}
