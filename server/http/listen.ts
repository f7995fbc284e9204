// Opens and closes a listener. Says plainly when the port is taken, and answers requests too malformed for the router.
import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Express } from "express";
import { GatewayError } from "../base/errors.ts";
import { http } from "../base/node-http.ts";

export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Stops taking connections, ends idle and streaming ones, waits at most `limitMs` for the rest. */
  close(limitMs: number): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /**
   * What is answered to a request whose headers are too large or unreadable: status line, headers and body. `firstBytes`
   * is the beginning of that request, "" when it is not known.
   */
  readonly refuse: (tooLarge: boolean, firstBytes: string) => string;
  /** Longest a whole request may take to arrive; a minute unless given. */
  readonly requestMs?: number;
}

/** A FUB context of a person with dozens of numbers stays far below this. */
const MOST_HEADER_BYTES = 96 * 1024;

/** @throws GatewayError port_in_use. */
export async function listen(app: Express, options: ListenOptions): Promise<Listener> {
  const server = http.createServer(
    {
      maxHeaderSize: MOST_HEADER_BYTES,
      requestTimeout: options.requestMs ?? 60_000,
      headersTimeout: 20_000,
      keepAliveTimeout: 10_000,
    },
    app,
  );
  const startOf = noteRequestStarts(server);
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = options.refuse(error.code === "HPE_HEADER_OVERFLOW", startOf(socket));
    refuseSocket(socket, answer, error.code);
  });
  await bind(server, options);
  const address = server.address() as AddressInfo;
  return { host: options.host, port: address.port, close: (limitMs) => closeServer(server, limitMs) };
}

const REQUEST_LINE = /^[A-Z]+ \//;

// Node tells of an unreadable request only the piece it stumbled over; what it was for stands in its first piece.
function noteRequestStarts(server: Server): (socket: Socket) => string {
  const starts = new WeakMap<Socket, string>();
  server.on("connection", (socket: Socket) => {
    socket.prependListener("data", (piece: Buffer) => {
      const start = piece.toString("latin1", 0, 200);
      if (REQUEST_LINE.test(start)) starts.set(socket, start);
    });
  });
  return (socket) => starts.get(socket) ?? "";
}

// The rest of what the caller is sending is read and dropped for a moment: closing at once would reset the connection
// and the answer would be lost.
function refuseSocket(socket: Socket, answer: string, code: string | undefined): void {
  if (code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  // The parser would stumble over every further piece.
  socket.removeAllListeners("data");
  socket.end(answer);
  socket.resume();
  setTimeout(() => socket.destroy(), 2_000).unref();
}

function bind(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(bindError(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

function bindError(cause: NodeJS.ErrnoException, host: string, port: number): GatewayError {
  const where = `${host}:${port}`;
  const sentence =
    cause.code === "EADDRINUSE"
      ? `Port ${port} on ${host} is already in use by another program. Close that program, or choose another port.`
      : cause.code === "EACCES"
        ? `This user may not listen on ${where}. Choose a port above 1023.`
        : `The gateway cannot listen on ${where}: ${cause.message}.`;
  return new GatewayError("port_in_use", { sentence, cause });
}

async function closeServer(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearTimeout(timer);
}
