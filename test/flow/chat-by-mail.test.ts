// A chat whose link goes out by e-mail: the e-mail is the brokerage's like any other, what is answered to it belongs to the
// chat, and whoever wants no e-mail gets no link by e-mail either.
import { afterAll, beforeAll, expect, test } from "vitest";
import { unsubscribeWays } from "../../server/sandbox/mail/unsubscribe-ways.ts";
import { openChatPage, sayInChat } from "../helpers/chat-client.ts";
import {
  conversationOf,
  onTestListener,
  readMailNow,
  startTalkWorld,
  type TalkWorld,
  untilConversation,
  untilMail,
} from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { admin, startOutreach, untilOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld();
});
afterAll(() => world.close());

const start = (address: string, more: Record<string, unknown> = {}) =>
  startOutreach(world, {
    email_address: address,
    channel: "chat",
    type: "conversational",
    external_user_id: "u1",
    instruction: "May I ask what you are looking for?",
    ...more,
  });
const linkIn = (text: string): string => /https:\S+\/chat\/\S+/.exec(text)?.[0] ?? "";

test("the link arrives by e-mail, opens the page, and an answer by e-mail is a word of the chat", async () => {
  const id = await start("sam@people.example", { client_name: "Sam Okafor" });
  const invitation = await untilMail(world, "sam@people.example");
  expect(invitation.violations).toEqual([]);
  expect(invitation.mail.from?.name).toBe("Ann One");
  const link = onTestListener(world, linkIn(invitation.mail.text ?? ""));
  expect((await openChatPage(link)).model.chat).toMatchObject({ agent: "Ann One", open: true });
  await sayInChat(link, "A garden");
  await world.mail.reply(invitation, "And a garage");
  await readMailNow(world);
  const talked = await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 2);
  expect(talked).toMatchObject({ status: "in_progress", contact: "sam@people.example" });
  expect((await openChatPage(link)).model.chat?.messages.map(({ text }) => text)).toEqual([
    expect.stringContaining("May I ask"),
    "A garden",
    "And a garage",
  ]);
  const reply = { text: "Noted, both of it.", click_id: "agent-click-1" };
  expect((await admin(world, "POST", `/engagements/${id}/messages`, reply)).status).toBe(202);
  await waitFor("the answer on the page", async () =>
    (await openChatPage(link)).model.chat?.messages.find(({ text }) => text === reply.text),
  );
  expect(world.mail.received).toHaveLength(1);
});

test("a link that could not be delivered ends the chat, at once or when the report comes", async () => {
  const [gone, late] = [await start("bounce@people.example"), await start("late-bounce@people.example")];
  expect(await untilOver(world, gone)).toMatchObject({ status: "failed", outcome: "failed" });
  await untilConversation(world, late, "open", ({ can_reply }) => can_reply);
  await readMailNow(world);
  expect(await untilOver(world, late)).toMatchObject({ status: "failed", outcome: "failed" });
  expect((await conversationOf(world, late))?.chat_link).toContain("/chat/");
});

test("whoever wants no more e-mail is sent no link by e-mail, but may go on in the chat they have", async () => {
  const id = await start("nivia@people.example");
  const invitation = await untilMail(world, "nivia@people.example");
  const ways = unsubscribeWays(invitation);
  expect((await fetch(onTestListener(world, ways.page ?? ""), { method: "POST" })).status).toBe(200);
  const link = onTestListener(world, linkIn(invitation.mail.text ?? ""));
  await sayInChat(link, "No e-mail please, I am here");
  const reply = { text: "Of course.", click_id: "agent-click-2" };
  expect((await admin(world, "POST", `/engagements/${id}/messages`, reply)).status).toBe(202);
  await waitFor("the answer on the page", async () =>
    (await openChatPage(link)).model.chat?.messages.find(({ text }) => text === reply.text),
  );
  await expect(start("nivia@people.example")).rejects.toThrow("opted_out");

  const tara = await start("tara@people.example");
  const mail = unsubscribeWays(await untilMail(world, "tara@people.example")).mail;
  const asked = {
    to: mail?.to ?? "",
    subject: mail?.subject ?? "",
    quote: "none",
    threading: false,
  } as const;
  await world.mail.reply(await untilMail(world, "tara@people.example"), "", asked);
  await readMailNow(world);
  await untilOutreach(world, tara, "opted out", ({ history }) =>
    history.some(({ event }) => event === "opted_out"),
  );
  await expect(start("tara@people.example")).rejects.toThrow("opted_out");
});
