// A stand-in for the gateway's embed routes, for browser tests of the page alone: it serves the built page under the
// real policy, records starts and plays engagements. Build first (`vite build`).
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { LiveEngagement } from "../../renderer/embed/read-engagement.ts";
import type { EmbedModel, EmbedStart } from "../../shared/embed.schema.ts";

export type StartAnswer = "drop" | { readonly status: number; readonly body: unknown };
export interface EmbedStub {
  readonly url: string;
  readonly starts: EmbedStart[];
  /** What was posted to a conversation: path below `engagements/`, and body. */
  readonly posts: { readonly path: string; readonly body: Record<string, unknown> }[];
  model: EmbedModel;
  answerStart: (body: EmbedStart) => StartAnswer;
  /** What a post to a conversation is refused with; null: it does what the contract says. */
  answerPost: StartAnswer | null;
  /** "refuse": streams answer 503; "silent": they open and say nothing. */
  stream: "work" | "refuse" | "silent";
  /** Answers of the engagement routes when set, in place of the engagement. */
  refusal: { readonly status: number; readonly code: string; readonly message: string } | null;
  /** Sets an engagement and sends it to whoever follows it. */
  play(engagement: LiveEngagement): void;
  close(): Promise<void>;
}

const dist = new URL("../../dist/renderer/embed/", import.meta.url);
const ROOT = "/integration/followupboss/";

async function pageHtml(model: EmbedModel, nonce: string): Promise<string> {
  const [script, style] = await Promise.all(
    ["embed.js", "embed.css"].map((name) => readFile(new URL(name, dist), "utf8")),
  );
  const json = JSON.stringify(model).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Aventora</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="${nonce}">${style}</style></head>
<body><main id="app"></main><script type="application/json" id="embed-model">${json}</script>
<script nonce="${nonce}">${script}</script></body></html>`;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

export async function startEmbedStub(): Promise<EmbedStub> {
  const engagements = new Map<string, LiveEngagement>();
  const followers = new Map<ServerResponse, string>();
  const write = (response: ServerResponse, engagement: LiveEngagement): void => {
    response.write(`event: engagement\ndata: ${JSON.stringify(engagement)}\n\n`);
  };

  const servePage = async (response: ServerResponse): Promise<void> => {
    const nonce = randomBytes(12).toString("base64");
    const policy = `default-src 'none'; connect-src 'self'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
    response.end(await pageHtml(stub.model, nonce));
  };
  const serveStart = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(await text(request)) as EmbedStart;
    stub.starts.push(body);
    const answer = stub.answerStart(body);
    if (answer === "drop") request.socket.destroy();
    else sendJson(response, answer.status, answer.body);
  };
  const serveEngagement = (id: string, events: boolean, response: ServerResponse): void => {
    const engagement = engagements.get(id);
    if (stub.refusal) {
      const { status, ...error } = stub.refusal;
      sendJson(response, status, { error });
    } else if (!engagement) {
      sendJson(response, 404, { error: { code: "engagement_not_found", message: "No such outreach." } });
    } else if (!events) sendJson(response, 200, engagement);
    else if (stub.stream === "refuse") sendJson(response, 503, {});
    else {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      if (stub.stream === "silent") return;
      followers.set(response, id);
      response.on("close", () => followers.delete(response));
      response.write(": hello\n\n");
      write(response, engagement);
    }
  };
  /** A reply waits among the pending messages; whoever is to answer does. */
  const servePost = async (
    id: string,
    action: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const body = JSON.parse(await text(request)) as Record<string, unknown>;
    stub.posts.push({ path: `${id}/${action}`, body });
    const engagement = engagements.get(id);
    const conversation = engagement?.conversation;
    if (stub.answerPost === "drop") return void request.socket.destroy();
    if (stub.answerPost) return sendJson(response, stub.answerPost.status, stub.answerPost.body);
    if (!engagement || !conversation) return sendJson(response, 404, {});
    const answers = action === "messages" ? "agent" : (body.answers as typeof conversation.answers);
    const message = {
      message_id: `m-${stub.posts.length}`,
      at: new Date().toISOString(),
      text: String(body.text),
      state: "waiting" as const,
      error: null,
    };
    stub.play({
      ...engagement,
      conversation: {
        ...conversation,
        answers,
        can_reply: answers !== "nobody",
        needs_agent: null,
        closed: answers === "nobody" ? "Ann One ended the conversation" : null,
        pending: action === "messages" ? [...conversation.pending, message] : conversation.pending,
      },
    });
    if (action === "messages")
      sendJson(response, 202, { message_id: message.message_id, status: "accepted" });
    else sendJson(response, 200, engagements.get(id));
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? "/", "http://stub").pathname;
    const [, id, below] =
      /embed\/engagements\/([^/]+)(?:\/(events|messages|conversation))?$/.exec(path) ?? [];
    if (path === `${ROOT}embed`) return servePage(response);
    if (request.headers.authorization !== `Bearer ${stub.model.session}`) {
      return sendJson(response, 401, { error: { code: "unauthorized", message: "No session." } });
    }
    if (path === `${ROOT}embed/start`) return serveStart(request, response);
    if (id === undefined) return sendJson(response, 404, {});
    if (request.method === "POST" && below !== undefined) return servePost(id, below, request, response);
    return serveEngagement(id, below === "events", response);
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: EmbedStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${ROOT}embed?context=x`,
    starts: [],
    posts: [],
    model: { session: "s", state: "internal" },
    answerStart: () => ({ status: 202, body: { engagement_id: "e-1", status: "accepted" } }),
    answerPost: null,
    stream: "work",
    refusal: null,
    play: (engagement) => {
      engagements.set(engagement.engagement_id, engagement);
      for (const [response, id] of followers)
        if (id === engagement.engagement_id) write(response, engagement);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return stub;
}
