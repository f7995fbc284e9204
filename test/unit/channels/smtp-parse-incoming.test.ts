import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IncomingMail } from "../../../server/channels/smtp/incoming-mail.ts";
import { parseIncoming } from "../../../server/channels/smtp/parse-incoming.ts";
import { crlf, ORIGINAL, parse, report } from "./smtp-raw-mail.ts";

const HEAD = `From: Dana Scott <Dana@Contacts.example>
To: "Office" <office+eng_01.0123456789ab@acme.example>, other@acme.example
Cc: c@acme.example
Delivered-To: office@acme.example
X-Original-To: <Office+eng_01.0123456789ab@acme.example>
Subject: =?utf-8?q?Re:_Caf=C3=A9?=
Date: Mon, 02 Mar 2026 10:00:00 -0500
Message-ID: <a1@contacts.example>
In-Reply-To: <eng.eng_01.1@acme.example>
References: <x@acme.example>
 <eng.eng_01.1@acme.example>
MIME-Version: 1.0
`;

describe("a reply", () => {
  test("is read with all that tells where it belongs, and only what is new in it", async () => {
    const mail = await parse(`${HEAD}Content-Type: text/plain; charset=utf-8

Yes please.

On Mon, Mar 2, 2026 at 9:00 AM Ann Lee <ann@acme.example> wrote:
> Hello`);
    expect(mail).toEqual({
      messageId: "<a1@contacts.example>",
      from: "dana@contacts.example",
      fromName: "Dana Scott",
      to: ["office+eng_01.0123456789ab@acme.example", "other@acme.example", "c@acme.example"],
      deliveredTo: ["office@acme.example", "office+eng_01.0123456789ab@acme.example"],
      subject: "Re: Café",
      date: Date.parse("2026-03-02T15:00:00Z"),
      inReplyTo: "<eng.eng_01.1@acme.example>",
      references: ["<x@acme.example>", "<eng.eng_01.1@acme.example>"],
      text: "Yes please.",
      autoSubmitted: false,
      isBulk: false,
      bounce: null,
      listUnsubscribe: null,
    } satisfies IncomingMail);
  });

  test.each([
    ["UTF-8 in quoted-printable", "text/plain; charset=utf-8", "quoted-printable", "Caf=C3=A9 =E2=82=AC"],
    ["ISO-8859-1", "text/plain; charset=iso-8859-1", "8bit", "Caf\xe9 "],
    [
      "Windows-1252 in base64",
      "text/plain; charset=windows-1252",
      "base64",
      Buffer.from("Caf\xe9 \x80", "latin1").toString("base64"),
    ],
    [
      "HTML only",
      "text/html; charset=utf-8",
      "7bit",
      "<p>Caf&eacute; &euro;</p><blockquote>old</blockquote>",
    ],
    ["a charset nobody knows", "text/plain; charset=klingon", "7bit", "Cafe"],
  ])("in %s is text", async (_how, type, encoding, body) => {
    const mail = await parse(
      `${HEAD}Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`,
    );
    expect(mail.text).toMatch(/^Caf[ée]/);
    expect(mail.text).not.toMatch(/old|<|&/);
  });

  test("names its attachments and keeps none; pictures inside the text are not named", async () => {
    const mail = await parse(`${HEAD}Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html

<p>See it <img src="cid:logo"></p>
--r
Content-Type: image/png; name=logo.png
Content-ID: <logo>
Content-Disposition: inline
Content-Transfer-Encoding: base64

AAAA
--r--
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="=?utf-8?q?Offer_=E2=82=AC?=.pdf"
Content-Transfer-Encoding: base64

AAAA
--b
Content-Type: message/rfc822

Subject: inner

secret inner text
--b--`);
    expect(mail.text).toBe("See it\n[attachment: Offer €.pdf]\n[attachment: message/rfc822]");
  });

  test("without an id has the same one whenever it is read", async () => {
    const raw = "From: a@b.example\n\nhello";
    const [one, two, other] = await Promise.all([parse(raw), parse(raw), parse(`${raw}!`)]);
    expect(one.messageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(two.messageId).toBe(one.messageId);
    expect(other.messageId).not.toBe(one.messageId);
  });
});

describe("what no person wrote", () => {
  test.each([
    ["Auto-Submitted: auto-replied", true, false],
    ["Auto-Submitted: auto-generated; x=y", true, false],
    ["Auto-Submitted: no", false, false],
    ["X-Autoreply: yes", true, false],
    ["Precedence: auto_reply", true, false],
    ["Precedence: bulk", false, true],
    ["List-Id: <news.example>", false, true],
    ["List-Unsubscribe: <https://x.example>", false, true],
    ["Return-Path: <>", true, false],
    ["Return-Path: <dana@contacts.example>", false, false],
  ])("%s", async (line, autoSubmitted, isBulk) => {
    expect(await parse(`${line}\n${HEAD}\nhi`)).toMatchObject({ autoSubmitted, isBulk, bounce: null });
  });

  test.each([
    ["Automatic reply: House", true],
    ["Out of Office: House", true],
    ["Réponse automatique : Maison", true],
    ["Abwesenheitsnotiz", true],
    ["Out of office hours, can we meet?", false],
    ["Re: Automatic reply: House", false],
  ])("a subject like %s: %s", async (subject, automatic) => {
    const mail = await parse(
      `From: a@b.example\nSubject: =?utf-8?b?${Buffer.from(subject).toString("base64")}?=\n\nhi`,
    );
    expect(mail.autoSubmitted).toBe(automatic);
  });
});

describe("whatever comes in, something readable comes out", () => {
  const wellFormed = (mail: IncomingMail): void => {
    expect(mail.messageId).not.toBe("");
    expect(mail.text.length).toBeLessThanOrEqual(20_000);
    expect([mail.from, mail.subject, ...mail.to].join("")).not.toMatch(/[\r\n]/);
    // What a database takes as text: no control characters, no halves of characters.
    const { bounce, ...rest } = mail;
    for (const text of [...Object.values(rest), ...Object.values(bounce ?? {})].flat().map(String)) {
      expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
      expect(text.isWellFormed()).toBe(true);
    }
  };
  const part = fc.constantFrom(
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n",
    "Content-Type: message/delivery-status\r\n",
    "Content-Type: text/html; charset=utf-16\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Type: message/rfc822\r\n",
    "From: =?utf-8?b?////?= <\r\n",
    "Message-ID: <<>>\r\n",
    "Date: yesterday\r\n",
    "Subject: =?x?q?=ff=fe?=\r\n",
    "--b\r\n",
    "--b--\r\n",
    "\r\n",
    "\r\n\r\n",
    "Status: 5.1.1\r\nAction: failed\r\n",
    "\u0000",
  );
  test("bytes without sense", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) =>
        wellFormed(await parseIncoming(bytes)),
      ),
      { numRuns: 200 },
    );
  });
  test("pieces of mails in any order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(part, fc.string({ maxLength: 30 })), { maxLength: 25 }),
        async (pieces) => wellFormed(await parseIncoming(Buffer.from(pieces.join(""), "utf8"))),
      ),
      { numRuns: 300 },
    );
  });
  test("a mail cut off anywhere", async () => {
    const whole = Buffer.from(
      crlf(report("Final-Recipient: rfc822; d@c.example\nAction: failed\nStatus: 5.1.1", ORIGINAL)),
    );
    for (let length = 0; length < whole.length; length += 7)
      wellFormed(await parseIncoming(whole.subarray(0, length)));
  });
  test("parts within parts without end, and headers without end", async () => {
    const nested = Array.from(
      { length: 300 },
      (_none, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    const deep = await parseIncoming(
      Buffer.from(`From: a@b.example\r\nSubject: deep\r\n${nested.join("")}text`),
    );
    expect(deep).toMatchObject({ from: "a@b.example", subject: "deep" });
    const long = await parseIncoming(
      Buffer.from(`From: a@b.example\r\n${"X-Long: 1\r\n".repeat(300_000)}\r\ntext`),
    );
    expect(long.from).toBe("a@b.example");
  });
});
