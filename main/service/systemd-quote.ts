// systemd's own ways of writing a text into a unit file (systemd.syntax(7), systemd.service(5) "Command lines",
// systemd.unit(5) "Specifiers").

/** In every directive that takes specifiers a percent sign is written twice. */
export const unitText = (text: string): string => text.replaceAll("%", "%%");

/** One word of a list, or one assignment of `Environment=`. Variables are not expanded there. */
export const unitWord = (word: string): string =>
  /^[\w./:=@,+-]+$/.test(word) ? word : `"${unitText(word).replace(/["\\]/g, "\\$&")}"`;

/**
 * A command line for `ExecStart=`. The colon before the program keeps systemd from expanding `$`, which in the program's own
 * path could not be written any other way. A program with quotes or backslashes in its path systemd does not start at all, so
 * the shell does.
 */
export function unitCommand(command: readonly string[]): string {
  const [program = "", ...rest] = /["'\\]/.test(command[0] ?? "")
    ? ["/bin/sh", "-c", 'exec "$0" "$@"', ...command]
    : command;
  return [unitWord(`:${program}`), ...rest.map(unitWord)].join(" ");
}
