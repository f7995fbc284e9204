// A folder that looks to electron-builder like Electron for Linux but holds none of it: with it the packages' layout can be
// made and checked where Electron itself cannot be had. Nothing made around it can be started.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What Electron's binary carries before its fuses (see @electron/fuses), their version and number, all of them as shipped. */
const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSES = "101100011";

export function makeElectronStandIn(folder: string): void {
  mkdirSync(join(folder, "locales"), { recursive: true });
  mkdirSync(join(folder, "resources"), { recursive: true });
  const fuses = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(FUSES)]);
  writeFileSync(join(folder, "electron"), Buffer.concat([Buffer.alloc(64), fuses, Buffer.alloc(64)]), {
    mode: 0o755,
  });
  for (const language of ["en-US", "de", "fr"]) writeFileSync(join(folder, "locales", `${language}.pak`), "");
  for (const name of ["LICENSE", "LICENSES.chromium.html", "version"]) writeFileSync(join(folder, name), "");
}
