// One try to hand an event to a target's address: what was answered, in words. Never throws for anything the other side
// does; called by send-forward.ts and by the console's test.
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../base/clock.ts";
import { http, https } from "../../base/node-http.ts";
import { literalAddress } from "../../base/private-address.ts";
import { checkAddress, guardedLookup, type Reach, type Resolve } from "./guarded-lookup.ts";
import { sayFailure, sayStatus } from "./say-outcome.ts";

export interface EventToPost {
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Outcome {
  readonly delivered: boolean;
  /** null: nothing was answered. */
  readonly status: number | null;
  /** For people; names no secret and no address but a refused one. */
  readonly sentence: string;
}

export interface PostDeps {
  readonly clock: Clock;
  readonly resolve: Resolve;
}

export type PostEvent = (event: EventToPost, stop?: AbortSignal) => Promise<Outcome>;

/** Time for everything: name, connection, answer. */
export const LIMIT_MS = 15_000;
/** Of an answer's body; it means nothing and is only read so that the other side can finish. */
const MOST_BODY_BYTES = 16_384;

/** Redirects are not followed, connections are not kept, proxies are not used. Rejects only when `stop` is aborted. */
export function createPostEvent(deps: PostDeps): PostEvent {
  return async (event, stop) => {
    const over = new AbortController();
    const giveUp = (): void => over.abort();
    stop?.addEventListener("abort", giveUp, { once: true });
    const timer = new AbortController();
    void deps.clock.sleep(LIMIT_MS, timer.signal).then(giveUp);
    try {
      stop?.throwIfAborted();
      const status = await post(deps, event, over.signal);
      return { delivered: status >= 200 && status < 300, status, sentence: sayStatus(status) };
    } catch (error) {
      stop?.throwIfAborted();
      const sentence = sayFailure(error, over.signal.aborted ? LIMIT_MS : undefined);
      return { delivered: false, status: null, sentence };
    } finally {
      timer.abort();
      stop?.removeEventListener("abort", giveUp);
    }
  };
}

function post(deps: PostDeps, event: EventToPost, over: AbortSignal): Promise<number> {
  const url = new URL(event.url);
  const reach = reachOf(url, event.allowPrivate);
  // An address given by number is not looked up.
  const literal = literalAddress(url);
  if (literal !== undefined) checkAddress(literal, reach);
  const send = url.protocol === "https:" ? https.request : http.request;
  return new Promise((resolve, reject) => {
    let status: number | undefined;
    // Once there is a status it counts, whatever becomes of the body after it.
    const end = (error: unknown): void => (status === undefined ? reject(error) : resolve(status));
    const request = send(url, {
      method: "POST",
      headers: { ...event.headers, "content-length": String(event.body.byteLength) },
      agent: false,
      lookup: guardedLookup(deps.resolve, reach),
      signal: over,
    });
    request.on("error", end);
    request.on("close", () => end(Object.assign(new Error("no answer"), { code: "ECONNRESET" })));
    request.on("response", (response) => {
      status = response.statusCode ?? 0;
      drain(response);
    });
    request.on("upgrade", (response, socket) => {
      status = response.statusCode ?? 0;
      socket.destroy();
    });
    request.end(event.body);
  });
}

function reachOf(url: URL, allowPrivate: boolean): Reach {
  if (url.protocol !== "https:") return "this machine";
  return allowPrivate ? "anywhere" : "public";
}

function drain(response: IncomingMessage): void {
  let read = 0;
  response.on("data", (chunk: Buffer) => {
    read += chunk.byteLength;
    if (read > MOST_BODY_BYTES) response.destroy();
  });
  response.on("error", () => undefined);
}
