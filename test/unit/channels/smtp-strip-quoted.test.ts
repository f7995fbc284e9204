import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlToText } from "../../../server/channels/smtp/html-to-text.ts";
import { stripQuoted } from "../../../server/channels/smtp/strip-quoted.ts";

const QUOTED = "> Hello Dana,\n>\n> The house is for sale.\n>\n> --\n> To get no more e-mail, unsubscribe";
const OURS = "Hello Dana,\n\nThe house is for sale.\n\nTo get no more e-mail, unsubscribe here";

const LAYOUTS: readonly (readonly [name: string, mail: string, written: string])[] = [
  ["nothing quoted", "Yes please.\nFriday at 10.", "Yes please.\nFriday at 10."],
  [
    "Gmail",
    `Yes please.\n\nOn Mon, Mar 2, 2026 at 3:00 PM Ann Lee <ann@acme.example> wrote:\n\n${QUOTED}`,
    "Yes please.",
  ],
  [
    "Gmail, the line broken in two",
    `Yes please.\n\nOn Mon, Mar 2, 2026 at 3:00 PM Ann Lee via the office <\nann+eng_01.0123456789ab@acme.example> wrote:\n\n${QUOTED}`,
    "Yes please.",
  ],
  [
    "Gmail, the quote not marked",
    `Yes please.\n\nOn Mon, Mar 2, 2026 at 3:00 PM Ann Lee <ann@acme.example> wrote:\n\n${OURS}`,
    "Yes please.",
  ],
  [
    "Apple Mail",
    `Yes please.\n\n> On Mar 2, 2026, at 3:00 PM, Ann Lee <ann@acme.example> wrote:\n> \n${QUOTED}`,
    "Yes please.",
  ],
  [
    "iPhone",
    `Yes please.\n\nSent from my iPhone\n\n> On Mar 2, 2026, at 15:00, Ann Lee <ann@acme.example> wrote:\n> \n> ﻿Hello`,
    "Yes please.",
  ],
  [
    "Outlook",
    `Yes please.\n\nFrom: Ann Lee <ann@acme.example>\nSent: Monday, March 2, 2026 3:00 PM\nTo: Dana Scott <dana@contacts.example>\nSubject: A message from Ann Lee\n\n${OURS}`,
    "Yes please.",
  ],
  [
    "Outlook on a phone",
    `Yes please.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Ann Lee <ann@acme.example>\nSent: Monday, March 2, 2026 3:00:00 PM\nTo: Dana Scott <dana@contacts.example>\nSubject: A message\n\n${OURS}`,
    "Yes please.",
  ],
  ["old Outlook", `Yes please.\n\n-----Original Message-----\nFrom: Ann Lee\n${OURS}`, "Yes please."],
  [
    "Outlook, in bold",
    `Yes please.\n\n*From:* Ann Lee <ann@acme.example>\n*Sent:* Monday\n*To:* Dana\n*Subject:* House\n\n${OURS}`,
    "Yes please.",
  ],
  [
    "French Gmail",
    `Oui, volontiers.\n\nLe lun. 2 mars 2026 à 15:00, Ann Lee <ann@acme.example> a écrit :\n\n${QUOTED}`,
    "Oui, volontiers.",
  ],
  [
    "French Outlook",
    `Oui, volontiers.\n\nDe : Ann Lee <ann@acme.example>\nEnvoyé : lundi 2 mars 2026 15:00\nÀ : Dana Scott\nObjet : Maison\n\n${OURS}`,
    "Oui, volontiers.",
  ],
  [
    "French iPhone",
    `Oui.\n\nEnvoyé de mon iPhone\n\n> Le 2 mars 2026 à 15:00, Ann Lee <ann@acme.example> a écrit :\n> Bonjour`,
    "Oui.",
  ],
  [
    "Spanish Gmail",
    `Sí, gracias.\n\nEl lun, 2 mar 2026 a las 15:00, Ann Lee (<ann@acme.example>) escribió:\n\n${QUOTED}`,
    "Sí, gracias.",
  ],
  [
    "Spanish Outlook",
    `Sí.\n\nEnviado desde mi iPhone\n\nDe: Ann Lee\nEnviado: lunes, 2 de marzo de 2026\nPara: Dana\nAsunto: Casa\n\n${OURS}`,
    "Sí.",
  ],
  [
    "German Gmail",
    `Ja, gern.\n\nAm Mo., 2. März 2026 um 15:00 Uhr schrieb Ann Lee <ann@acme.example>:\n\n${QUOTED}`,
    "Ja, gern.",
  ],
  [
    "German Outlook",
    `Ja, gern.\n\nVon: Ann Lee <ann@acme.example>\nGesendet: Montag, 2. März 2026 15:00\nAn: Dana Scott\nBetreff: Haus\n\n${OURS}`,
    "Ja, gern.",
  ],
  [
    "German Thunderbird, below",
    `Am 02.03.26 um 15:00 schrieb Ann Lee:\n${QUOTED}\n\nJa, gern.\n\n-- \nDana Scott`,
    "Ja, gern.",
  ],
  ["Thunderbird, below", `On 3/2/26 3:00 PM, Ann Lee wrote:\n${QUOTED}\n\nYes please.`, "Yes please."],
  [
    "answers between the lines",
    `On 3/2/26 3:00 PM, Ann Lee wrote:\n> Do you want it?\nYes.\n> When?\n\nFriday.`,
    "Yes.\n\nFriday.",
  ],
  [
    "Proton",
    `Yes please.\n\nSent with Proton Mail secure email.\n\n------- Original Message -------\nOn Monday, March 2nd, 2026 at 3:00 PM, Ann Lee <ann@acme.example> wrote:\n\n${QUOTED}`,
    "Yes please.",
  ],
  [
    "Yahoo",
    `Yes please.\n\nOn Monday, March 2, 2026 at 03:00:00 PM EST, Ann Lee <ann@acme.example> wrote:\n\n \n\n${OURS}`,
    "Yes please.",
  ],
  [
    "date first",
    `Yes please.\n\n2026-03-02 15:00 GMT-05:00 Ann Lee <ann@acme.example>:\n\n${QUOTED}`,
    "Yes please.",
  ],
  [
    "Italian",
    `Sì.\n\nIl giorno lun 2 mar 2026 alle ore 15:00 Ann Lee <ann@acme.example> ha scritto:\n\n${QUOTED}`,
    "Sì.",
  ],
  [
    "forwarded",
    `Look at this.\n\n---------- Forwarded message ---------\nFrom: Ann Lee\n${OURS}`,
    "Look at this.",
  ],
  [
    "forwarded by Apple Mail",
    `Look.\n\nBegin forwarded message:\n\nFrom: Ann Lee\nSubject: x\n${OURS}`,
    "Look.",
  ],
  ["a signature", "Yes please.\n\n-- \nDana Scott\n+1 416 555 0111", "Yes please."],
  [
    "a signature above the quote",
    `Yes please.\n\n--\nDana\n\nOn 3/2/26 3:00 PM, Ann Lee wrote:\n${QUOTED}`,
    "Yes please.",
  ],
  ["a Samsung phone", "Yes please.\n\nSent from my Galaxy", "Yes please."],
  [
    "Windows line ends and odd blanks",
    "Yes\u00a0please.\r\n\r\nOn 3/2/26 3:00 PM, Ann Lee wrote:\r\n> Hello\r\n",
    "Yes please.",
  ],
  [
    "nothing written",
    `\n\nOn Mon, Mar 2, 2026 at 3:00 PM Ann Lee <ann@acme.example> wrote:\n\n${QUOTED}`,
    "",
  ],
  ["nothing but a phone's line", `Sent from my iPhone\n\n${QUOTED}`, ""],
];

