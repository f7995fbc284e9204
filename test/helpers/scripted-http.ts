// A real HTTP server that answers from a script and remembers what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface HttpScriptLine {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, text as it is, undefined as an empty body. */
  readonly body?: unknown;
  /** Reset the connection instead of answering, after the request was read. */
  readonly reset?: boolean;
  /** Send the head and half a body, then reset. */
  readonly cut?: boolean;
  /** Never answer. */
  readonly hang?: boolean;
  /** Real milliseconds before answering. */
  readonly delayMs?: number;
}

export interface RecordedRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  /** Parsed JSON, undefined without a body. */
  readonly json: unknown;
}

export interface ScriptedHttp {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly requests: RecordedRequest[];
  /** Answers of the next requests, in order. */
  say(...lines: HttpScriptLine[]): void;
  /** How everything else is answered; a 404 until this is called. */
  otherwise(answer: (request: RecordedRequest) => HttpScriptLine): void;
  close(): Promise<void>;
}

export async function startScriptedHttp(): Promise<ScriptedHttp> {
  const requests: RecordedRequest[] = [];
  const script: HttpScriptLine[] = [];
  let fallback: (request: RecordedRequest) => HttpScriptLine = () => ({
    status: 404,
    body: { errorMessage: "Requested resource was not found." },
  });

  const server = createServer((incoming, response) => {
    void record(incoming).then((request) => {
      requests.push(request);
      return answer(response, script.shift() ?? fallback(request));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    say: (...lines) => void script.push(...lines),
    otherwise: (given) => {
      fallback = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = incoming.url ?? "";
  const parsed = new URL(url, "http://scripted");
  return {
    method: incoming.method ?? "",
    url,
    path: parsed.pathname,
    query: parsed.searchParams,
    headers: incoming.headers,
    text,
    json: text === "" ? undefined : JSON.parse(text),
  };
}

async function answer(response: ServerResponse, line: HttpScriptLine): Promise<void> {
  if (line.delayMs) await delay(line.delayMs);
  if (line.hang) return;
  if (line.reset) {
    response.socket?.resetAndDestroy();
    return;
  }
  const text =
    line.body === undefined ? "" : typeof line.body === "string" ? line.body : JSON.stringify(line.body);
  response.writeHead(line.status ?? 200, { "Content-Type": "application/json", ...line.headers });
  if (!line.cut) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy());
}
