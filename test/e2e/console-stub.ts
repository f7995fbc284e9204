// A stand-in for the admin listener, for browser tests of the console alone: the built files under the console's
// policy, canned answers, a live stream. Build first (`vite build`).
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { EngagementList, Lanes, Status, StreamEvent } from "../../shared/admin-api.ts";
import type { JournalEntry } from "../../shared/journal.schema.ts";
import { ENDED } from "./embed-samples.ts";

type Row = EngagementList["engagements"][number];
export interface ConsoleStub {
  readonly url: string;
  readonly posts: string[];
  status: Status;
  engagements: Row[];
  journal: JournalEntry[];
  lanes: Lanes["lanes"];
  /** Answers every API request with this status when set. */
  refuse: number | null;
  /** How many consoles listen to the stream. */
  listening(): number;
  send(event: StreamEvent): void;
  close(): Promise<void>;
}

const dist = new URL("../../dist/renderer/admin/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "admin.js": "text/javascript",
  "admin.css": "text/css",
  "icon.svg": "image/svg+xml",
};

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};

export async function startConsoleStub(first: {
  status: Status;
  engagements: Row[];
  journal: JournalEntry[];
  lanes?: Lanes["lanes"];
}): Promise<ConsoleStub> {
  const listeners = new Set<ServerResponse>();

  const serveFile = async (name: string, response: ServerResponse): Promise<void> => {
    const type = TYPES[name];
    if (type === undefined) return sendJson(response, 404, {});
    response.writeHead(200, { "content-type": type, "content-security-policy": "default-src 'self'" });
    response.end(await readFile(new URL(name, dist)));
  };
  const serveStream = (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  };
  const serveJournal = (query: URLSearchParams, response: ServerResponse): void => {
    const after = Number(query.get("after_seq") ?? 0);
    const severity = query.get("severity");
    const search = query.get("search") ?? "";
    const entries = stub.journal.filter(
      (entry) =>
        entry.seq > after &&
        (severity === null || entry.severity === severity) &&
        entry.message.includes(search),
    );
    sendJson(response, 200, { entries, next_before_seq: null });
  };
  const serveApi = async (request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> => {
    if (stub.refuse !== null) return sendJson(response, stub.refuse, {});
    if (request.method === "POST") {
      stub.posts.push(url.pathname);
      return sendJson(response, 200, {});
    }
    const id = /^\/api\/engagements\/(.+)$/.exec(url.pathname)?.[1];
    const row = stub.engagements.find((other) => other.engagement_id === id);
    if (url.pathname === "/api/stream") return serveStream(response);
    if (url.pathname === "/api/status") return sendJson(response, 200, stub.status);
    if (url.pathname === "/api/lanes") return sendJson(response, 200, { lanes: stub.lanes });
    if (url.pathname === "/api/journal") return serveJournal(url.searchParams, response);
    if (url.pathname === "/api/engagements") {
      const status = url.searchParams.get("status");
      const search = url.searchParams.get("search");
      const engagements = stub.engagements.filter(
        (other) =>
          (status === null || other.status === status) && (search === null || other.engagement_id === search),
      );
      return sendJson(response, 200, { engagements, next: null });
    }
    if (row === undefined) return sendJson(response, 404, {});
    const { created_at: _at, rule: _rule, source: _source, crm_state: _state, ...head } = row;
    sendJson(response, 200, { ...head, transcript: ENDED.transcript, history: ENDED.history });
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://stub");
    if (url.pathname.startsWith("/api/")) void serveApi(request, url, response);
    else void serveFile(url.pathname === "/" ? "index.html" : url.pathname.slice(1), response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: ConsoleStub = {
    lanes: [],
    ...first,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    posts: [],
    refuse: null,
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
