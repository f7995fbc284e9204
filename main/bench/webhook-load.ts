// Posts signed webhook deliveries as fast as they are acknowledged, or at a steady pace, over sockets that stay open. It
// writes bytes and looks for the end of an answer, so that what is measured is the server.
import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second in all; as fast as they are answered when left out. */
  readonly perSecond?: number;
  /** The next request's bytes. */
  readonly next: () => Buffer;
}

export interface LoadResult {
  /** Acknowledged with 200, a second. */
  readonly perSecond: number;
  /** Milliseconds from sending to the answer, each. */
  readonly samples: readonly number[];
}

/** Fails on any other answer than 200. */
export async function loadWebhooks(load: Load): Promise<LoadResult> {
  const sockets = await Promise.all(Array.from({ length: load.connections }, () => open(load.port)));
  const samples: number[] = [];
  const started = performance.now();
  const until = started + load.seconds * 1000;
  if (load.perSecond === undefined) {
    await Promise.all(
      sockets.map(async (socket) => {
        while (performance.now() < until) samples.push(await socket.ask(load.next()));
      }),
    );
  } else {
    await paced(sockets, load.perSecond, { started, until, next: load.next, samples });
  }
  const seconds = (performance.now() - started) / 1000;
  for (const socket of sockets) socket.close();
  return { perSecond: samples.length / seconds, samples };
}

interface Pace {
  readonly started: number;
  readonly until: number;
  readonly next: () => Buffer;
  readonly samples: number[];
}

/** Each socket has its turn every so often, whether or not others still wait. */
async function paced(sockets: readonly Asking[], perSecond: number, pace: Pace): Promise<void> {
  const every = (sockets.length * 1000) / perSecond;
  await Promise.all(
    sockets.map(async (socket, index) => {
      for (let at = pace.started + (index * every) / sockets.length; at < pace.until; at += every) {
        await delay(Math.max(0, at - performance.now()));
        pace.samples.push(await socket.ask(pace.next()));
      }
    }),
  );
}

interface Asking {
  /** Sends it and waits for the answer; ms. */
  ask(request: Buffer): Promise<number>;
  close(): void;
}

function open(port: number): Promise<Asking> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => resolve(asking(socket)));
  });
}

function asking(socket: Socket): Asking {
  let answered: ((text: string) => void) | undefined;
  let said = "";
  socket.on("data", (bytes: Buffer) => {
    said += bytes.toString("latin1");
    const body = said.indexOf("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(said)?.[1]);
    if (body === -1 || said.length < body + 4 + length) return;
    const answer = said;
    said = "";
    answered?.(answer);
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        const sent = performance.now();
        answered = (text) => {
          if (text.startsWith("HTTP/1.1 200 ")) resolve(performance.now() - sent);
          else reject(new Error(`a delivery was answered with ${text.slice(0, 200)}`));
        };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** Requests as Follow Up Boss sends them, each an event of its own; signed beforehand, which is half of the work. */
export function signDeliveries(given: {
  readonly count: number;
  readonly tenant: string;
  /** By turns. */
  readonly events: readonly string[];
  readonly systemKey: string;
  /** Begins anew at the end: for servers that store nothing. */
  readonly again?: boolean;
}): () => Buffer {
  const made = Array.from({ length: given.count }, (_, index) =>
    signOne(given.tenant, given.events[index % given.events.length] ?? "", given.systemKey),
  );
  let used = 0;
  return () => {
    const request = made[given.again ? used++ % made.length : used++];
    if (!request) throw new Error("more deliveries were asked for than had been signed");
    return request;
  };
}

function signOne(tenant: string, event: string, systemKey: string): Buffer {
  const ids = Array.from({ length: 3 }, () => Math.ceil(Math.random() * 1_000_000));
  const body = JSON.stringify({
    eventId: crypto.randomUUID(),
    eventCreated: "2026-05-01T12:00:00+00:00",
    event,
    resourceIds: ids,
    ...(event === "peopleTagsCreated" ? { data: { tags: ["Buyer"] } } : {}),
    uri: `https://api.followupboss.com/v1/people?id=${ids.join(",")}`,
  });
  const signature = createHmac("sha256", systemKey)
    .update(Buffer.from(body).toString("base64"))
    .digest("hex");
  const head = [
    `POST /integration/followupboss/webhook/${tenant} HTTP/1.1`,
    "Host: gateway.example",
    "User-Agent: FollowUpBoss",
    "Content-Type: application/json",
    `FUB-Signature: ${signature}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
