// Requests as bytes: what a well-behaved client would never send, and answers as they stand on the wire.
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As sent: compressed where the server compressed it. */
  readonly body: Buffer;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** Any Host, Origin and path, none of which `fetch` lets through. */
export function rawRequest(url: string, path: string, given: RawRequest = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path, method: given.method ?? "GET", headers: given.headers ?? {} };
    const sent = httpRequest({ ...options, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(given.body);
  });
}

/** Writes the bytes and reads until the other side closes; fails on a reset or after `limitMs` of silence. */
export function sendBytes(url: string, bytes: string | Buffer, limitMs = 5_000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const chunks: Buffer[] = [];
    socket.setTimeout(limitMs, () => {
      socket.destroy(
        new Error(`no end after ${limitMs} ms; so far: ${Buffer.concat(chunks).toString("latin1")}`),
      );
    });
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("end", () => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString("utf8"));
    });
    socket.on("connect", () => socket.write(bytes));
  });
}
