import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { writeMail, writeSubject } from "../../../server/channels/smtp/write-mail.ts";
import { composed, mailAccount, mailOrder, mailRequest } from "./smtp-order.ts";

const HEADERS = [
  "From",
  "To",
  "Reply-To",
  "Subject",
  "Message-ID",
  "Date",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "MIME-Version",
  "Content-Type",
];
const valuesOf = (headers: [string, string][], name: string): string[] =>
  headers.filter(([key]) => key === name).map(([, value]) => value);

describe("the first e-mail", () => {
  test("greets by first name, says the instruction, signs as the agent, and names the brokerage and the way out below", async () => {
    const { draft, raw } = await composed();
    expect(draft.said).toBe("Hello Dana,\n\nThe house on Maple Street is for sale.\n\nAnn Lee\nAcme Realty");
    expect(draft.text).toBe(
      `${draft.said}\n\n-- \nAcme Realty · Ann Lee\n1 Main St, Toronto\nTo get no more e-mail from us, unsubscribe here: https://gateway.example.com/u/eng_01.abc\n`,
    );
    const mail = await PostalMime.parse(raw);
    expect(mail.text?.trimEnd().replace(/\r\n/g, "\n")).toBe(draft.text.trimEnd());
    expect(mail.html).toContain("<p>The house on Maple Street is for sale.</p>");
    expect(mail.html).toContain('<a href="https://gateway.example.com/u/eng_01.abc">');
    expect(mail).toMatchObject({
      from: { name: "Ann Lee", address: "ann@acme.example" },
      to: [{ name: "Dana Scott", address: "dana@contacts.example" }],
      replyTo: [{ name: "Ann Lee", address: "office+eng_01.0123456789ab@acme.example" }],
      subject: "A message from Ann Lee",
      messageId: "<eng.eng_01.1@acme.example>",
      date: "2026-03-02T15:00:00.000Z",
      attachments: [],
    });
  });

  test("carries exactly these headers, each once, under these names", async () => {
    const { headers } = await composed();
    expect(headers.map(([name]) => name).toSorted()).toEqual(HEADERS.toSorted());
    expect(valuesOf(headers, "List-Unsubscribe")).toEqual([
      "<https://gateway.example.com/u/eng_01.abc>, <mailto:office+eng_01.0123456789ab@acme.example?subject=unsubscribe%20eng_01.0123456789ab>",
    ]);
    expect(valuesOf(headers, "List-Unsubscribe-Post")).toEqual(["List-Unsubscribe=One-Click"]);
  });

  test("offers one click only where the address is https, and a mail where there is no address", async () => {
    const local = await composed({ unsubscribeUrl: "http://127.0.0.1:8010/u/x" });
    expect(valuesOf(local.headers, "List-Unsubscribe-Post")).toEqual([]);
    expect(valuesOf(local.headers, "List-Unsubscribe")[0]).toMatch(
      /^<http:\/\/127\.0\.0\.1:8010\/u\/x>, <mailto:/,
    );
    const none = await composed({ unsubscribeUrl: null });
    expect(valuesOf(none.headers, "List-Unsubscribe-Post")).toEqual([]);
    expect(valuesOf(none.headers, "List-Unsubscribe")).toEqual([expect.stringMatching(/^<mailto:[^<>]+>$/)]);
    expect(none.draft.text).toContain("reply with the word unsubscribe");
  });

  test("is the asker's own where they give a subject and HTML, with the footer in it and the same as plain text", async () => {
    const extras = {
      email_subject: "Open house at {{ORGANIZATION_NAME}}\r\nBcc: x@y.example",
      email_body_html: "<html><body><h1>Dear {{CUSTOMER_NAME}}</h1><p>Come by. {{OTHER}}</p></body></html>",
    };
    const { draft, raw } = await composed({ order: mailOrder({ extras, personName: "Dana <b>Scott" }) });
    expect(draft.subject).toBe("Open house at Acme Realty Bcc: x@y.example");
    expect(draft.said).toMatch(/^Dear Dana <b>Scott\n+Come by\. \{\{OTHER\}\}$/);
    const mail = await PostalMime.parse(raw);
    expect(mail.text).toContain("unsubscribe here: https://gateway.example.com/u/eng_01.abc");
    expect(mail.html).toMatch(
      /<h1>Dear Dana &lt;b&gt;Scott<\/h1>[\s\S]*<p style=[\s\S]*unsubscribe here: [\s\S]*<\/p>\s*<\/body>\s*<\/html>\s*$/,
    );
  });

  test("has something to say without an instruction, and somebody to greet without a name", () => {
    const { said } = writeMail(
      mailRequest({ order: mailOrder({ instruction: "  ", personName: null, agentName: null }) }),
    );
    expect(said).toBe(
      "Hello there,\n\nThere is news about your search. Reply to this e-mail to hear more.\n\nAcme Realty",
    );
  });

  test.each([
    ["an agent's own click", {}, undefined],
    ["one of many", { inCampaign: true }, ["auto-generated"]],
    ["what nobody clicked for", { userId: null }, ["auto-generated"]],
  ] as const)("says of %s whether a machine sent it", async (_what, more, expected) => {
    const { headers } = await composed({ order: mailOrder(more) });
    expect(valuesOf(headers, "Auto-Submitted")).toEqual(expected ?? []);
  });

  test.each([
    ["the brokerage's mailbox, in the domain of From", {}, "office@acme.example"],
    [
      "From itself where the mailbox is in another domain",
      { replyAddress: "in@mailbox.example" },
      "ann@acme.example",
    ],
  ])("lets bounces come to %s", async (_where, more, expected) => {
    const { envelope } = await composed({ account: mailAccount(more) });
    expect(envelope).toEqual({ from: expected, to: ["dana@contacts.example"] });
  });

  test.each([
    ["off", { plusAddresses: false }, "office@acme.example"],
    [
      "too long for an address",
      { replyAddress: `${"a".repeat(60)}@acme.example` },
      `${"a".repeat(60)}@acme.example`,
    ],
    ["next to a mark it has", { replyAddress: "a+b@acme.example" }, "a+b+eng_01.0123456789ab@acme.example"],
  ])("marks the reply address: %s", (_how, more, expected) => {
    expect(writeMail(mailRequest({ account: mailAccount(more) })).replyTo.address).toBe(expected);
  });
});

