// The frame around every page of the practice CRM: banner, navigation, title.
import type { SandboxAccount, SandboxUser } from "../sandbox-types.ts";
import { CRM_STYLE } from "./crm-style.ts";
import { type Html, html, raw } from "./escape-html.ts";

export interface PageParts {
  title: string;
  body: Html;
  /** Who is signed in where; absent on the error page. */
  account?: SandboxAccount;
  user?: SandboxUser;
  /** Address of the same page as another user. */
  asUser?: (id: number) => string;
  script?: string;
  /** Besides the look all pages share. */
  style?: string;
}

/** A complete HTML document. */
export function renderPage({ title, body, account, user, asUser, script, style }: PageParts): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Practice Follow Up Boss</title>
<link rel="icon" href="data:,">
<style>${raw(CRM_STYLE)}${style && raw(style)}</style>
</head>
<body>
<header>
<div class="practice" role="note">This is a practice Follow Up Boss. Its people are made up and nobody is called.</div>
<div class="top">
<strong>Practice Follow Up Boss</strong>
${account && user && renderNavigation(account, user, title)}
${account && user && asUser && renderSwitcher(account, user, asUser)}
</div>
</header>
<main>${body}</main>
${script && html`<script>${raw(script)}</script>`}
</body>
</html>`.html;
}

function renderNavigation(account: SandboxAccount, user: SandboxUser, title: string): Html {
  const query = new URLSearchParams({ domain: account.domain, as: String(user.id) });
  const current = (page: string) => title === page && raw(' aria-current="page"');
  return html`<nav aria-label="Pages">
<a href="/?${query.toString()}"${current("People")}>People</a>
<a href="/crm/${account.domain}/campaign?as=${user.id}"${current("Smart Lists")}>Smart Lists</a>
</nav>`;
}

function renderSwitcher(account: SandboxAccount, user: SandboxUser, asUser: (id: number) => string): Html {
  const links = account.users.map(
    (other) =>
      html`<a href="${asUser(other.id)}"${other.id === user.id && raw(' aria-current="true"')}>${other.name}</a>`,
  );
  return html`<nav aria-label="Sign in as"><span class="soft">${account.name}, sign in as</span> ${links}</nav>`;
}
