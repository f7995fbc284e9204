import { describe, expect, test } from "vitest";
import type { BounceReport, IncomingMail } from "../../../server/channels/smtp/incoming-mail.ts";
import { makeReplyToken, readReplyToken } from "../../../server/channels/smtp/mail-tokens.ts";
import { labelMail, matchReply, type ReplyLookups } from "../../../server/channels/smtp/match-reply.ts";

const KEY = "a key of this gateway";
const mail = (more: Partial<IncomingMail> = {}): IncomingMail => ({
  messageId: "<a1@contacts.example>",
  from: "dana@contacts.example",
  fromName: "Dana Scott",
  to: ["office@acme.example"],
  deliveredTo: [],
  subject: "Re: A message from Ann Lee",
  date: null,
  inReplyTo: null,
  references: [],
  text: "Yes please.",
  autoSubmitted: false,
  isBulk: false,
  bounce: null,
  listUnsubscribe: null,
  ...more,
});
const bounce = (more: Partial<BounceReport> = {}): BounceReport => ({
  recipient: "dana@contacts.example",
  status: "5.1.1",
  permanent: true,
  said: "",
  originalMessageId: null,
  envelopeId: null,
  ...more,
});
const lookups = (more: Partial<ReplyLookups> = {}): ReplyLookups => ({
  token: (token) => readReplyToken(KEY, token),
  messageId: async (id) => /^<eng\.(\w+)\.1@acme\.example>$/.exec(id)?.[1] ?? null,
  address: async (address) => (address === "dana@contacts.example" ? "eng_by_address" : null),
  ...more,
});
const marked = (engagementId: string): string => `office+${makeReplyToken(KEY, engagementId)}@acme.example`;

describe("which outreach a mail belongs to", () => {
  test.each<[string, Partial<IncomingMail>, object | null]>([
    [
      "the mark in the address goes before everything",
      { to: [marked("eng_1")], inReplyTo: "<eng.eng_2.1@acme.example>" },
      { engagementId: "eng_1", by: "token" },
    ],
    [
      "also where it was delivered to",
      { deliveredTo: [marked("eng_1").toUpperCase()] },
      { engagementId: "eng_1", by: "token" },
    ],
    [
      "a mark somebody made up counts for nothing",
      { to: ["office+eng_1.000000000000@acme.example"], inReplyTo: "<eng.eng_2.1@acme.example>" },
      { engagementId: "eng_2", by: "message_id" },
    ],
    [
      "what it answers",
      { inReplyTo: "<eng.eng_2.1@acme.example>" },
      { engagementId: "eng_2", by: "message_id" },
    ],
    [
      "the newest of the thread that is ours",
      {
        inReplyTo: "<x@y.example>",
        references: ["<eng.eng_3.1@acme.example>", "<eng.eng_4.1@acme.example>", "<z@y.example>"],
      },
      { engagementId: "eng_4", by: "message_id" },
    ],
    ["else who wrote it", { inReplyTo: "<x@y.example>" }, { engagementId: "eng_by_address", by: "address" }],
    ["nobody we know", { from: "stranger@contacts.example" }, null],
    ["nobody at all", { from: "" }, null],
    [
      "an unsubscribe by mail, the mark in its subject",
      { from: "x@y.example", subject: `unsubscribe ${makeReplyToken(KEY, "eng_5")}` },
      { engagementId: "eng_5", by: "token" },
    ],
    [
      "a report, by the mark it was handed over with",
      { from: "mailer-daemon@mx.example", bounce: bounce({ envelopeId: makeReplyToken(KEY, "eng_6") }) },
      { engagementId: "eng_6", by: "token" },
    ],
    [
      "a report, by the e-mail that came back",
      {
        from: "mailer-daemon@mx.example",
        bounce: bounce({ originalMessageId: "<eng.eng_7.1@acme.example>" }),
      },
      { engagementId: "eng_7", by: "message_id" },
    ],
    [
      "a report that names neither, by who did not get it",
      { from: "mailer-daemon@mx.example", bounce: bounce() },
      { engagementId: "eng_by_address", by: "address" },
    ],
    [
      "a report that names nobody",
      { from: "dana@contacts.example", bounce: bounce({ recipient: null }) },
      null,
    ],
  ])("%s", async (_what, more, expected) => {
    expect(await matchReply(mail(more), lookups())).toEqual(expected);
  });
});

describe("whether it is a word of a person", () => {
  test.each<[string, Partial<IncomingMail>]>([
    ["message", {}],
    ["own", { from: "ann@acme.example", autoSubmitted: true }],
    ["bounce", { bounce: bounce(), autoSubmitted: true }],
    ["automatic", { autoSubmitted: true, isBulk: true }],
    ["bulk", { isBulk: true }],
    ["unsubscribe", { subject: `Unsubscribe ${makeReplyToken(KEY, "eng_5")}`, autoSubmitted: true }],
    ["message", { subject: "unsubscribe" }],
    ["message", { subject: "unsubscribe me please now" }],
  ])("%s", (label, more) => {
    expect(labelMail(mail(more), ["office@acme.example", "Ann@acme.example"])).toBe(label);
  });
});

describe("tokens", () => {
  test("of replies name their outreach, and only with the key they were made with", () => {
    const token = makeReplyToken(KEY, "eng_01jn9");
    expect(readReplyToken(KEY, token)).toBe("eng_01jn9");
    expect(readReplyToken(KEY, ` ${token.toUpperCase()} `)).toBe("eng_01jn9");
    expect(readReplyToken("another key", token)).toBeNull();
    for (const other of [
      "",
      ".",
      "eng_01jn9",
      "eng_01jn9.",
      `x${token}`,
      `${token}0`,
      token.slice(0, -1),
      "a".repeat(10_000),
    ])
      expect(readReplyToken(KEY, other), other).toBeNull();
  });
  test("of replies fit into an address beside a name of twenty letters", () => {
    const id = `eng_${"0".repeat(26)}`;
    expect(`${"a".repeat(20)}+${makeReplyToken(KEY, id)}`.length).toBeLessThanOrEqual(64);
  });
});
