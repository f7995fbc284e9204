// A module text that stands for `electron` while the desktop app's own code is measured without it: every call answers with
// nothing, and the app is told that another one runs already, so that it goes no further than its first lines.

/** @param names what the program imports from `electron` */
export const standForElectron = (names: readonly string[]): string => `
  const answers = { then: undefined, isPackaged: false, requestSingleInstanceLock: () => false };
  const nothing = new Proxy(function () {}, {
    get: (_, key) => (key in answers ? answers[key] : String(key).startsWith("get") ? () => "." : nothing),
    apply: () => nothing,
    construct: () => nothing,
  });
  export { ${names.map((name) => `nothing as ${name}`).join(", ")} };
`;

/** Of a built program, minified or not. */
export function namesFromElectron(code: string): string[] {
  const named = /import\s*\{([^}]*)\}\s*from\s*["']electron["']/.exec(code)?.[1] ?? "";
  return named
    .split(",")
    .map((part) => part.trim().split(/\s+as\s+/)[0] ?? "")
    .filter((name) => name !== "");
}
