// E-mail through real servers: what is sent arrives as it should, and every way a conversation with a mail server can end
// means the right thing.
import { describe, expect, test } from "vitest";
import { carrierEventsOf } from "../../server/channels/carrier-events.ts";
import { findByMessageId } from "../../server/channels/smtp/mail-thread.ts";
import { readReplyToken } from "../../server/channels/smtp/mail-tokens.ts";
import { newestMail, openMail, readOneMail, TOKEN_KEY } from "../helpers/open-mail.ts";
import { DANA, mailTo, wireHeaders } from "../unit/channels/smtp-order.ts";

describe("a start", () => {
  test("arrives as a strict server wants it, each header once, and is delivered at once", async () => {
    const mail = await openMail();
    const answer = await mail.smtp.start(DANA);
    expect(answer).toMatchObject({
      reference: "<eng.eng_dana.1@fub-test.example>",
      nextPollAt: null,
      snapshot: {
        status: "completed",
        outcome: "delivered",
        transcript: [{ direction: "outbound", key: "<eng.eng_dana.1@fub-test.example>" }],
      },
    });
    const { raw, violations, from, to, envelopeId } = newestMail(mail);
    expect({ violations, from, to }).toEqual({
      violations: [],
      from: "office@fub-test.example",
      to: "dana@contacts.example",
    });
    expect(readReplyToken(TOKEN_KEY, envelopeId ?? "")).toBe("eng_dana");
    const headers = wireHeaders(raw);
    const lines = headers.filter(([name]) => /^list-unsubscribe/i.test(name));
    expect(lines).toEqual([
      [
        "List-Unsubscribe",
        expect.stringMatching(
          /^<https:\/\/gateway\.example\.com\/unsubscribe\/eng_dana>, <mailto:office\+eng_dana\.[0-9a-f]{12}@fub-test\.example\?subject=unsubscribe%20[^<>]+>$/,
        ),
      ],
      ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
    ]);
    // nodemailer spells names its own way ("X-Engagement-ID"); none of ours is one it respells.
    expect(headers.map(([name]) => name)).toEqual([
      "List-Unsubscribe",
      "List-Unsubscribe-Post",
      "From",
      "To",
      "Reply-To",
      "Subject",
      "Message-ID",
      "Date",
      "MIME-Version",
      "Content-Type",
    ]);
    expect(raw.toString("latin1").match(/^list-unsubscribe:/gim)).toHaveLength(1);
    expect(await mail.smtp.poll(DANA, answer.reference)).toEqual(answer);
  });

  test("that was accepted is not sent again, and the id is known before the server is asked", async () => {
    const mail = await openMail();
    mail.account = { ...mail.account, smtp: { ...mail.account.smtp, port: 1 } };
    await expect(mail.smtp.start(DANA)).rejects.toMatchObject({
      code: "provider_unavailable",
      retry: { kind: "later" },
    });
    expect(await findByMessageId(mail.db, "<eng.eng_dana.1@fub-test.example>")).toBe("eng_dana");
    mail.account = { ...mail.account, smtp: { ...mail.account.smtp, port: mail.ports.smtp } };
    const first = await mail.smtp.start({ ...DANA, attempt: 2 });
    expect(await mail.smtp.start({ ...DANA, attempt: 3 })).toEqual(first);
    expect(mail.world.received).toHaveLength(1);
  });

  test.each([
    ["none", "smtp"],
    ["starttls", "smtp"],
    ["tls", "smtps"],
  ] as const)("goes out with protection %s, and comes back the same way", async (security, port) => {
    const mail = await openMail();
    const { smtp, imap } = mail.account;
    mail.account = {
      ...mail.account,
      smtp: { ...smtp, security, port: mail.ports[port] },
      imap: imap && { ...imap, security, port: mail.ports[security === "tls" ? "imaps" : "imap"] },
    };
    await mail.smtp.start(mailTo("reply"));
    expect(await readOneMail(mail)).toMatchObject({
      from: "reply@contacts.example",
      text: "Thank you, that sounds good.",
    });
  });

  test("goes nowhere when nobody vouches for the server", async () => {
    const mail = await openMail({ trusted: [] });
    mail.account = { ...mail.account, smtp: { ...mail.account.smtp, security: "starttls" } };
    await expect(mail.smtp.start(DANA)).rejects.toMatchObject({
      code: "provider_refused",
      sentence: expect.stringMatching(/could not prove that it is 127\.0\.0\.1/),
    });
    expect(mail.world.received).toEqual([]);
  });
});

