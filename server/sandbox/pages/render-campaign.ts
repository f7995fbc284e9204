// The Smart List page of the practice CRM, with the campaign app beside it; no person is open here.
import { isMember } from "../fub/find-people.ts";
import { mayView } from "../fub/visible-people.ts";
import type { SandboxAccount, SandboxSmartList, SandboxUser } from "../sandbox-types.ts";
import { type Html, html } from "./escape-html.ts";
import { FRAME_SCRIPT } from "./person-script.ts";
import { renderAppFrame } from "./render-app-frame.ts";
import { renderPage } from "./render-page.ts";

export function renderCampaign(account: SandboxAccount, user: SandboxUser, gatewayUrl: string): string {
  const lists = account.smartLists.filter((list) => list.shared || list.createdById === user.id);
  return renderPage({
    title: "Smart Lists",
    account,
    user,
    asUser: (id) => `/crm/${account.domain}/campaign?as=${id}`,
    script: FRAME_SCRIPT,
    body: html`<div class="columns wide"><section class="card"><h1>Smart Lists</h1>
<p class="soft">Lists ${user.name} may see. The app beside them reaches a whole list.</p>
<div class="scroll"><table><thead><tr><th>List</th><th>People</th><th>Kind</th></tr></thead>
<tbody>${lists.map((list) => renderRow(account, user, list))}</tbody></table></div></section>
${renderAppFrame(gatewayUrl, "campaign", { account, user })}</div>`,
  });
}

function renderRow(account: SandboxAccount, user: SandboxUser, list: SandboxSmartList): Html {
  const people = account.people.filter(
    (person) => !person.trashed && mayView(user, person) && isMember(list, person),
  );
  return html`<tr><td>${list.name}${list.description && html`<br><span class="soft">${list.description}</span>`}</td>
<td>${people.length}</td><td>${list.isFub2 ? "New" : "Classic"}</td></tr>`;
}
