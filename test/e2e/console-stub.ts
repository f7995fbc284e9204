// A stand-in for the admin listener, for browser tests of the console alone: the built files under the console's own
// policy, canned answers, a live stream. Build first (`vite build`).
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { renderAdminPage } from "../../server/http/admin-page.ts";
import type { StreamEvent } from "../../shared/admin-api.ts";

export interface Asked {
  readonly method: string;
  /** Below /api. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}
/** Status other than 200: `refusal(409, "settings_changed", "…", {…})`. */
export interface Refusal {
  readonly refused: number;
  readonly body: unknown;
}
type Answer = unknown | ((asked: Asked) => unknown);
/** "GET /home" → what is answered. "GET /engagements/:id" stands for any id. */
export type Answers = Readonly<Record<string, Answer>>;

export const refusal = (status: number, code: string, message: string, details?: unknown): Refusal => ({
  refused: status,
  body: { error: { code, message, ...(details === undefined ? {} : { details }) } },
});

/** The secret doctor's own answer has a list of that name. */
const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === "object" && answer !== null && "refused" in answer && typeof answer.refused === "number";

export interface ConsoleStub {
  readonly url: string;
  /** Requests that change something, "POST /engagements/e-1/pause", with their bodies. */
  readonly changes: { readonly what: string; readonly body: unknown }[];
  /** All requests, "GET /home?tenant=acme". */
  readonly asked: string[];
  /** Changes some of the answers. */
  answer(more: Answers): void;
  /** Answers every API request with this status when set. */
  refuse: number | null;
  /** Delays every API answer. */
  delayMs: number;
  /** How many consoles listen to the stream. */
  listening(): number;
  send(event: StreamEvent): void;
  close(): Promise<void>;
}

const dist = new URL("../../dist/renderer/admin/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const CALM = "default-src 'self'";

async function serveFile(name: string, response: ServerResponse): Promise<void> {
  if (name === "") {
    const template = await readFile(new URL("index.html", dist), "utf8");
    const page = renderAdminPage(template, crypto.randomUUID());
    const headers = { "content-type": "text/html", "content-security-policy": page.contentSecurityPolicy };
    response.writeHead(200, headers).end(page.html);
    return;
  }
  const type = TYPES[extname(name)];
  const bytes = type === undefined ? null : await readFile(new URL(name, dist)).catch(() => null);
  if (type === undefined || bytes === null) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": type, "content-security-policy": CALM }).end(bytes);
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  if (/^(text\/csv|application\/octet-stream)$/.test(request.headers["content-type"] ?? "")) return text;
  return text === "" ? null : JSON.parse(text);
}

function find(answers: ReadonlyMap<string, Answer>, method: string, path: string): Answer {
  const exact = answers.get(`${method} ${path}`);
  if (exact !== undefined) return exact;
  for (const [name, answer] of answers) {
    const pattern = new RegExp(`^${name.replace(/:\w+/g, "[^/]+")}$`);
    if (pattern.test(`${method} ${path}`)) return answer;
  }
  return refusal(404, "not_found", "There is nothing here.");
}

export async function startConsoleStub(first: Answers): Promise<ConsoleStub> {
  const answers = new Map<string, Answer>(Object.entries(first));
  const listeners = new Set<ServerResponse>();
  const serveStream = (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  };
  const send = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const serveApi = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    const method = request.method ?? "GET";
    const path = url.pathname.slice("/api".length);
    const body = await bodyOf(request);
    stub.asked.push(`${method} ${path}${url.search}`);
    if (method !== "GET") stub.changes.push({ what: `${method} ${path}`, body });
    if (stub.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, stub.delayMs));
    if (stub.refuse !== null) return send(response, stub.refuse, {});
    if (path === "/stream") return serveStream(response);
    const found = find(answers, method, path);
    const answer =
      typeof found === "function" ? found({ method, path, query: url.searchParams, body }) : found;
    if (isRefusal(answer)) return send(response, answer.refused, answer.body);
    send(response, 200, answer);
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stub");
    if (url.pathname.startsWith("/api/")) void serveApi(request, url, response);
    else void serveFile(url.pathname.slice(1), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: ConsoleStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    changes: [],
    asked: [],
    refuse: null,
    delayMs: 0,
    answer: (more) => {
      for (const [name, value] of Object.entries(more)) answers.set(name, value);
    },
    listening: () => listeners.size,
    send: ({ event, data }) => {
      for (const response of listeners) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
}
