// A chat from its link to the notes in Follow Up Boss: the contact writes on the page, agents answer from the app and from the
// console, and whoever is done or unwilling ends it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChatState } from "../../shared/chat.schema.ts";
import type { Conversation } from "../../shared/conversation.schema.ts";
import { openChatPage, sayInChat, writeInChat } from "../helpers/chat-client.ts";
import {
  conversationOf,
  onTestListener,
  startTalkWorld,
  type TalkWorld,
  untilConversation,
} from "../helpers/connect-talk.ts";
import { openSigned, startOn, waitFor } from "../helpers/embed-client.ts";
import { readStream } from "../helpers/read-stream.ts";
import { admin, readOutreach, startOutreach, untilOutreach } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld();
});
afterAll(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const noteOn = (personId: number, ...texts: string[]) =>
  waitFor(`the note “${texts.join("”, “")}”`, () =>
    account().notes.find(
      (note) => note.personId === personId && texts.every((text) => note.body.includes(text)),
    ),
  );

/** Started by Ann on the person's page in Follow Up Boss. */
async function startChat(personId: number, more: Record<string, unknown> = {}) {
  const { model } = await openSigned(world.url, { account: account(), userId: 2, personId });
  const asked = {
    channel: "chat",
    call_type: "conversational",
    instruction: "Are you still looking?",
    ...more,
  };
  const started = await startOn(world.url, model.session, asked);
  expect(started).toMatchObject({ status: 202 });
  const id = started.body.engagement_id ?? "";
  const { chat_link } = await untilConversation(world, id, "open", ({ can_reply }) => can_reply);
  return { id, session: model.session, link: onTestListener(world, chat_link ?? "") };
}

const embed = async <B>(session: string, method: string, path: string, body?: unknown) => {
  const response = await fetch(`${world.url}/integration/followupboss/embed/engagements/${path}`, {
    method,
    headers: { authorization: `Bearer ${session}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as B };
};

describe("a chat", () => {
  test("is a link to a page, answered from the app and the console, live on both sides, and noted", async () => {
    const { id, session, link } = await startChat(108);
    expect(await readOutreach(world, id)).toMatchObject({ status: "in_progress", contact: "+14165550132" });
    const page = await openChatPage(link);
    expect(page.model.chat).toMatchObject({ brokerage: "Maple Street Realty", agent: "Ann One", open: true });
    const stream = await readStream(`${link}/events`, "none");
    const shown = (fits: (state: ChatState) => boolean, what: string) =>
      waitFor(`the page to show ${what}`, () => {
        const last = stream.events.at(-1)?.data as ChatState | undefined;
        return last && fits(last) ? last : undefined;
      });
    await shown(({ messages }) => messages.length === 1, "the invitation");

    const click = { text: "Yes, with a <b>garden</b>", click_id: "contact-click-1" };
    const wrote = await writeInChat(link, click);
    expect(wrote).toMatchObject({ status: 202, body: { open: true } });
    expect(await writeInChat(link, click)).toEqual(wrote);
    await shown(({ messages }) => messages.at(-1)?.text === click.text, "what was written");
    expect(await conversationOf(world, id)).toMatchObject({
      answers: "agent",
      needs_agent: "The contact wrote and waits for an answer.",
    });

    const reply = { text: "There is one on Maple Street.", click_id: "agent-click-1" };
    const replied = await embed<{ message_id: string }>(session, "POST", `${id}/messages`, reply);
    expect(replied).toMatchObject({ status: 202, body: { status: "accepted" } });
    expect(await embed(session, "POST", `${id}/messages`, reply)).toEqual(replied);
    await shown(({ messages }) => messages.at(-1)?.text === reply.text, "the agent's answer");
    const other = { text: "Ben here, too.", click_id: "agent-click-2" };
    expect(await admin(world, "POST", `/engagements/${id}/messages`, other)).toMatchObject({ status: 202 });
    const state = await shown(({ messages }) => messages.at(-1)?.text === other.text, "the console's answer");
    expect(state.messages.map(({ direction, automated }) => [direction, automated])).toEqual([
      ["outbound", false],
      ["inbound", false],
      ["outbound", false],
      ["outbound", false],
    ]);
    stream.close();
    const live = await embed<{ conversation: Conversation }>(session, "GET", id);
    expect(live.body.conversation).toMatchObject({ needs_agent: null, pending: [], can_reply: true });
    await noteOn(108, "with a <b>garden</b>", "Inbound");
    await noteOn(108, "There is one on Maple Street.", "Outbound");
  });

  test("that an agent ends is closed for the contact, and has a result and a summary on the person", async () => {
    const { id, session, link } = await startChat(107);
    await sayInChat(link, "I only look around");
    const ended = await embed<{ conversation: Conversation }>(session, "POST", `${id}/conversation`, {
      answers: "nobody",
    });
    expect(ended.body.conversation).toMatchObject({ answers: "nobody", can_reply: false, needs_agent: null });
    expect(await readOutreach(world, id)).toMatchObject({
      status: "completed",
      outcome: "connected",
      summary: "Nivia wrote 1 message: “I only look around”",
    });
    expect((await openChatPage(link)).model.chat).toMatchObject({
      open: false,
      closed: "This chat has ended.",
    });
    expect(await writeInChat(link, { text: "One more thing", click_id: "contact-click-9" })).toMatchObject({
      status: 409,
      body: { error: { code: "wrong_state", message: "This chat has ended." } },
    });
    await noteOn(107, "Outcome: Interested", "Nivia wrote 1 message");
    const reopened = await embed<{ conversation: Conversation }>(session, "POST", `${id}/conversation`, {
      answers: "agent",
    });
    expect(reopened.body.conversation).toMatchObject({ answers: "agent", can_reply: true, closed: null });
    await sayInChat(link, "Thank you for opening it again");
  });

  test("in which nothing is said for the brokerage's hours ends by itself", async () => {
    const [silent, answered] = [await startChat(101), await startChat(103)];
    await sayInChat(answered.link, "Maybe next year");
    world.clock.shift(25 * 3_600_000);
    expect(
      await untilOutreach(world, silent.id, "over", ({ status }) => status === "completed"),
    ).toMatchObject({ outcome: "no_answer", summary: expect.stringContaining("nobody wrote") });
    expect(
      await untilOutreach(world, answered.id, "over", ({ status }) => status === "completed"),
    ).toMatchObject({ outcome: "connected", summary: "Vera wrote 1 message: “Maybe next year”" });
    await noteOn(103, "Outcome: Interested", "Maybe next year");
    expect((await openChatPage(silent.link)).model.chat?.open).toBe(false);
  });

  test("that only informs has an end as well, though nobody may carry its link", async () => {
    const { id } = await startChat(102, { call_type: "informational" });
    world.clock.shift(25 * 3_600_000);
    expect(await untilOutreach(world, id, "over", ({ status }) => status === "completed")).toMatchObject({
      outcome: "no_answer",
    });
  });

  test("is answered on its own person's page only, and in words that can be read", async () => {
    const [own, other] = [await startChat(112), await startChat(113)];
    const say = { text: "Hello", click_id: "agent-click-5" };
    for (const [path, body] of [
      ["messages", say],
      ["conversation", { answers: "nobody" }],
    ] as const) {
      expect(await embed(other.session, "POST", `${own.id}/${path}`, body)).toMatchObject({
        status: 404,
        body: { error: { code: "engagement_not_found" } },
      });
      expect((await embed("no session", "POST", `${own.id}/${path}`, body)).status).toBe(401);
      expect((await embed(own.session, "PUT", `${own.id}/${path}`, body)).status).toBe(405);
    }
    for (const [path, body, field] of [
      ["messages", { ...say, text: " " }, "text"],
      ["messages", { ...say, text: "x".repeat(4_001) }, "text"],
      ["messages", { text: "Hello" }, "click_id"],
      ["conversation", { answers: "somebody" }, "answers"],
    ] as const)
      expect(await embed(own.session, "POST", `${own.id}/${path}`, body)).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining(field) } },
      });
    expect(
      await embed(own.session, "POST", `${own.id}/conversation`, { answers: "automated" }),
    ).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("No automated answers are set up") } },
    });
    expect((await openChatPage(own.link)).model.chat?.messages).toHaveLength(1);
  });
});

describe("STOP in a chat", () => {
  test("is confirmed once without asking for what cannot be done, ends every channel and closes the page", async () => {
    const { id, link } = await startChat(105);
    await sayInChat(link, "Leave me alone, do not contact me again");
    const closed = await waitFor("the confirmation", async () => {
      const { chat } = (await openChatPage(link)).model;
      return chat && chat.messages.length === 3 ? chat : undefined;
    });
    expect(closed).toMatchObject({
      open: false,
      closed: "You asked not to be contacted any more, so this chat is closed.",
    });
    expect(closed.messages.at(-1)).toMatchObject({
      text: "You will not be contacted by Maple Street Realty any more.",
      automated: true,
    });
    expect(await writeInChat(link, { text: "START", click_id: "contact-click-2" })).toMatchObject({
      status: 409,
    });
    expect(await readOutreach(world, id)).toMatchObject({ status: "completed", outcome: "not_interested" });
    await waitFor("the tag", () =>
      account()
        .people.find(({ id: personId }) => personId === 105)
        ?.tags.includes("Do Not Contact"),
    );
    await expect(startOutreach(world, { phone_number: "+14165550105", channel: "sms" })).rejects.toThrow(
      "opted_out",
    );
    const reply = { text: "Please?", click_id: "agent-click-3" };
    expect(await admin(world, "POST", `/engagements/${id}/messages`, reply)).toMatchObject({
      status: 422,
      body: { error: { code: "opted_out" } },
    });
    expect((await conversationOf(world, id))?.needs_agent).toBeNull();
  });
});