describe("a further message", () => {
  const further = {
    text: "Friday at ten?\r\nBest",
    automatic: true,
    subject: "A message from Ann Lee",
    inReplyTo: "<a@b.example>",
    references: ["<eng.eng_01.1@acme.example>", "<a@b.example>"],
  };
  test("stands in the thread and says that a machine wrote it, if one did", async () => {
    const { headers, draft } = await composed({ further });
    expect(valuesOf(headers, "Subject")).toEqual(["Re: A message from Ann Lee"]);
    expect(valuesOf(headers, "In-Reply-To")).toEqual(["<a@b.example>"]);
    expect(valuesOf(headers, "References")).toEqual(["<eng.eng_01.1@acme.example> <a@b.example>"]);
    expect(valuesOf(headers, "Auto-Submitted")).toEqual(["auto-generated"]);
    expect(draft.said).toBe("Friday at ten?\nBest");
    const byHand = await composed({ further: { ...further, automatic: false } });
    expect(valuesOf(byHand.headers, "Auto-Submitted")).toEqual([]);
  });
});

describe("subjects", () => {
  test.each([
    ["A message from {agent}", {}, "A message from Ann Lee"],
    ["{first_name}, a word from {brokerage}", {}, "Dana, a word from Acme Realty"],
    ["{first_name}, a word from {brokerage}", { personName: null }, "a word from Acme Realty"],
    ["From {agent}", { agentName: null }, "From Acme Realty"],
    ["{first_name}", { personName: "" }, "A message from Acme Realty"],
    ["{agent}{unknown}", {}, "Ann Lee{unknown}"],
    ["{agent}", { agentName: "Ann\r\nBcc: x@y.example" }, "Ann Bcc: x@y.example"],
    ["{agent}", { agentName: "{brokerage}" }, "{brokerage}"],
  ])("%s", (template, more, expected) => {
    expect(writeSubject(mailOrder(more), template)).toBe(expected);
  });
});

describe("nothing in a name, text or address makes a header", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "Ann\r\nBcc: evil@example.com",
      "Ann\nX-Evil: 1\n\nbody",
      "\u2028Bcc: evil@example.com",
      '"quoted" <evil@example.com>, other@example.com',
      "=?utf-8?q?=0d=0aBcc:_evil@example.com?=",
      "名前 Ünïcödé 🏠",
      "\ud800",
    ),
  );
  test("whatever agents, contacts and brokerages are called", async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, nasty, async (agentName, personName, brokerage, instruction) => {
        const order = mailOrder({ agentName, personName, brokerage, instruction });
        const account = mailAccount({
          from: { name: agentName, address: "ann@acme.example" },
          subject: `{agent} {first_name} ${brokerage}`,
        });
        const { raw, headers, envelope } = await composed({ order, account });
        expect(headers.map(([name]) => name).toSorted()).toEqual(HEADERS.toSorted());
        expect(envelope).toEqual({ from: "office@acme.example", to: ["dana@contacts.example"] });
        const mail = await PostalMime.parse(raw);
        expect(mail.from?.address).toBe("ann@acme.example");
        expect(mail.to).toHaveLength(1);
        expect(raw.toString("latin1")).toMatch(/^[\t\r\n\x20-\x7e]*$/);
        expect(
          Math.max(
            ...raw
              .toString("latin1")
              .split("\r\n")
              .map(({ length }) => length),
          ),
        ).toBeLessThan(999);
      }),
      { numRuns: 60 },
    );
  });

  test("HTML of a text is text", async () => {
    const { draft } = await composed({
      order: mailOrder({ instruction: '<script>alert(1)</script> & "see" https://x.example/?a=1&b=2.' }),
    });
    expect(draft.html).not.toContain("<script");
    expect(draft.html).toContain("&lt;script&gt;");
    expect(draft.html).toContain(
      '<a href="https://x.example/?a=1&amp;b=2">https://x.example/?a=1&amp;b=2</a>.',
    );
  });

  test.each([
    ["dana@münchen.example", "dana@xn--mnchen-3ya.example"],
    ["o'brien+house@contacts.example", "o'brien+house@contacts.example"],
    ['"dana scott"@contacts.example', '"dana scott"@contacts.example'],
    ["dána@contacts.example", "dána@contacts.example"],
  ])("%s goes over the wire as %s", async (contact, expected) => {
    const { envelope, headers } = await composed({ order: mailOrder({ contact }) });
    expect(envelope.to).toEqual([expected]);
    expect(headers.filter(([name]) => name === "To")).toHaveLength(1);
  });
});