describe("what a mail server may say", () => {
  test.each([
    ["full", "provider_unavailable", /mailbox full/],
    ["greylist", "provider_unavailable", /Greylisted/],
    ["relay", "provider_refused", /does not send to this address/],
    ["spam", "provider_refused", /refused the e-mail itself/],
    ["drop", "provider_fate_unknown", /not known whether it went out/],
    ["slow", "provider_fate_unknown", /not known whether it went out/],
  ])("%s@ is %s", async (name, code, sentence) => {
    // Only where silence is the point is it cut short.
    const mail = await openMail(name === "slow" ? { times: { connectMs: 20_000, answerMs: 1_500 } } : {});
    mail.world.slowMs = 60_000;
    await expect(mail.smtp.start(mailTo(name))).rejects.toMatchObject({
      code,
      sentence: expect.stringMatching(sentence),
    });
    expect(await carrierEventsOf(mail.db, `eng_${name}`)).toMatchObject([{ key: "sending:1" }]);
  });

  test("bounce@ is a result, not an error; greylist@ takes it the second time", async () => {
    const mail = await openMail();
    const { snapshot } = await mail.smtp.start(mailTo("bounce"));
    expect(snapshot).toMatchObject({
      status: "failed",
      outcome: "failed",
      transcript: [],
      history: [{ event: "bounced" }],
    });
    await expect(mail.smtp.start(mailTo("greylist"))).rejects.toMatchObject({ code: "provider_unavailable" });
    expect((await mail.smtp.start(mailTo("greylist"))).snapshot).toMatchObject({ outcome: "delivered" });
  });

  test("a wrong password names the login and where it is mended, and is in no sentence", async () => {
    const mail = await openMail();
    const { smtp, imap } = mail.account;
    mail.account = {
      ...mail.account,
      smtp: { ...smtp, password: "wrong-pass-1" },
      imap: imap && { ...imap, password: "wrong-pass-2" },
    };
    const failures = await Promise.allSettled([mail.smtp.start(DANA), mail.read()]);
    for (const failure of failures) {
      expect(failure).toMatchObject({
        status: "rejected",
        reason: {
          code: "provider_refused",
          sentence: expect.stringMatching(
            /did not accept the login o…@fub-test\.example.*Check the login and its password in the brokerage's set-up/,
          ),
        },
      });
      const { reason } = failure as PromiseRejectedResult;
      expect(`${reason.sentence} ${reason.message} ${reason.stack} ${JSON.stringify(reason)}`).not.toMatch(
        /wrong-pass|d3Jvbmct/,
      );
    }
  });

  test.each([
    [
      "a sender of another domain",
      { from: { name: "Ann", address: "ann@elsewhere.example" } },
      /send as a…@elsewhere\.example/,
    ],
    [
      "nobody at the port",
      { smtp: { host: "127.0.0.1", port: 1, security: "none", user: null, password: null } as const },
      /nothing answers/,
    ],
  ])("%s", async (_what, more, sentence) => {
    const mail = await openMail();
    mail.account = { ...mail.account, ...more };
    await expect(mail.smtp.start(DANA)).rejects.toMatchObject({ sentence: expect.stringMatching(sentence) });
  });

  test("what cannot be written to is refused before anybody is asked", async () => {
    const mail = await openMail();
    for (const contact of [
      "dana",
      "dana@contacts.example\r\nRCPT TO:<x@y.example>",
      "<dana@contacts.example>",
    ])
      await expect(mail.smtp.start({ ...DANA, contact })).rejects.toMatchObject({ code: "invalid_email" });
    expect(mail.smtp.objection?.({ ...DANA, type: "conversational" }, {} as never)).toMatchObject({
      code: "channel_unavailable",
    });
    await expect(mail.smtp.cancel(DANA, "x")).rejects.toMatchObject({
      code: "wrong_state",
      sentence: expect.stringMatching(/cannot be canceled/),
    });
  });
});