describe("what somebody wrote", () => {
  test.each(LAYOUTS)("%s", (_name, mail, written) => {
    expect(stripQuoted(mail)).toBe(written);
  });

  test.each([
    ["a sentence that ends like an attribution", "On Monday my wife wrote:\nno, thank you."],
    ["an address in a sentence", "Write to dana@contacts.example instead:\nit is the one I read."],
    ["a word that begins a block of headers", "From: my point of view, fine.\nLet us do it."],
    ["a dash in the text", "First\n--\nSecond".concat("\nline".repeat(15))],
    ["a line about a phone inside the text", "Sent from my heart, with love.\nDana"],
    ["a list", "- one\n- two"],
    ["a table", "| one | two |\n| 1 | 2 |"],
  ])("stays whole: %s", (_name, mail) => {
    expect(stripQuoted(mail)).toBe(mail);
  });

  test("is found again whatever it is and however it is quoted", () => {
    const line = fc
      .stringMatching(/^[A-Za-zéß0-9 ,.!?'"()@-]{1,40}$/)
      .map((text) => text.trim())
      .filter(
        (text) =>
          text !== "" &&
          !/^(?:--|sent|get|from|de|von|da|van|on|le|el|am|il|em|op|\d{4}|yahoo|obten|env|von|gesendet|inviato|verzonden|t[eé]l[eé])/i.test(
            text,
          ),
      );
    const quotes = LAYOUTS.slice(1, 5).map(([, mail]) => mail.slice("Yes please.".length));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...quotes),
        (lines, quote) => {
          expect(stripQuoted(lines.join("\n") + quote)).toBe(lines.join("\n"));
        },
      ),
    );
  });

  test.each([
    ["dashes", "-".repeat(150_000)],
    ["blanks", `${" ".repeat(150_000)}x`],
    ["attributions", "on 1 a@b wrote\n".repeat(12_000)],
    ["half an attribution", `on ${"1 ".repeat(70_000)}:`],
    ["block lines", "From: x\n".repeat(20_000)],
    ["tags", "<a ".repeat(60_000)],
    ["entities", "&#1;&".repeat(40_000)],
    ["comments", "<!--".repeat(50_000)],
  ])(
    "does not take long over %s",
    (_what, text) => {
      expect(stripQuoted(text).length).toBeLessThanOrEqual(text.length);
      expect(stripQuoted(htmlToText(text)).length).toBeLessThanOrEqual(text.length);
    },
    5_000,
  );
});

