// What comes back by e-mail, through real servers: replies find their outreach whatever was dropped on the way, and what no
// person wrote is told apart.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addCarrierEvents } from "../../server/channels/carrier-events.ts";
import type { OutgoingMessage } from "../../server/channels/channel.ts";
import type { IncomingMail } from "../../server/channels/smtp/incoming-mail.ts";
import { bounceEvent } from "../../server/channels/smtp/mail-events.ts";
import { findByMessageId } from "../../server/channels/smtp/mail-thread.ts";
import { readReplyToken } from "../../server/channels/smtp/mail-tokens.ts";
import { labelMail, matchReply, type ReplyLookups } from "../../server/channels/smtp/match-reply.ts";
import type { ReceivedMail } from "../../server/sandbox/mail/mail-types.ts";
import { newestMail, type OpenMail, openMail, readOneMail, TOKEN_KEY } from "../helpers/open-mail.ts";
import { DANA, mailTo, wireHeaders } from "../unit/channels/smtp-order.ts";

const message = (text: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: `msg_${text.length}`,
  text,
  automatic: false,
  since: 0,
  ...more,
});

const lookups = (mail: OpenMail, address: ReplyLookups["address"] = async () => null): ReplyLookups => ({
  token: (token) => readReplyToken(TOKEN_KEY, token),
  messageId: (id) => findByMessageId(mail.db, id),
  address,
});
const OWN = ["office@fub-test.example", "ann@fub-test.example"];

describe("a reply finds its outreach", () => {
  test.each([
    ["by the mark in the address", { threading: false }, "token"],
    ["by what it answers, where the mark was dropped", { plus: false }, "message_id"],
    ["by who wrote it, where everything was dropped", { plus: false, threading: false }, "address"],
  ] as const)("%s", async (_how, options, by) => {
    const mail = await openMail();
    await mail.smtp.start(DANA);
    await mail.world.reply(newestMail(mail), "Yes please.\nFriday at ten?", options);
    const reply = await readOneMail(mail);
    expect(reply).toMatchObject({
      from: "dana@contacts.example",
      text: "Yes please.\nFriday at ten?",
      subject: "Re: A message from Ann Lee",
    });
    expect(labelMail(reply, OWN)).toBe("message");
    const byAddress = async (address: string) => (address === "dana@contacts.example" ? "eng_dana" : null);
    expect(await matchReply(reply, lookups(mail, byAddress))).toEqual({ engagementId: "eng_dana", by });
    if (by !== "address") expect(await matchReply(reply, lookups(mail))).toMatchObject({ by });
  });

  test("also written as HTML below the quote; an unsubscribe by mail is known as one", async () => {
    const mail = await openMail();
    await mail.smtp.start(DANA);
    const received = newestMail(mail);
    await mail.world.reply(received, "Café & more", { htmlOnly: true, quote: "below" });
    const [, subject = ""] =
      /\?subject=([^>]+)>/.exec(
        received.mail.headers.find(({ key }) => key === "list-unsubscribe")?.value ?? "",
      ) ?? [];
    await mail.world.reply(received, "", {
      subject: decodeURIComponent(subject),
      plus: false,
      threading: false,
      quote: "none",
    });
    const { mails } = await mail.read();
    expect(mails.map((each) => [each.text, labelMail(each, OWN)])).toEqual([
      ["Café & more", "message"],
      ["", "unsubscribe"],
    ]);
    expect(await matchReply(mails[1] as IncomingMail, lookups(mail))).toEqual({
      engagementId: "eng_dana",
      by: "token",
    });
  });

  test("further messages stand in its thread, each sent once", async () => {
    const mail = await openMail();
    const { reference } = await mail.smtp.start(DANA);
    await mail.world.reply(newestMail(mail), "When?");
    const reply = await readOneMail(mail);
    await mail.db
      .insertInto("inbound_messages")
      .values({
        tenant: "acme",
        provider: "smtp",
        key: reply.messageId,
        channel: "email",
        contact: reply.from,
        sender: null,
        text: reply.text,
        at: mail.clock.now(),
        engagement_id: "eng_dana",
        result: "message",
      })
      .execute();
    const sent = await mail.smtp.send?.(DANA, reference, message("Friday at ten.", { automatic: true }));
    expect(sent?.reference).toBe("<eng.eng_dana.2@fub-test.example>");
    expect(await mail.smtp.send?.(DANA, reference, message("Friday at ten."))).toEqual(sent);
    await Promise.all([
      mail.smtp.send?.(DANA, reference, message("One")),
      mail.smtp.send?.(DANA, reference, message("Three")),
    ]);
    expect(mail.world.received.map(({ violations }) => violations)).toEqual([[], [], [], []]);
    const headers = Object.fromEntries(wireHeaders((mail.world.received[1] as ReceivedMail).raw));
    expect(headers).toMatchObject({
      Subject: "Re: A message from Ann Lee",
      "In-Reply-To": reply.messageId,
      References: `${reference} ${reply.messageId}`,
      "Auto-Submitted": "auto-generated",
    });
    expect(new Set(mail.world.received.map(({ mail: { messageId } }) => messageId)).size).toBe(4);
    await expect(
      mail.smtp.send?.({ ...DANA, contact: "bounce@contacts.example" }, reference, message("Gone")),
    ).rejects.toMatchObject({ code: "provider_refused" });
  });
});

describe("what no person wrote", () => {
  test("a report that comes later turns the outreach into a failed one", async () => {
    const mail = await openMail();
    const order = mailTo("late-bounce");
    const { reference, snapshot } = await mail.smtp.start(order);
    expect(snapshot).toMatchObject({ outcome: "delivered" });
    const report = await readOneMail(mail);
    expect(labelMail(report, OWN)).toBe("bounce");
    expect(await matchReply(report, lookups(mail))).toEqual({
      engagementId: order.engagementId,
      by: "token",
    });
    expect(
      await matchReply(
        { ...report, bounce: report.bounce && { ...report.bounce, envelopeId: null } },
        lookups(mail),
      ),
    ).toEqual({ engagementId: order.engagementId, by: "message_id" });
    const event = bounceEvent(report, mail.clock.now());
    if (!event) throw new Error("it was no report");
    for (const stored of [1, 0])
      expect(await addCarrierEvents(mail.db, order.engagementId, [event])).toBe(stored);
    expect((await mail.smtp.poll(order, reference)).snapshot).toMatchObject({
      status: "failed",
      outcome: "failed",
      history: [{}, {}, { event: "bounced", detail: expect.stringMatching(/mailbox is gone/) }],
    });
  });

  test("a vacation notice is told apart; one of many does not even get one", async () => {
    const mail = await openMail();
    await mail.smtp.start(mailTo("vacation", { engagementId: "eng_many", inCampaign: true }));
    await mail.smtp.start(mailTo("vacation"));
    const notice = await readOneMail(mail);
    expect(labelMail(notice, OWN)).toBe("automatic");
    expect(await matchReply(notice, lookups(mail))).toEqual({
      engagementId: "eng_vacation",
      by: "message_id",
    });
  });

  test("malformed mails are read like any other, in a mailbox too", async () => {
    const mail = await openMail();
    const raws = fc.sample(fc.uint8Array({ maxLength: 400 }), 30);
    for (const bytes of raws)
      expect(mail.world.deliver("office@fub-test.example", Buffer.from(bytes))).toBe(true);
    const { mails } = await mail.read();
    expect(mails).toHaveLength(30);
    await mail.world.deliver("office@fub-test.example", "From: dana@contacts.example\r\n\r\nstill here");
    expect(await readOneMail(mail)).toMatchObject({ text: "still here" });
  });
});
