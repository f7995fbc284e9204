// The chat page as strangers and careless programs meet it: links that are made up, too old or worn out, words that are markup,
// bodies that are none. Nobody sees more than their own chat.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLinkTokens, linkToken } from "../../server/base/link-token.ts";
import { openChatPage, sayInChat, writeInChat } from "../helpers/chat-client.ts";
import {
  linkKeyOf,
  onTestListener,
  startTalkWorld,
  type TalkWorld,
  untilConversation,
} from "../helpers/connect-talk.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { readStream } from "../helpers/read-stream.ts";
import { admin, controlOutreach, startOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld();
});
afterAll(() => world.close());

async function startChat(phone: string, more: Record<string, unknown> = {}) {
  const asked = { phone_number: phone, channel: "chat", type: "conversational", external_user_id: "u1" };
  const id = await startOutreach(world, { ...asked, client_name: "Nivia Guerra", ...more });
  const { chat_link } = await untilConversation(world, id, "open", ({ can_reply }) => can_reply);
  return { id, link: onTestListener(world, chat_link ?? "") };
}
const click = () => crypto.randomUUID();

describe("a chat's link", () => {
  test("that is made up, altered or of another purpose leads nowhere, by page, message and stream", async () => {
    const { id, link } = await startChat("+14165550131");
    const mark = link.slice(link.lastIndexOf(".") + 1);
    const tokens = createLinkTokens(await linkKeyOf(world));
    const sms = await startOutreach(world, { phone_number: "+14165550133", channel: "sms" });
    await untilOver(world, sms);
    const page = (token: string): string => `${world.url}/chat/${token}`;
    for (const forged of [
      page("eng_nothing.abcdefghijklmnopqrstuvwxyzA"),
      `${link}A`,
      link.slice(0, -1),
      link.replace(mark, mark.split("").toReversed().join("")),
      link.replace(`.${mark}`, ""),
      page(linkToken(tokens, "unsubscribe", id)),
      page(linkToken(tokens, "chat", sms)),
      page(linkToken(tokens, "chat", "eng_nobody")),
      page(linkToken(createLinkTokens("another key"), "chat", id)),
      page("x".repeat(3_000)),
    ]) {
      const shown = await openChatPage(forged);
      expect([forged, shown.status]).toEqual([forged, 404]);
      expect(shown.model).toEqual({
        chat: null,
        problem: "This link leads to no chat. Check that it was copied as a whole.",
      });
      expect(await writeInChat(forged, { text: "hello", click_id: click() })).toMatchObject({
        status: 404,
        body: { error: { code: "not_found" } },
      });
      expect((await fetch(`${forged}/events`)).status).toBe(404);
    }
  });

  test("ends after the brokerage's hours, unless something is said, and when the chat is canceled", async () => {
    const [old, used] = [await startChat("+14165550134"), await startChat("+14165550135")];
    world.clock.shift(20 * 3_600_000);
    await sayInChat(used.link, "Still here");
    world.clock.shift(53 * 3_600_000);
    const expired = await openChatPage(old.link);
    expect(expired).toMatchObject({
      status: 404,
      model: { chat: null, problem: expect.stringMatching(/link/) },
    });
    expect(await writeInChat(old.link, { text: "hello", click_id: click() })).toMatchObject({
      status: 404,
      body: { error: { code: "link_expired" } },
    });
    expect((await openChatPage(used.link)).status).toBe(200);
    const open = await startChat("+14165550150");
    await controlOutreach(world, open.id, "cancel");
    expect((await openChatPage(open.link)).model.chat).toMatchObject({
      open: false,
      closed: "This chat was closed.",
    });
    const reply = { text: "Are you there?", click_id: "agent-click-1" };
    expect(await admin(world, "POST", `/engagements/${open.id}/messages`, reply)).toMatchObject({
      status: 409,
    });
  });

  test("may be used thirty times a minute, each for itself", async () => {
    const [worn, other] = [await startChat("+14165550137"), await startChat("+14165550138")];
    const answers = [];
    for (let index = 0; index < 32; index += 1)
      answers.push(await writeInChat(worn.link, { text: `word ${index}`, click_id: click() }));
    expect(answers.slice(0, 30).every(({ status }) => status === 202)).toBe(true);
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
    await sayInChat(other.link, "not slowed");
    expect((await openChatPage(worn.link)).model.chat?.messages).toHaveLength(31);
  });
});