describe("HTML as text", () => {
  test.each([
    ["paragraphs and breaks", "<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"],
    [
      "Gmail's reply",
      `<div dir="ltr">Yes please.</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 at 3:00 PM Ann &lt;<a href="mailto:ann@acme.example">ann@acme.example</a>&gt; wrote:<br></div><blockquote><p>Hello</p><p>Dana</p></blockquote></div>`,
      "Yes please.\n\nOn Mon, Mar 2, 2026 at 3:00 PM Ann <ann@acme.example> wrote:\n\n> Hello\n>\n> Dana\n>\n>",
    ],
    [
      "Outlook's reply",
      `<html><head><style>p{margin:0}</style><title>x</title></head><body><!--[if mso]><p>no</p><![endif]--><p class=MsoNormal>Yes&nbsp;please.<o:p></o:p></p><hr><div id="divRplyFwdMsg"><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Dana</div></body></html>`,
      "Yes please.\n\nFrom: Ann\nSent: Monday\nTo: Dana",
    ],
    [
      "characters by name and number",
      "caf&eacute; &Eacute; &amp; &#8364;5 &#x1F600; &bogus; &valueOf; &#0;&#xD800;",
      "café É & €5 😀 &bogus; &valueOf;",
    ],
    [
      "lists and tables",
      "<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>",
      "- a\n- b\nc d",
    ],
    ["broken", "<p>a <b>b<div>c", "a b\nc"],
    ["scripts", "a<script>alert('<p>')</script>b", "ab"],
  ])("%s", (_what, html, text) => {
    expect(htmlToText(html)).toBe(text);
  });
});
