// The page of the practice phones: its frame, and one phone as a template that its script fills. Sent by create-phones-router.
import { type Html, html, raw } from "./escape-html.ts";
import { PHONES_SCRIPT } from "./phones-script.ts";
import { PHONES_STYLE } from "./phones-style.ts";
import { renderPage } from "./render-page.ts";

export function renderPhones(allByHand: boolean): string {
  const body = html`<section class="card">
<h1>Practice phones</h1>
<p class="soft">Every number the practice Twilio calls or texts has a phone here. Phones answer by themselves, as the last two
digits of their number say, unless you answer them yourself. <a href="/">Back to the people</a></p>
<form id="open" class="row"><label for="open-number">Show a phone</label>
<input id="open-number" type="tel" required autocomplete="off" placeholder="+14165550131"><button>Show</button></form>
<p><label><input id="all-by-hand" type="checkbox"${allByHand && raw(" checked")}> I answer all phones that have not rung yet</label></p>
</section>
<p id="news" role="status" class="news"></p>
<p id="none" class="soft">No phone has been called or texted yet.</p>
<div id="phones" class="phones"></div>
${renderTemplate()}`;
  return renderPage({ title: "Phones", body, script: PHONES_SCRIPT, style: PHONES_STYLE });
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const KEY_NAMES: Readonly<Record<string, string>> = { "*": "Star", "#": "Pound" };

/** `data-part` names what the script looks for. */
function renderTemplate(): Html {
  const keys = KEYS.map(
    (key) =>
      html`<button type="button" data-key="${key}" aria-label="${KEY_NAMES[key] ?? key}">${key}</button>`,
  );
  return html`<template id="phone"><section class="card phone">
<h2 data-part="title"></h2>
<p><label><input type="checkbox" data-part="by-hand"> I answer this phone myself</label></p>
<div data-part="call" class="call" hidden>
<p data-part="words" tabindex="-1" class="words"></p>
<div data-part="ringing" class="buttons" role="group" aria-label="The phone rings" hidden>
<button type="button" data-act="answer">Answer</button> <button type="button" data-act="decline">Decline (busy)</button>
<button type="button" data-act="ignore">Let it ring</button> <button type="button" data-act="voicemail">Voicemail</button></div>
<div data-part="heard" class="lines" role="log" aria-label="What is said" tabindex="0" hidden></div>
<div data-part="talking" hidden>
<p data-part="asked" class="soft"></p>
<div class="keypad" role="group" aria-label="Keypad">${keys}</div>
<form data-part="speak" class="row"><label>Say <input data-part="speech" required autocomplete="off"></label><button>Say it</button></form>
<button type="button" data-act="hang_up" class="end">Hang up</button></div>
</div>
<div data-part="messages" class="lines" role="log" aria-label="Messages" tabindex="0" hidden></div>
<details open><summary>Write a message</summary>
<form data-part="reply"><label>To <select data-part="other"></select></label>
<label>Message <textarea data-part="text" rows="2" required></textarea></label><button>Send</button></form></details>
</section></template>`;
}
