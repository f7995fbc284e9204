import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addCarrierEvents,
  type CarrierEvent,
  carrierEventsOf,
} from "../../../server/channels/carrier-events.ts";
import {
  acceptedEvent,
  bounceEvent,
  readFacts,
  refusedEvent,
  sendingEvent,
} from "../../../server/channels/smtp/mail-events.ts";
import { mailSnapshot } from "../../../server/channels/smtp/mail-snapshot.ts";
import { findByMessageId, makeMessageId, readThread } from "../../../server/channels/smtp/mail-thread.ts";
import { parseIncoming } from "../../../server/channels/smtp/parse-incoming.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const ID = (seq: number): string => makeMessageId("eng_01", seq, "acme.example");
const sending = (seq: number, at: number): CarrierEvent =>
  sendingEvent({ seq, messageId: ID(seq), outgoing: seq === 1 ? null : `msg_${seq}`, subject: "House", at });
const accepted = (seq: number, at: number): CarrierEvent =>
  acceptedEvent({
    seq,
    messageId: ID(seq),
    subject: seq === 1 ? "House" : "Re: House",
    text: `text ${seq}`,
    response: "250 ok",
    at,
  });
const report = async (
  at: number,
  action: string,
  status: string,
  original: string | null,
): Promise<CarrierEvent> => {
  const mail = await parseIncoming(
    Buffer.from(
      `Message-ID: <d${at}@mx.example>\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; dana@contacts.example\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; said so\n${original === null ? "" : `--b\nContent-Type: message/rfc822\n\nMessage-ID: ${original}\n`}--b--`,
    ),
  );
  return bounceEvent(mail, at) as CarrierEvent;
};
const snapshot = (...events: CarrierEvent[]) => mailSnapshot(events, "dana@contacts.example");

describe("how an outreach by e-mail stands", () => {
  test("nothing is known before the server answered", () => {
    expect(snapshot()).toBeNull();
    expect(snapshot(sending(1, 10))).toBeNull();
  });

  test("accepted: delivered, with what was said", () => {
    expect(snapshot(sending(1, 10), accepted(1, 20))).toEqual({
      status: "completed",
      outcome: "delivered",
      summary: "E-mail sent: House",
      startedAt: 10,
      completedAt: 20,
      duration: 0,
      transcript: [{ at: 20, direction: "outbound", text: "text 1", key: ID(1) }],
      history: [
        { at: 20, event: "sent", detail: "The e-mail was sent to dana@contacts.example" },
        { at: 20, event: "delivered", detail: "The mail server accepted it" },
      ],
      seenAt: 20,
    });
  });

  test("refused at the door: failed, nothing was said", () => {
    const refused = refusedEvent({ seq: 1, said: "no such user", status: "5.1.1", at: 20 });
    expect(snapshot(sending(1, 10), refused)).toMatchObject({
      status: "failed",
      outcome: "failed",
      summary: "The e-mail did not arrive: no such user",
      transcript: [],
      history: [{ at: 20, event: "bounced", detail: "The address refused the e-mail: no such user" }],
    });
  });

  test("a report that names it, or names nothing, turns delivered into failed", async () => {
    for (const original of [ID(1), null, "<rewritten@server.example>"]) {
      const late = await report(90, "failed", "5.1.1", original);
      expect(snapshot(sending(1, 10), accepted(1, 20), late)).toMatchObject({
        status: "failed",
        outcome: "failed",
        transcript: [{ text: "text 1" }],
        history: [{}, {}, { at: 90, event: "bounced", detail: "The e-mail came back: said so" }],
        seenAt: 90,
      });
    }
  });

  test("a report of a later message, or of a delay, is told and changes nothing", async () => {
    const before = [sending(1, 10), accepted(1, 20), sending(2, 30), accepted(2, 40)];
    const later = await report(90, "failed", "5.1.1", ID(2));
    expect(snapshot(...before, later)).toMatchObject({
      status: "completed",
      outcome: "delivered",
      history: [{}, {}, { event: "bounced" }],
    });
    const delay = await report(90, "delayed", "4.4.1", ID(1));
    expect(snapshot(...before, delay)).toMatchObject({
      status: "completed",
      outcome: "delivered",
      history: [{}, {}, { event: "delayed" }],
    });
  });

  test("is the same in whichever order, and however often, it was told", async () => {
    const events = [
      sending(1, 10),
      accepted(1, 20),
      sending(2, 30),
      accepted(2, 40),
      await report(90, "delayed", "4.4.1", ID(1)),
      await report(95, "failed", "5.1.1", ID(1)),
      { ...(await report(96, "failed", "5.4.7", null)), at: 95 },
      { key: "x", kind: "from a later version", at: 1, data: { odd: true } },
      { key: "y", kind: "accepted", at: 1, data: "not readable" },
    ];
    const expected = snapshot(...events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(snapshot(...shuffled)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
    const db = await openTestDatabase();
    for (const event of [...events, ...events.toReversed()]) await addCarrierEvents(db, "eng_01", [event]);
    const stored = await carrierEventsOf(db, "eng_01");
    expect(stored).toHaveLength(events.length);
    expect(snapshot(...stored)).toEqual(expected);
  });

  test("an ordinary mail is no report", async () => {
    expect(bounceEvent(await parseIncoming(Buffer.from("From: a@b.example\n\nhi")), 1)).toBeNull();
  });
});

describe("the thread", () => {
  test("a message id of ours names its outreach, and only if it was stored", async () => {
    const db = await openTestDatabase();
    await addCarrierEvents(db, "eng_01", [sending(1, 10)]);
    expect(await findByMessageId(db, ID(1))).toBe("eng_01");
    for (const id of [
      ID(2),
      "<eng.eng_02.1@acme.example>",
      "<eng.eng_01.1@other.example>",
      "<x@y.example>",
      "eng",
      "",
    ])
      expect(await findByMessageId(db, id), id).toBeNull();
  });

  test("a further message answers the contact's newest words and names what went before", async () => {
    const db = await openTestDatabase();
    const row = {
      tenant: "acme",
      provider: "smtp",
      channel: "email",
      contact: "dana@contacts.example",
      sender: null,
      text: "",
      engagement_id: "eng_01",
      result: "message",
    };
    await db
      .insertInto("inbound_messages")
      .values([
        { ...row, key: "<r2@contacts.example>", at: 35 },
        { ...row, key: "<r1@contacts.example>", at: 25 },
        { ...row, key: "sha256:00", at: 36 },
        { ...row, key: "<other@contacts.example>", at: 37, engagement_id: "eng_02" },
        { ...row, key: "<sms@contacts.example>", at: 38, provider: "twilio" },
      ])
      .execute();
    const facts = readFacts([
      sending(1, 10),
      accepted(1, 20),
      sending(2, 29),
      accepted(2, 30),
      sending(3, 40),
    ]);
    expect(await readThread(db, "eng_01", facts)).toEqual({
      subject: "House",
      inReplyTo: "<r2@contacts.example>",
      references: [ID(1), "<r1@contacts.example>", ID(2), "<r2@contacts.example>"],
    });
    expect(await readThread(db, "eng_03", facts)).toMatchObject({
      inReplyTo: ID(2),
      references: [ID(1), ID(2)],
    });
  });

  test("of a long exchange keeps its beginning and its newest twenty", async () => {
    const db = await openTestDatabase();
    const facts = readFacts(Array.from({ length: 60 }, (_none, n) => accepted(n + 1, n)));
    const { references } = await readThread(db, "eng_01", facts);
    expect(references).toHaveLength(20);
    expect([references[0], references.at(-1)]).toEqual([ID(1), ID(60)]);
  });
});
