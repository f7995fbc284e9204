// Lets electron-builder make packages as electron-builder.yml says. Called by `npm run dist`.
import { Arch, build, type Configuration, Platform } from "electron-builder";

export interface Packing {
  readonly root: string;
  /** A folder with an unpacked Electron; fetched by electron-builder unless given. */
  readonly electronDist?: string | undefined;
  /** Only the app's folder rather than what is installed from. */
  readonly folderOnly: boolean;
  readonly output?: string | undefined;
  /** Where updates are fetched from; without one the package looks for none. */
  readonly updateUrl?: string | undefined;
  readonly channel?: string | undefined;
}

/** Paths of what was made. Rejects with electron-builder's own error. */
export function packDesktop(packing: Packing): Promise<string[]> {
  const { root, electronDist, folderOnly, output, updateUrl, channel } = packing;
  const publish = updateUrl === undefined ? null : { provider: "generic" as const, url: updateUrl };
  const config: Configuration = {
    ...(electronDist === undefined ? {} : { electronDist }),
    ...(output === undefined ? {} : { directories: { output } }),
    publish: publish === null || channel === undefined ? publish : { ...publish, channel },
  };
  const targets = Platform.current().createTarget(
    folderOnly ? "dir" : null,
    Arch[process.arch as "x64" | "arm64"],
  );
  return build({ projectDir: root, targets, publish: "never", config });
}
