// Server-sent events: opens the stream, keeps it alive, ends it with the request.
import type { Request, Response } from "express";

export interface EventStream {
  send(event: string, data: unknown): void;
  end(): void;
  /** Run once when either side ends it. */
  onEnd(act: () => void): void;
}

const HEARTBEAT_MS = 15_000;

export function openStream(request: Request, response: Response): EventStream {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    // Reverse proxies would otherwise hold events back.
    "x-accel-buffering": "no",
    connection: "keep-alive",
  });
  response.write(": open\n\n");
  const heartbeat = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  heartbeat.unref();
  const acts: (() => void)[] = [() => clearInterval(heartbeat)];
  let ended = false;
  const finish = (): void => {
    if (ended) return;
    ended = true;
    for (const act of acts) act();
  };
  request.on("close", finish);
  response.on("close", finish);
  return {
    send: (event, data) =>
      void (ended || response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    end: () => {
      finish();
      response.end();
    },
    onEnd: (act) => void acts.push(act),
  };
}
