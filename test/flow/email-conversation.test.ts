// E-mail through real servers and the whole gateway: it goes out as the agent, what comes back is read from the mailbox into
// the right outreach and onto the right person, and the answer stands in the same thread.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeReplyToken } from "../../server/channels/smtp/mail-tokens.ts";
import {
  conversationOf,
  headersOf,
  linkKeyOf,
  readMailNow,
  startTalkWorld,
  type TalkWorld,
  untilMail,
} from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import {
  admin,
  journalOf,
  readOutreach,
  startOutreach,
  untilOutreach,
  untilOver,
} from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld();
});
afterAll(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const start = (address: string, more: Record<string, unknown> = {}) =>
  startOutreach(world, {
    email_address: address,
    channel: "email",
    type: "informational",
    instruction: "The house at 12 Maple Street is for sale.",
    external_user_id: "u1",
    ...more,
  });
const noteOn = (personId: number, text: string) =>
  waitFor(`the note “${text}”`, () =>
    account().notes.find((note) => note.personId === personId && note.body.includes(text)),
  );

describe("an e-mail", () => {
  test("has the subject and the HTML another program gives it, and is refused where it cannot have what is asked", async () => {
    const wishes = { email_subject: "Open house", email_body_html: "<p>Sunday, <b>2 pm</b></p>" };
    await untilOver(world, await start("nora@people.example", wishes));
    const { mail } = await untilMail(world, "nora@people.example");
    expect(mail.subject).toBe("Open house");
    expect(mail.html).toContain("<p>Sunday, <b>2 pm</b></p>");
    await expect(start("nora@people.example", { email_template_name: "Spring" })).rejects.toThrow(
      /400 .*email_template_name: cannot be used/,
    );
  });

  test("goes out as the agent, its answer is an inbound note, and the agent's answer is in its thread", async () => {
    const id = await start("sam@people.example", { client_name: "Sam Okafor" });
    expect(await untilOver(world, id)).toMatchObject({ outcome: "delivered", contact: "sam@people.example" });
    const first = await untilMail(world, "sam@people.example");
    expect(first.violations).toEqual([]);
    expect(first.mail.from).toEqual({ name: "Ann One", address: "ann@fub-test.example" });
    expect(headersOf(first)).toMatchObject({
      "reply-to": expect.stringMatching(/^"?Ann One"? <office\+.+@fub-test\.example>$/),
      "list-unsubscribe": expect.stringMatching(/^<https:\/\/gateway\.example\/unsubscribe\/.+>, <mailto:/),
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    });
    expect(first.mail.text).toContain("12 Maple Street");
    expect(first.mail.text).toContain("1 Main St, Toronto");
    await noteOn(108, "12 Maple Street");

    await world.mail.reply(first, "Yes, <b>when</b> can I see it?");
    await readMailNow(world);
    const answered = await untilOutreach(world, id, "answered", ({ outcome }) => outcome === "connected");
    expect(answered.transcript.map(({ direction, text }) => [direction, text])).toEqual([
      ["outbound", expect.stringContaining("12 Maple Street")],
      ["inbound", "Yes, <b>when</b> can I see it?"],
    ]);
    expect(await noteOn(108, "when")).toMatchObject({ subject: expect.stringContaining("inbound") });
    expect(await conversationOf(world, id)).toMatchObject({
      answers: "agent",
      can_automate: false,
      can_reply: true,
      needs_agent: "The contact wrote and waits for an answer.",
    });

    const reply = { text: "Friday at ten?", click_id: "click-0001" };
    const accepted = await admin(world, "POST", `/engagements/${id}/messages`, reply);
    expect(accepted.status).toBe(202);
    expect((await admin(world, "POST", `/engagements/${id}/messages`, reply)).body).toEqual(accepted.body);
    const second = await untilMail(world, "sam@people.example", ({ mail }) =>
      (mail.text ?? "").includes("Friday at ten?"),
    );
    expect(second.violations).toEqual([]);
    expect(headersOf(second)).toMatchObject({
      subject: "Re: A message from Ann One",
      "in-reply-to": expect.stringMatching(/^<reply-/),
      references: expect.stringContaining(first.mail.messageId ?? "none"),
    });
    expect(headersOf(second)["auto-submitted"]).toBeUndefined();
    expect(await conversationOf(world, id)).toMatchObject({ needs_agent: null, pending: [] });
    await noteOn(108, "Friday at ten?");
    expect(world.mail.received.filter(({ to }) => to === "sam@people.example")).toHaveLength(2);
  });

  test("from a mail program that drops marks and ids is known by who wrote it; a stranger's is nobody's", async () => {
    const id = await start("nivia@people.example", { client_name: "Nivia Guerra" });
    const first = await untilMail(world, "nivia@people.example");
    await untilOver(world, id);
    await world.mail.reply(first, "Is it still free?", { plus: false, threading: false, htmlOnly: true });
    await world.mail.reply(first, "I sell solar panels", {
      from: "x@spam.example",
      plus: false,
      threading: false,
    });
    await readMailNow(world);
    const answered = await untilOutreach(world, id, "answered", ({ outcome }) => outcome === "connected");
    expect(answered.transcript.map(({ text }) => text)).toEqual([expect.anything(), "Is it still free?"]);
    const { rows } = await inbound();
    expect(rows).not.toContain("solar");
  });

  test("of another outreach than e-mail is refused at once, with the field it is about", async () => {
    await expect(start("sam@people.example", { type: "conversational" })).rejects.toThrow(
      /400 .*type: e-mail allows the type informational only/,
    );
  });
});

/** What contacts wrote, as far as the console tells. */
async function inbound(): Promise<{ rows: string }> {
  const { body } = await admin(world, "GET", "/conversations?tenant=fub-test");
  return { rows: JSON.stringify(body) };
}

describe("what comes back without being an answer", () => {
  test("a report of failed delivery makes it a failed one, whether it comes at once or later", async () => {
    const [late, gone] = await Promise.all([
      start("late-bounce@people.example"),
      start("bounce@people.example"),
    ]);
    expect(await untilOver(world, gone)).toMatchObject({ status: "failed", outcome: "failed" });
    expect(await untilOver(world, late)).toMatchObject({ outcome: "delivered" });
    await readMailNow(world);
    const bounced = await untilOutreach(world, late, "failed", ({ outcome }) => outcome === "failed");
    expect(bounced.history).toContainEqual(
      expect.objectContaining({ event: "bounced", detail: expect.stringContaining("mailbox is gone") }),
    );
    expect(bounced.transcript).toHaveLength(1);
    expect(await conversationOf(world, late)).toMatchObject({ needs_agent: null });
  });

  test("a vacation notice is kept, but is no answer", async () => {
    const id = await start("vacation@people.example");
    await untilOver(world, id);
    await readMailNow(world);
    const noticed = await untilOutreach(world, id, "noticed", ({ transcript }) => transcript.length > 1);
    expect(noticed).toMatchObject({ outcome: "delivered", transcript: [{}, { direction: "inbound" }] });
    expect(await conversationOf(world, id)).toMatchObject({ needs_agent: null, last_inbound_at: null });
    expect(await journalOf(world, `event=message.automatic&search=${id}`)).toHaveLength(1);
  });

  test("what an agent writes from a mail program of their own is not the contact's", async () => {
    const id = await start("tara@people.example");
    const first = await untilMail(world, "tara@people.example");
    await untilOver(world, id);
    await world.mail.reply(first, "Tara, I call you at noon. Ann", { from: "Ann <Ann@FUB-test.example>" });
    await world.mail.reply(first, "Noon is fine");
    await readMailNow(world);
    const answered = await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
    expect(answered.transcript.map(({ text }) => text)).toEqual([expect.anything(), "Noon is fine"]);
  });

  test("a mark of another brokerage's outreach is nobody's here", async () => {
    const id = await startOutreach(
      world,
      { email_address: "avery.solo-cara@people.example", channel: "email", external_user_id: "cara" },
      "fub-solo",
    );
    const token = makeReplyToken(await linkKeyOf(world), id);
    const sam = await untilMail(world, "sam@people.example");
    await world.mail.reply(sam, "into the other's", {
      to: `office+${token}@fub-test.example`,
      threading: false,
    });
    const own = await start("wanda@people.example");
    await world.mail.reply(await untilMail(world, "wanda@people.example"), "read after it");
    await readMailNow(world);
    await untilOutreach(world, own, "answered", ({ transcript }) => transcript.length > 1);
    expect((await readOutreach(world, id, "fub-solo")).transcript.map(({ text }) => text)).not.toContain(
      "into the other's",
    );
  });
});
