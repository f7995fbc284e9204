import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkMail } from "../../../server/sandbox/mail/check-mail.ts";
import { makeCertificate } from "../../../server/sandbox/mail/make-certificate.ts";

const FIELDS = [
  "From: Ann <ann@acme.example>",
  "To: dana@contacts.example",
  "Subject: House",
  "Date: Mon, 02 Mar 2026 15:00:00 +0000",
  "Message-ID: <a@acme.example>",
  "List-Unsubscribe: <https://x.example/u>,\r\n <mailto:a@b.example>",
  "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
];
const mail = (
  change: Record<string, string | null> = {},
  more: readonly string[] = [],
  body = "hello",
): string => {
  const fields = FIELDS.flatMap((line) => {
    const changed = change[line.slice(0, line.indexOf(":"))];
    return changed === undefined ? [line] : changed === null ? [] : [changed];
  });
  return `${[...fields, ...more].join("\r\n")}\r\n\r\n${body}\r\n`;
};
const check = (text: string, more = {}): string[] =>
  checkMail(Buffer.from(text, "latin1"), {
    domain: "acme.example",
    sender: "office@acme.example",
    smtpUtf8: false,
    eightBit: false,
    ...more,
  });

describe("what a strict server objects to", () => {
  test("is nothing in a mail as it should be", () => {
    expect(check(mail())).toEqual([]);
    expect(
      check(mail({ Subject: "Subject: caf\xe9" }, [], "caf\xe9"), { smtpUtf8: true, eightBit: true }),
    ).toEqual([]);
    expect(check(mail(), { sender: "" })).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    [
      "two List-Unsubscribe lines",
      mail({}, ["List-Unsubscribe: <mailto:a@b.example>"]),
      /^list-unsubscribe more than once$/,
    ],
    ["no Message-ID", mail({ "Message-ID": null }), /^no message-id$/],
    ["no Date", mail({ Date: null }), /^no date$/],
    ["no From", mail({ From: null }), /^no from$/],
    ["a Date that is none", mail({ Date: "Date: tomorrow" }), /^a Date that is none/],
    ["a Message-ID that is none", mail({ "Message-ID": "Message-ID: a@b" }), /^a Message-ID that is none/],
    [
      "somebody else's domain",
      mail({ From: "From: ann@elsewhere.example" }),
      /^From is of elsewhere\.example/,
    ],
    ["a long line", mail({}, [], "x".repeat(999)), /^a line of 999/],
    ["half a line end", mail({}, [], "a\nb"), /half a line end/],
    ["a header broken in two", mail({}, ["X-Name: Ann\r\nBcc evil"]), /no header: Bcc evil/],
    ["8 bit in a header", mail({ Subject: "Subject: caf\xe9" }), /8-bit characters that are not encoded/],
    ["8 bit in the body", mail({}, [], "caf\xe9"), /nobody announced/],
    [
      "a List-Unsubscribe without brackets",
      mail({ "List-Unsubscribe": "List-Unsubscribe: https://x.example" }),
      /List-Unsubscribe that is none/,
    ],
    [
      "nodemailer's List-Unsubscribe-Post",
      mail({ "List-Unsubscribe-Post": "List-Unsubscribe-Post: <http://List-Unsubscribe=One-Click>" }),
      /Post that is none/,
    ],
    [
      "one click without https",
      mail({ "List-Unsubscribe": "List-Unsubscribe: <http://x.example>" }),
      /without an https/,
    ],
  ])("%s", (_what, text, objection) => {
    expect(check(text)).toContainEqual(expect.stringMatching(objection));
  });

  test("and a sender of another domain", () => {
    expect(check(mail(), { sender: "a@elsewhere.example" })).toEqual([
      "the sender is of elsewhere.example, the login of acme.example",
    ]);
  });
});

test("a certificate made here is for this machine, by itself, and new every time", () => {
  const { key, certificate } = makeCertificate();
  const read = new X509Certificate(certificate);
  expect(read.checkHost("localhost")).toBe("localhost");
  expect(read.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(read.checkHost("mail.example.com")).toBeUndefined();
  expect(read.verify(read.publicKey)).toBe(true);
  expect(key).toContain("BEGIN PRIVATE KEY");
  expect(makeCertificate().certificate).not.toBe(certificate);
});
