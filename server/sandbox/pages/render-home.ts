// The first page of the practice CRM: accounts, who to sign in as, and the people that agent sees.

import { personName } from "../fub/shape-person.ts";
import { mayView } from "../fub/visible-people.ts";
import type { SandboxAccount, SandboxPerson, SandboxUser } from "../sandbox-types.ts";
import { type Html, html, raw } from "./escape-html.ts";
import { renderPage } from "./render-page.ts";

/** `account` and `user` say who is signed in. */
export function renderHome(
  accounts: readonly SandboxAccount[],
  account: SandboxAccount,
  user: SandboxUser,
): string {
  const people = account.people.filter((person) => !person.trashed && mayView(user, person));
  return renderPage({
    title: "People",
    account,
    user,
    asUser: (id) => homeAddress(account.domain, id),
    body: html`<div class="stack">
<section class="card"><h2>Accounts</h2><div class="accounts">${accounts.map((each) => renderAccount(each, account, user))}</div>
<p class="soft">Calls and texts over the practice Twilio reach the <a href="/phones">practice phones</a>.</p></section>
<section class="card"><h1>People</h1>
<p class="soft">${people.length} people ${user.name} may see in ${account.name}. Open one to find the Aventora app beside them.</p>
<div class="scroll"><table><thead><tr><th>Name</th><th>Phone</th><th>E-mail</th><th>Stage</th><th>Assigned to</th></tr></thead>
<tbody>${people.map((person) => renderRow(account, user, person))}</tbody></table></div></section>
</div>`,
  });
}

const homeAddress = (domain: string, userId: number): string =>
  `/?${new URLSearchParams({ domain, as: String(userId) }).toString()}`;

function renderAccount(each: SandboxAccount, account: SandboxAccount, user: SandboxUser): Html {
  const links = each.users.map((other) => {
    const current = each === account && other.id === user.id;
    return html` <a class="chip" href="${homeAddress(each.domain, other.id)}"${current && raw(' aria-current="true"')}>${
      current ? "Signed in as " : "Sign in as "
    }${other.name}</a>`;
  });
  return html`<p><strong>${each.name}</strong> <span class="soft">${each.domain}.followupboss.com</span><br>${links}</p>`;
}

function renderRow(account: SandboxAccount, user: SandboxUser, person: SandboxPerson): Html {
  const agent = account.users.find(({ id }) => id === person.assignedUserId);
  return html`<tr>
<td><a href="/crm/${account.domain}/people/${person.id}?as=${user.id}"><bdi>${personName(person)}</bdi></a></td>
<td class="tight">${person.phones[0]?.value ?? "–"}</td><td>${person.emails[0]?.value ?? "–"}</td>
<td class="tight">${person.stage}</td><td class="tight">${agent?.name ?? "–"}</td></tr>`;
}
