// The practice mailbox: what contacts got, with a box to answer as they would. Put into the frame of the practice CRM.
import { type Html, html } from "../pages/escape-html.ts";
import { renderPage } from "../pages/render-page.ts";
import type { MailPorts, MailWorld, ReceivedMail, ReturnedMail } from "./mail-types.ts";
import { unsubscribeWays } from "./unsubscribe-ways.ts";

export interface MailboxView {
  world: MailWorld;
  ports: MailPorts;
  /** Only what this address got; everything when empty. */
  to: string;
  /** What came of the last thing done, for the status line. */
  done: string;
}

/** A complete HTML document. */
export function renderMailbox({ world, ports, to, done }: MailboxView): string {
  const shown = world.received.filter((mail) => to === "" || mail.to === to).toReversed();
  return renderPage({
    title: "Mailbox",
    script: WATCH_SCRIPT,
    body: html`<div class="stack narrow">
<section class="card"><h1>Mailbox of the contacts</h1>
<p class="soft">What the practice mail server took for contacts, newest first. Answer as they would; the gateway reads the
answer where it reads replies. <a href="/">Back to the people</a></p>
${renderFilter(world, to)}
<p id="status" role="status" data-count="${world.received.length}">${done}</p>
${renderAccess(world, ports)}</section>
${shown.length === 0 && html`<section class="card"><p>Nothing has come yet.</p></section>`}
${shown.map((mail) => renderMail(world, mail))}
</div>`,
  });
}

function renderFilter(world: MailWorld, to: string): Html {
  const addresses = [...new Set(world.received.map((mail) => mail.to))].toSorted();
  const link = (address: string, label: string): Html =>
    html`<li><a href="${mailboxAddress(address)}"${address === to && { html: ' aria-current="page"' }}>${label}</a></li>`;
  return html`<nav aria-label="Whose mailbox"><ul class="tags">${link("", "Everybody")}${addresses.map((address) => link(address, address))}</ul></nav>`;
}

/** Of the page for one contact's mail; of everybody's when empty. */
export const mailboxAddress = (to: string, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ ...(to === "" ? {} : { to }), ...more }).toString();
  return query === "" ? "/mailbox" : `/mailbox?${query}`;
};

function renderAccess(world: MailWorld, ports: MailPorts): Html {
  const rows = world.logins.map(
    ({ user, password }) => html`<div><dt>Login and password</dt><dd>${user} · ${password}</dd></div>`,
  );
  return html`<details><summary>How a brokerage is connected to this mail server</summary>
<dl><div><dt>Host</dt><dd>127.0.0.1, protection: none</dd></div>
<div><dt>Ports</dt><dd>SMTP ${ports.smtp}, IMAP ${ports.imap}</dd></div>${rows}</dl></details>`;
}

function renderMail(world: MailWorld, received: ReceivedMail): Html {
  const { id, mail, violations } = received;
  const answers = world.returned.filter((returned) => returned.answers === id);
  return html`<article class="card" id="mail-${id}" aria-labelledby="mail-${id}-title">
<h2 id="mail-${id}-title"><bdi>${mail.subject || "(no subject)"}</bdi></h2>
<dl class="facts"><div><dt>From</dt><dd><bdi>${mail.from?.name ?? ""}</bdi> ${mail.from?.address ?? ""}</dd></div>
<div><dt>To</dt><dd>${received.to}</dd></div>
<div><dt>Came</dt><dd>${renderTime(received.at)}</dd></div></dl>
<p class="said">${linkUp(mail.text ?? "")}</p>
${renderUnsubscribe(received)}
${violations.length > 0 && html`<p class="flag">A strict mail server would object: ${violations.join("; ")}</p>`}
${answers.map(renderAnswer)}
${renderReplyBox(received)}</article>`;
}

const renderTime = (at: number): Html => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.replace("T", " ").slice(0, 19)} UTC</time>`;
};

const renderAnswer = ({ at, text }: ReturnedMail): Html =>
  html`<p class="said answer"><strong>Went back</strong> <span class="soft">${renderTime(at)}</span>\n${text}</p>`;

function linkUp(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)])/)
    .map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : html`${piece}`));
}

function renderUnsubscribe(received: ReceivedMail): Html | null {
  const { page, oneClick, mail } = unsubscribeWays(received);
  if (page === null && mail === null) return null;
  return html`<form class="row wrap" method="post" action="/mailbox/${received.id}/unsubscribe">
<span class="soft">The mail program offers:</span>
${page !== null && html`<a href="${page}">Unsubscribe page</a>`}
${oneClick && html`<button name="way" value="click">Unsubscribe with one click</button>`}
${mail !== null && html`<button name="way" value="mail">Unsubscribe by e-mail</button>`}</form>`;
}

function renderReplyBox({ id, to }: ReceivedMail): Html {
  return html`<form class="stack tight-stack" method="post" action="/mailbox/${id}/reply">
<label for="reply-${id}">Answer as ${to}</label>
<textarea id="reply-${id}" name="text" rows="3" required maxlength="5000"></textarea>
<label><input type="checkbox" name="bare" value="1"> Without the mark and the thread, as some mail programs do</label>
<div><button>Send the answer</button></div></form>`;
}

/** Says when something new has come; nothing moves under the hands of somebody who is writing. */
const WATCH_SCRIPT = `
(() => {
  const status = document.getElementById("status");
  const known = Number(status.dataset.count);
  let told = 0;
  const look = async () => {
    try {
      const answer = await fetch("/mailbox/count.json");
      const fresh = answer.ok ? (await answer.json()).count - known : 0;
      if (fresh > 0 && fresh !== told) {
        told = fresh;
        const link = document.createElement("a");
        link.href = location.pathname + location.search;
        link.textContent = "Show";
        status.replaceChildren(fresh === 1 ? "1 new e-mail. " : fresh + " new e-mails. ", link);
      }
    } catch {}
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
})();`;
