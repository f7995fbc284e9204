// The person page of the practice CRM: details, tags, timeline and the embedded app.
import { personName } from "../fub/shape-person.ts";
import type { SandboxAccount, SandboxPerson, SandboxPhone, SandboxUser } from "../sandbox-types.ts";
import { type Html, html } from "./escape-html.ts";
import { listTimeline } from "./list-timeline.ts";
import { FRAME_SCRIPT, TIMELINE_SCRIPT } from "./person-script.ts";
import { renderAppFrame } from "./render-app-frame.ts";
import { renderPage } from "./render-page.ts";

export function renderPerson(
  account: SandboxAccount,
  user: SandboxUser,
  person: SandboxPerson,
  gatewayUrl: string,
): string {
  const address = `/crm/${account.domain}/people/${person.id}`;
  return renderPage({
    title: personName(person),
    account,
    user,
    asUser: (id) => `${address}?as=${id}`,
    script: FRAME_SCRIPT + TIMELINE_SCRIPT,
    body: html`<div class="columns">
<div>${renderDetails(account, person)}${renderTags(address, user, person)}</div>
<div>${renderTimeline(`${address}/timeline.json?as=${user.id}`, account, person)}</div>
${renderAppFrame(gatewayUrl, "embed", { account, user, person })}
</div>`,
  });
}

function renderDetails(account: SandboxAccount, person: SandboxPerson): Html {
  const agent = account.users.find(({ id }) => id === person.assignedUserId);
  const emails = person.emails.map(({ value }) => html`<div>${value}</div>`);
  return html`<section class="card"><h1><bdi>${personName(person)}</bdi></h1>
<p class="soft">${person.stage}, assigned to ${agent?.name ?? "nobody"}</p>
<dl><div><dt>Phone</dt><dd>${person.phones.length > 0 ? person.phones.map(renderPhone) : "None"}</dd></div>
<div><dt>E-mail</dt><dd>${emails.length > 0 ? emails : "None"}</dd></div>
<div><dt>Source</dt><dd>${person.source}</dd></div></dl></section>`;
}

function renderPhone(phone: SandboxPhone): Html {
  const flags = [
    phone.relationshipId !== 0 && "belongs to a relationship",
    phone.isLandline && "landline",
    phone.status === "Invalid" && "invalid",
  ].filter((flag) => flag !== false && flag !== null);
  return html`<div>${phone.value} <span class="soft">${phone.type}</span> ${flags.map((flag) => html`<span class="flag">${flag}</span> `)}</div>`;
}

function renderTags(address: string, user: SandboxUser, person: SandboxPerson): Html {
  return html`<section class="card"><h2 id="tags-title">Tags</h2>
<ul id="tags" class="tags" aria-labelledby="tags-title">${person.tags.map((tag) => html`<li>${tag}</li>`)}</ul>
<form id="tag-form" class="row" method="post" action="${address}/tags?as=${user.id}">
<input name="tag" aria-label="New tag" placeholder="Add a tag" required maxlength="100" autocomplete="off">
<button>Add</button></form></section>`;
}

function renderTimeline(source: string, account: SandboxAccount, person: SandboxPerson): Html {
  const items = listTimeline(account, person);
  return html`<section class="card"><h2 id="timeline-title">Timeline</h2>
<p id="timeline-empty" class="soft"${items.length > 0 && html` hidden`}>Calls and notes will appear here by themselves.</p>
<ol id="timeline" class="timeline" aria-live="polite" aria-labelledby="timeline-title" data-source="${source}">${items.map(
    (item) => html`<li data-key="${item.key}" data-version="${item.version}">${{ html: item.html }}</li>`,
  )}</ol></section>`;
}
