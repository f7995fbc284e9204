// What the mailbox is found to say: wishes in a subject or in a mail marked as one of many, answers from an address spelled
// otherwise, and a report of failed delivery that was stored and not yet looked into.
import { expect, test } from "vitest";
import { addCarrierEvents } from "../../../server/channels/carrier-events.ts";
import type { IncomingMail } from "../../../server/channels/smtp/incoming-mail.ts";
import { bounceEvent, sendingEvent } from "../../../server/channels/smtp/mail-events.ts";
import { readMail } from "../../../server/conversations/read-mail.ts";
import { ADDRESS, openTalk, type TalkWorld } from "./open-talk.ts";

const SUBJECT = "A message from Ann Lee";
const mail = (more: Partial<IncomingMail>): IncomingMail => ({
  messageId: `<${JSON.stringify(more).length}@contacts.example>`,
  from: ADDRESS.toLowerCase(),
  fromName: "",
  to: ["office@acme.example"],
  deliveredTo: [],
  subject: `Re: ${SUBJECT}`,
  date: null,
  inReplyTo: null,
  references: [],
  text: "",
  autoSubmitted: false,
  isBulk: false,
  bounce: null,
  listUnsubscribe: null,
  ...more,
});

async function openMailed(): Promise<{
  world: TalkWorld;
  id: string;
  read(more: Partial<IncomingMail>): Promise<void>;
}> {
  const world = await openTalk();
  const id = await world.talk({ channel: "email", type: "informational" });
  const sent = { messageId: `<eng.${id}.1@acme.example>`, seq: 1, outgoing: null, subject: SUBJECT };
  await addCarrierEvents(world.db, id, [sendingEvent({ ...sent, at: world.clock.now() })]);
  const read = async (more: Partial<IncomingMail>): Promise<void> => {
    world.mails.push(mail(more));
    await readMail(world, "acme");
  };
  return { world, id, read };
}

const wishes = ({ db }: TalkWorld) => db.selectFrom("suppressions").select(["contact", "said"]).execute();
const words = async ({ db }: TalkWorld, id: string): Promise<string[]> =>
  (await db.selectFrom("messages").select("text").where("engagement_id", "=", id).execute()).map(
    ({ text }) => text,
  );

test.each<[string, Partial<IncomingMail>, string]>([
  ["alone in the subject", { subject: "STOP" }, "STOP"],
  ["added to our subject", { subject: `RE: ${SUBJECT} - STOP` }, "STOP"],
  [
    "above a signature",
    { subject: "Unsubscribe me", text: "Dana Scott\n416-555-0100" },
    "Unsubscribe me\nDana Scott\n416-555-0100",
  ],
  [
    "in a mail marked as one of many",
    { isBulk: true, text: "STOP", to: ["office+MARK@acme.example"] },
    "STOP",
  ],
])("a wish to be left alone is heard %s", async (_where, more, said) => {
  const { world, id, read } = await openMailed();
  await read({ ...more, ...(more.to ? { to: [`office+${id}@acme.example`] } : {}) });
  expect(await wishes(world)).toEqual([{ contact: ADDRESS.toLowerCase(), said }]);
  expect(await words(world, id)).toEqual([said]);
});

test("one of many that is no such wish, or answers nothing of ours, is nobody's business", async () => {
  const { world, id, read } = await openMailed();
  await read({ isBulk: true, text: "Our news of this week", to: [`office+${id}@acme.example`] });
  await read({ isBulk: true, text: "To leave this list say STOP.\nSTOP" });
  expect([await wishes(world), await words(world, id)]).toEqual([[], []]);
});

test("an answer from an address the CRM spells with capitals belongs to its outreach", async () => {
  const { world, id, read } = await openMailed();
  await read({ text: "Friday at ten?", subject: "Viewing" });
  expect(await words(world, id)).toEqual(["Friday at ten?"]);
});

test("a report that was stored just before the gateway stopped is looked into when it is read again", async () => {
  const { world, id, read } = await openMailed();
  const bounce = {
    ...{ recipient: ADDRESS.toLowerCase(), status: "5.1.1", permanent: true, said: "gone" },
    ...{ originalMessageId: `<eng.${id}.1@acme.example>`, envelopeId: null },
  };
  const event = bounceEvent(mail({ bounce }), world.clock.now());
  if (!event) throw new Error("it is no report");
  await addCarrierEvents(world.db, id, [event]);
  await read({ bounce });
  expect(world.polled).toEqual([id]);
});