describe("the stream", () => {
  test("of one link may be open five times at once; one that was closed makes room", async () => {
    const { link } = await startChat("+14165550151");
    const open = async () => {
      const stop = new AbortController();
      const { status } = await fetch(`${link}/events`, { signal: stop.signal });
      return { status, close: () => stop.abort() };
    };
    const streams = await Promise.all([1, 2, 3, 4, 5].map(open));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect((await open()).status).toBe(429);
    const other = await startChat("+14165550152");
    const elsewhere = await readStream(`${other.link}/events`, "");
    streams[0]?.close();
    const again = await waitFor("room", async () => {
      const stream = await open();
      return stream.status === 200 ? stream : undefined;
    });
    for (const { close } of [...streams, again, elsewhere]) close();
  });
});

describe("the page", () => {
  test("says who writes and what was said, and nothing else of anybody", async () => {
    const [mine, others] = [await startChat("+14165550139"), await startChat("+14165550149")];
    await sayInChat(others.link, "My secret is 1234");
    await sayInChat(mine.link, "</script><script>alert(1)</script><!-- & <img src=x onerror=alert(2)>");
    const { html, headers, model, status } = await openChatPage(mine.link);
    expect(status).toBe(200);
    expect(model.chat?.messages.at(-1)?.text).toBe(
      "</script><script>alert(1)</script><!-- & <img src=x onerror=alert(2)>",
    );
    const json = /id="chat-model">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    expect(json).not.toMatch(/[<>]/);
    expect(Object.keys(model.chat ?? {}).toSorted()).toEqual([
      "agent",
      "brokerage",
      "closed",
      "messages",
      "open",
    ]);
    const told = json.replaceAll(/https:[^ "]*/g, "");
    for (const secret of [mine.id, others.id, "555", "u1", "Nivia", "fub-test", "1234", "person"])
      expect(told).not.toContain(secret);
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      "connect-src 'self'",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(headers.get("set-cookie")).toBeNull();
  });

  test.each([
    ["without text", { click_id: "click-0001" }, 400, "text"],
    ["of blanks", { text: "  \n ", click_id: "click-0001" }, 400, "text"],
    ["far too long", { text: "x".repeat(2_001), click_id: "click-0001" }, 400, "text"],
    ["without a click id", { text: "hello" }, 400, "click_id"],
    ["with an odd click id", { text: "hello", click_id: "../../x y" }, 400, "click_id"],
    [
      "for another chat",
      { text: "hello", click_id: "click-0001", engagement_id: "eng_1" },
      400,
      "engagement_id",
    ],
    ["that is a list", ["hello"], 400, ""],
    ["that is no JSON", "{", 400, ""],
    ["as large as a book", { text: "x".repeat(20_000), click_id: "click-0001" }, 413, ""],
  ])("takes no message %s", async (_what, body, status, field) => {
    const { link } = await chat();
    const answer = await writeInChat(link, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error?.message).toContain(field);
    expect((await openChatPage(link)).model.chat?.messages).toHaveLength(1);
  });

  test("takes no form and no other method, and what no text can hold is left out", async () => {
    const { link } = await chat();
    const form = await fetch(`${link}/messages`, {
      method: "POST",
      body: new URLSearchParams({ text: "hello" }),
    });
    expect(form.status).toBe(415);
    for (const [path, method] of [
      ["/messages", "GET"],
      ["/events", "POST"],
      ["", "PUT"],
    ] as const)
      expect((await fetch(`${link}${path}`, { method })).status).toBe(405);
    const odd = "a\u0000b\u0007c\ud800d \u{1f3e1}\r\ne";
    const { messages } = await sayInChat(link, odd);
    expect(messages.at(-1)?.text).toBe("abc\ufffdd \u{1f3e1}\ne");
  });
});

let shared: ReturnType<typeof startChat> | undefined;
const chat = (): ReturnType<typeof startChat> => {
  shared ??= startChat("+14165550151");
  return shared;
};
