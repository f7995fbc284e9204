// Windows' two ways of quoting: what a program's own command line looks like, and what PowerShell takes for a text.

/** One argument as the C runtime and Node take it apart again (CommandLineToArgvW). */
export function windowsArgument(word: string): string {
  if (word !== "" && !/[\s"]/.test(word)) return word;
  // Backslashes are only special before a quote, and there each counts twice.
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`;
}

/** A command line of several arguments. */
export const windowsArguments = (words: readonly string[]): string => words.map(windowsArgument).join(" ");

/** A text PowerShell takes as it is, `%` and `$` included. Typographic quotes end a text there just like the plain one. */
export const powerShellText = (text: string): string => `'${text.replace(/['‘’‚‛]/g, "$&$&")}'`;
