// Why the gateway cannot live in a data folder, as one sentence. Called by whatever opens the folder's own files.
import { GatewayError, toError } from "./errors.ts";
import { sayFileError } from "./say-file-error.ts";

/** @param file the one that was wanted of it */
export function dataFolderUnusable(dataDir: string, file: string, cause: unknown): GatewayError {
  const why = sayFileError(cause, file) ?? toError(cause).message;
  return new GatewayError("data_folder_unusable", {
    sentence: `The data folder ${dataDir} cannot be used (${why}). Check that it is a folder and that this user may read and write everything in it, or name another with --data-dir.`,
    cause,
  });
}
