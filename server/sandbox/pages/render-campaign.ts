// The Smart List page of the practice CRM, with the campaign app beside it; no person is open here.
import { maySeeList } from "../fub/find-people.ts";
import type { SandboxAccount, SandboxSmartList, SandboxUser } from "../sandbox-types.ts";
import { type Html, html, raw } from "./escape-html.ts";
import { listMembers, renderMembers } from "./list-members.ts";
import { FRAME_SCRIPT } from "./person-script.ts";
import { renderAppFrame } from "./render-app-frame.ts";
import { renderPage } from "./render-page.ts";

export interface CampaignPage {
  account: SandboxAccount;
  user: SandboxUser;
  gatewayUrl: string;
  /** Id of the list whose people are shown, as it stands in the address. */
  list: string;
}

/** Lists with the number of people this user sees in them; the people of one once it has been picked. */
export function renderCampaign({ account, user, gatewayUrl, list }: CampaignPage): string {
  const lists = account.smartLists.filter((candidate) => maySeeList(user, candidate));
  const open = lists.find(({ id }) => String(id) === list);
  return renderPage({
    title: "Smart Lists",
    account,
    user,
    asUser: (id) => `/crm/${account.domain}/campaign?as=${id}`,
    script: FRAME_SCRIPT,
    body: html`<div class="columns wide"><div><section class="card"><h1>Smart Lists</h1>
<p class="soft">Lists ${user.name} may see. The app beside them reaches a whole list; open a list to see its people and what became of them.</p>
<div class="scroll"><table><thead><tr><th>List</th><th>People</th><th>Kind</th><th>Whose</th></tr></thead>
<tbody>${lists.map((each) => renderRow(account, user, each, each === open))}</tbody></table></div></section>
${open && renderMembers(account, user, open)}</div>
${renderAppFrame(gatewayUrl, "campaign", { account, user })}</div>`,
  });
}

function renderRow(account: SandboxAccount, user: SandboxUser, list: SandboxSmartList, open: boolean): Html {
  const address = `/crm/${account.domain}/campaign?as=${user.id}&list=${list.id}#people`;
  return html`<tr><td><a href="${address}"${open && raw(' aria-current="true"')}>${list.name}</a>${list.description && html`<br><span class="soft">${list.description}</span>`}</td>
<td>${listMembers(account, user, list).length}</td><td class="tight">${list.isFub2 ? "New" : "Classic"}</td>
<td class="tight">${list.shared ? "Shared" : "Own"}</td></tr>`;
}
