// The small page shown where the console cannot be: why, what to do about it, and buttons. It is served by the shell itself
// under a scheme of its own, runs no script and loads nothing; its buttons are links the shell reads as commands.

export const SHELL_SCHEME = "aventora-shell";
export const PAGE_ADDRESS = `${SHELL_SCHEME}://page/`;

export const TROUBLE_COMMANDS = ["retry", "folder", "quit"] as const;
export type TroubleCommand = (typeof TROUBLE_COMMANDS)[number];

export interface TroubleText {
  readonly title: string;
  readonly sentence: string;
  readonly remedy: string;
}

const LABELS: Readonly<Record<TroubleCommand, string>> = {
  retry: "Try again",
  folder: "Open data folder",
  quit: "Quit",
};

/** The command a link of the page stands for; null for any other address. */
export const commandOf = (url: string): TroubleCommand | null =>
  TROUBLE_COMMANDS.find((command) => url === PAGE_ADDRESS + command) ?? null;

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center;
    background: light-dark(#f6f7f9, #16181c); color: light-dark(#1c2024, #e8eaed); }
  main { max-width: 34rem; padding: 2rem; }
  svg { width: 2.5rem; height: 2.5rem; stroke: light-dark(#1d5fbf, #7db0ff); }
  h1 { font-size: 1.35rem; line-height: 1.3; margin: 0.75rem 0; }
  p { margin: 0.5rem 0; overflow-wrap: anywhere; }
  .remedy { color: light-dark(#4d5560, #adb3bb); }
  nav { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 1.5rem; }
  a { padding: 0.45rem 1rem; border-radius: 6px; text-decoration: none; color: inherit;
    border: 1px solid light-dark(#c4cad2, #454b54); }
  a:first-child { background: #1d5fbf; border-color: #1d5fbf; color: #fff; }
  a:focus-visible { outline: 3px solid light-dark(#1d5fbf, #7db0ff); outline-offset: 2px; }`;

/** @param nonce base64, never used twice */
export function renderTroublePage(text: TroubleText, nonce: string): Response {
  const links = TROUBLE_COMMANDS.map(
    (command) => `<a href="${PAGE_ADDRESS}${command}">${LABELS[command]}</a>`,
  ).join("\n");
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Aventora Gateway</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main>
<svg viewBox="0 0 24 24" fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 20 12 4l8 16M8 14h8"/></svg>
<h1>${escapeHtml(text.title)}</h1>
<p>${escapeHtml(text.sentence)}</p>
<p class="remedy">${escapeHtml(text.remedy)}</p>
<nav aria-label="What to do">${links}</nav>
</main></body>
</html>`;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
