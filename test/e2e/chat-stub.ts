// A stand-in for the gateway's chat routes, for browser tests of the page alone: it serves the built page under the real
// policy, takes messages as the gateway does (the same click id once), and plays chats. Build first (`vite build`).
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ChatMessage, ChatModel, ChatState, ChatWrite } from "../../shared/chat.schema.ts";

export type WriteAnswer =
  /** Not taken, no answer. */
  | "drop"
  /** Taken, but the answer is lost. */
  | "lose"
  | { readonly status: number; readonly code: string; readonly message: string };

export interface ChatStub {
  readonly url: string;
  readonly writes: ChatWrite[];
  /** null: the link leads nowhere, with this sentence. */
  chat: ChatState | null;
  problem: string;
  /** undefined: taken. */
  answerWrite: (body: ChatWrite) => WriteAnswer | undefined;
  /** "refuse": streams answer 503. */
  stream: "work" | "refuse";
  /** Every connection is cut, as when the gateway is not there. */
  down: boolean;
  /** Sets the chat and sends it to whoever has the page open. */
  play(chat: ChatState): void;
  /** Adds a message to it. */
  say(message: ChatMessage): void;
  /** Ends every open stream. */
  cut(): void;
  followers(): number;
  close(): Promise<void>;
}

const dist = new URL("../../dist/renderer/chat/", import.meta.url);
const PAGE = "/chat/tok-1";

async function pageHtml(model: ChatModel, nonce: string): Promise<string> {
  const [script, style] = await Promise.all(
    ["chat.js", "chat.css"].map((name) => readFile(new URL(name, dist), "utf8")),
  );
  const json = JSON.stringify(model).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chat</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="${nonce}">${style}</style></head>
<body><main id="app"></main><script type="application/json" id="chat-model">${json}</script>
<script nonce="${nonce}">${script}</script></body></html>`;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
const event = (chat: ChatState): string => `event: chat\ndata: ${JSON.stringify(chat)}\n\n`;

export async function startChatStub(chat: ChatState): Promise<ChatStub> {
  const followers = new Set<ServerResponse>();
  const taken = new Set<string>();

  const servePage = async (response: ServerResponse): Promise<void> => {
    const nonce = randomBytes(12).toString("base64");
    const sources = `default-src 'none'; connect-src 'self'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
    const policy = `${sources}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
    response.writeHead(stub.chat === null ? 410 : 200, {
      "content-type": "text/html",
      "cache-control": "no-store",
      "content-security-policy": policy,
    });
    const problem = stub.chat === null ? stub.problem : null;
    response.end(await pageHtml({ chat: stub.chat, problem }, nonce));
  };
  const serveWrite = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(await text(request)) as ChatWrite;
    stub.writes.push(body);
    const answer = stub.answerWrite(body);
    if (answer === "drop") return void request.socket.destroy();
    if (answer !== undefined && answer !== "lose") {
      const { status, ...error } = answer;
      return sendJson(response, status, { error });
    }
    if (!taken.has(body.click_id)) {
      taken.add(body.click_id);
      stub.say({ at: new Date().toISOString(), direction: "inbound", text: body.text, automated: false });
    }
    if (answer === "lose") request.socket.destroy();
    else sendJson(response, 202, stub.chat);
  };
  const serveEvents = (response: ServerResponse): void => {
    if (stub.chat === null)
      sendJson(response, 410, { error: { code: "link_expired", message: stub.problem } });
    else if (stub.stream === "refuse") sendJson(response, 503, {});
    else {
      response.writeHead(200, { "content-type": "text/event-stream" });
      followers.add(response);
      response.on("close", () => followers.delete(response));
      response.write(event(stub.chat));
    }
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? "/", "http://stub");
    if (stub.down) request.socket.destroy();
    else if (pathname === PAGE) await servePage(response);
    else if (pathname === `${PAGE}/messages` && request.method === "POST")
      await serveWrite(request, response);
    else if (pathname === `${PAGE}/events`) serveEvents(response);
    else sendJson(response, 404, {});
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: ChatStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PAGE}`,
    writes: [],
    chat,
    problem: "This link leads to no chat. Check that it was copied as a whole.",
    answerWrite: () => undefined,
    stream: "work",
    down: false,
    play: (next) => {
      stub.chat = next;
      for (const response of followers) response.write(event(next));
    },
    say: (message) => {
      if (stub.chat) stub.play({ ...stub.chat, messages: [...stub.chat.messages, message] });
    },
    cut: () => {
      for (const response of followers) response.destroy();
    },
    followers: () => followers.size,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return stub;
}
