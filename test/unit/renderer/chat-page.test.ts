// The contact's chat page: what it can read, when it says a day, and how it keeps up over real sockets.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { followChat } from "../../../renderer/chat/follow-chat.ts";
import { readChat, readChatModel } from "../../../renderer/chat/read-chat.ts";
import { daysAbove } from "../../../renderer/chat/say-time.ts";
import { sayUnsent } from "../../../renderer/chat/view-message.ts";
import { anySignal, timeoutSignal } from "../../../renderer/ui/abort-signals.ts";
import { sayNew } from "../../../renderer/ui/reading-place.ts";
import { sayClock } from "../../../renderer/ui/say-moment.ts";
import type { ChatState } from "../../../shared/chat.schema.ts";
import { EXPIRED, FIRST, UNDER_WAY } from "../../e2e/chat-samples.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const event = (chat: ChatState): string => `event: chat\ndata: ${JSON.stringify(chat)}\n\n`;
const html = (model: unknown): string => `<model>${JSON.stringify(model)}</model>`;

/** Follows until `done` messages were seen, or it is told that there is no use. */
const follow = (url: string, done: number) => {
  const seen: (number | string)[] = [];
  let stop = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    stop = followChat({
      timing: { silence: 1_500, reconnect: 10, firstPoll: 10, lastPoll: 40 },
      openStream: (signal) => fetch(`${url}/events`, { signal }),
      getPage: (signal) => fetch(url, { signal }),
      modelOf: (text) => /<model>(.*)<\/model>/.exec(text)?.[1] ?? null,
      onChat: ({ messages }) => {
        seen.push(messages.length);
        if (messages.length === done) resolve();
      },
      onTrouble: (failure, final) => {
        if (failure !== null) seen.push(final ? `final ${failure.message}` : failure.code);
        if (final) resolve();
      },
    });
  });
  return { seen, settled, stop: () => stop() };
};

describe("following a chat", () => {
  it("shows what the stream brings, over streams that are cut", async () => {
    let streams = 0;
    const url = await serve((_request, response) => {
      streams += 1;
      response.write(event(streams === 1 ? FIRST : UNDER_WAY));
      setTimeout(() => response.destroy(), 150);
    });
    const { seen, settled, stop } = follow(url, 5);
    await settled;
    stop();
    expect(seen).toEqual([1, 5]);
  });

  it("reads the page itself again where streams do not get through, also over a tunnel's page", async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      if (request.url === "/events") return response.writeHead(502).end("<html>");
      asked += 1;
      if (asked === 2) return response.writeHead(502).end("<html>Bad gateway</html>");
      return response.end(html({ chat: asked < 3 ? FIRST : UNDER_WAY, problem: null }));
    });
    const { seen, settled, stop } = follow(url, 5);
    await settled;
    stop();
    expect(seen).toEqual([1, "unreachable", 5]);
  });

  it("ends with the sentence of the page when the link is not open any more", async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      if (request.url === "/events") return response.writeHead(410).end("{}");
      return response.writeHead(410).end(html({ chat: null, problem: EXPIRED }));
    });
    const { seen, settled } = follow(url, 5);
    await settled;
    expect(seen).toEqual([`final ${EXPIRED}`]);
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(asked).toBe(before);
  });
});

describe("what came from the gateway", () => {
  it("is a chat only with the fields the page relies on, else a problem that says so", () => {
    expect(readChat(UNDER_WAY)).toBe(UNDER_WAY);
    for (const broken of [null, [], {}, { ...FIRST, open: "yes" }, { ...FIRST, messages: [{ text: "x" }] }])
      expect(readChat(broken)).toBeNull();
    expect(readChatModel(JSON.stringify({ chat: FIRST, problem: null }))).toEqual({
      chat: FIRST,
      problem: null,
    });
    expect(readChatModel(JSON.stringify({ chat: null, problem: EXPIRED })).problem).toBe(EXPIRED);
    for (const text of [null, "", "{", "{}"])
      expect(readChatModel(text).problem).toMatch(/cannot be shown right now/);
  });
});

describe("times and words of a chat", () => {
  const viewer = { locale: "en-US", timeZone: "America/Toronto" };
  const at = (iso: string): number => Date.parse(iso);

  it("say a day above its first message, today's only when another came before it", () => {
    const times = ["2026-11-29T15:00:00Z", "2026-11-30T04:59:00Z", "2026-11-30T05:01:00Z"].map(at);
    const now = at("2026-11-30T20:00:00Z");
    expect(daysAbove(times, now, viewer)).toEqual(["Sunday, November 29", null, "Monday, November 30"]);
    expect(daysAbove(times.slice(2), now, viewer)).toEqual([null]);
    expect(daysAbove([Number.NaN, now], now, viewer)).toEqual([null, null]);
    expect(sayClock(now, viewer)).toBe("3:00 pm");
  });

  it("count what is new, and give a reason only where the gateway gave one", () => {
    expect([sayNew(1), sayNew(3)]).toEqual(["1 new message", "3 new messages"]);
    const message = { clickId: "c", text: "x", retry: false, failure: null } as const;
    expect(sayUnsent({ ...message, state: "waiting" })).toBe("Sending…");
    const failure = { code: "wrong_state", message: "This chat has ended.", status: 409 };
    expect(sayUnsent({ ...message, state: "failed", failure })).toBe("Not sent: This chat has ended.");
    expect(sayUnsent({ ...message, state: "failed", failure, retry: true })).toBe("Not sent.");
  });
});

describe("signals for browsers of some years ago", () => {
  it("end together with the first of them, and at once where one has ended already", async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const joined = anySignal(first.signal, second.signal);
    expect(joined.aborted).toBe(false);
    second.abort();
    expect(joined.aborted).toBe(true);
    expect(anySignal(first.signal, second.signal).aborted).toBe(true);
    const late = timeoutSignal(5);
    await new Promise((resolve) => late.addEventListener("abort", resolve));
    expect(late.aborted).toBe(true);
  });
});
