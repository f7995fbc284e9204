import { describe, expect, test } from "vitest";
import { accountProblem, requireAccount } from "../../../server/channels/smtp/check-account.ts";
import { readMailAccount } from "../../../server/channels/smtp/mail-account.ts";
import { isAddressable, markOf, normalAddress, oneLine } from "../../../server/channels/smtp/mail-address.ts";
import { tenantSchema, userSchema } from "../../../shared/settings.schema.ts";
import { mailAccount } from "./smtp-order.ts";

const tenant = (more: Record<string, unknown> = {}) =>
  tenantSchema.parse({
    domain_name: "acme",
    brokerage_name: "Acme Realty",
    smtp_host: "mail.acme.example",
    smtp_user: "office",
    mail_from: "office@acme.example",
    imap_host: "imap.acme.example",
    ...more,
  });
const ann = userSchema.parse({ id: "u1", name: "Ann Lee", mail_from: "ann@acme.example" });
const ben = userSchema.parse({ id: "u2", name: "Ben Moss" });
const PASSWORDS = { smtp_password: "one" };

describe("an account out of settings and secrets", () => {
  test("is the agent's address with the agent's name, replies going to the mailbox that is read", () => {
    expect(readMailAccount(tenant(), ann, PASSWORDS)).toEqual({
      smtp: { host: "mail.acme.example", port: 587, security: "starttls", user: "office", password: "one" },
      imap: {
        host: "imap.acme.example",
        port: 993,
        security: "tls",
        user: "office",
        password: "one",
        folder: "INBOX",
      },
      from: { name: "Ann Lee", address: "ann@acme.example" },
      replyAddress: "office@acme.example",
      plusAddresses: true,
      subject: "A message from {agent}",
      postalAddress: "",
    });
  });
  test.each([
    [
      "an agent without an address: the brokerage's, with the agent's name",
      {},
      ben,
      { from: { name: "Ben Moss", address: "office@acme.example" } },
    ],
    [
      "no agent: the brokerage",
      {},
      undefined,
      { from: { name: "Acme Realty", address: "office@acme.example" } },
    ],
    [
      "a brokerage without a name",
      { brokerage_name: "" },
      undefined,
      { from: { name: "acme", address: "office@acme.example" } },
    ],
    [
      "a reply address of its own",
      { mail_reply_address: "in@acme.example" },
      ann,
      { replyAddress: "in@acme.example" },
    ],
    [
      "no mailbox that is read: replies to the agent, without a mark",
      { imap_host: "" },
      ann,
      { imap: null, replyAddress: "ann@acme.example", plusAddresses: false },
    ],
    ["marks off", { mail_plus_addresses: false }, ann, { plusAddresses: false }],
    ["only the agent has an address", { mail_from: "" }, ann, { replyAddress: "ann@acme.example" }],
    ["no login", { smtp_user: "" }, ann, { smtp: { user: null } }],
  ])("%s", (_what, more, user, expected) => {
    expect(readMailAccount(tenant(more), user, PASSWORDS)).toMatchObject(expected);
  });
  test("the mailbox has a login of its own where one is set", () => {
    const account = readMailAccount(tenant({ imap_user: "reader" }), ann, {
      ...PASSWORDS,
      imap_password: "two",
    });
    expect(account?.imap).toMatchObject({ user: "reader", password: "two" });
  });
  test.each([
    ["the host", { smtp_host: "" }],
    ["every address", { mail_from: "" }],
  ])("is none without %s", (_what, more) => {
    expect(readMailAccount(tenant(more), ben, PASSWORDS)).toBeUndefined();
  });
});

describe("an account that cannot be used says what to mend", () => {
  const smtp = mailAccount().smtp;
  test.each([
    ["none", undefined, /is not set\. Set both in the brokerage's set-up/],
    [
      "a password that is missing",
      mailAccount({ smtp: { ...smtp, password: null } }),
      /password of the login office .* is not set/,
    ],
    [
      "an unprotected connection elsewhere",
      mailAccount({ smtp: { ...smtp, security: "none" } }),
      /Choose tls or starttls/,
    ],
  ])("%s", (_what, account, sentence) => {
    expect(accountProblem(account, "informational")).toMatchObject({
      code: "channel_unavailable",
      sentence: expect.stringMatching(sentence),
    });
    expect(() => requireAccount(account, "informational")).toThrow(sentence);
  });
  test("fine", () => {
    expect(accountProblem(mailAccount(), "informational")).toBeUndefined();
    const local = mailAccount({
      smtp: { ...smtp, host: "127.0.0.1", security: "none", user: null, password: null },
    });
    expect(accountProblem(local, "informational")).toBeUndefined();
    expect(requireAccount(local, "informational")).toBe(local);
  });
  test("a type e-mail does not carry", () => {
    expect(accountProblem(mailAccount(), "conversational")?.sentence).toMatch(/informational outreach only/);
  });
});

describe("addresses", () => {
  test.each([
    ["dana@contacts.example", true],
    ["dana@münchen.example", true],
    ['"a b"@contacts.example', false],
    ["dana@localhost", false],
    ["@contacts.example", false],
    ["dana", false],
    ["", false],
    ["dana@contacts.example>\r\nBcc: x", false],
    ["<dana@contacts.example>", false],
    [`${"a".repeat(65)}@contacts.example`, false],
    ["dana@-.example..", false],
  ])("%j can be written to: %s", (address, expected) => {
    expect(isAddressable(address)).toBe(expected);
  });
  test("compare in one form", () => {
    expect(normalAddress(" Dana@MÜNCHEN.example ")).toBe("dana@xn--mnchen-3ya.example");
    expect(normalAddress("postmaster")).toBe("postmaster");
    expect(markOf("a+b+c@x.example")).toBe("c");
    expect(markOf("a@x+y.example")).toBeNull();
    expect(oneLine(" a\r\n\tb\u202e  c\u2028d ", 6)).toBe("a b c");
  });
});
