// The files of a packed app: those in its archive and those unpacked beside it. Read by check-layout.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { extractFile, getRawHeader, statFile } from "@electron/asar";

export interface PackedFile {
  /** Within the app, with slashes. */
  readonly path: string;
  readonly size: number;
  /** Beside the archive rather than in it. */
  readonly unpacked: boolean;
  readonly read: () => Buffer;
}

export interface Layout {
  readonly files: readonly PackedFile[];
  /** Bytes on disk of archive and unpacked files: all that comes besides Electron. */
  readonly size: number;
}

type Directory = ReturnType<typeof getRawHeader>["header"];

/** @param resources the folder that holds `app.asar` */
export function readLayout(resources: string): Layout {
  const archive = join(resources, "app.asar");
  const files = pathsIn(getRawHeader(archive).header, "").map((path): PackedFile => {
    const entry = statFile(archive, path, false);
    const unpacked = "unpacked" in entry && entry.unpacked === true;
    return {
      path,
      size: "size" in entry ? entry.size : 0,
      unpacked,
      read: () =>
        unpacked ? readFileSync(join(`${archive}.unpacked`, path)) : Buffer.from(extractFile(archive, path)),
    };
  });
  return { files, size: statSync(archive).size + sizeOf(`${archive}.unpacked`) };
}

function pathsIn(directory: Directory, prefix: string): string[] {
  return Object.entries("files" in directory ? directory.files : {}).flatMap(([name, entry]) => {
    const path = posix.join(prefix, name);
    return "files" in entry ? pathsIn(entry as Directory, path) : [path];
  });
}

function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
