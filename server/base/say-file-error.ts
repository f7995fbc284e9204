// What the system says about a file it would not give, in words for a person. Called where the data folder is opened, and
// by the command line for a failure nobody foresaw.

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "this user may not do that",
  EPERM: "this user may not do that",
  EEXIST: "something else is there already",
  EISDIR: "it is a folder, not a file",
  ENOENT: "it is not there",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file, not a folder",
  EROFS: "that place can only be read",
};

/**
 * "/data/admin-token: this user may not do that"; undefined when it was not about a file.
 * @param file which one, where the system does not say
 */
export function sayFileError(error: unknown, file?: string): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const { code } = error;
  const path = "path" in error ? error.path : file;
  if (typeof code !== "string" || typeof path !== "string") return undefined;
  return `${path}: ${WORDS[code] ?? `the system says ${code}`}`;
}
