// One HTTP request of the pretend Twilio to a customer's server: the path goes out as it is written, no redirect is followed.
import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { HttpMethod } from "../twilio-types.ts";
import type { Patience } from "./read-fragment.ts";
import type { Failure, WebhookAnswer } from "./webhook-types.ts";

/** Twilio reads no larger document (error 11750). */
export const LARGEST_DOCUMENT = 64 * 1024;

export interface Outgoing {
  url: string;
  method: HttpMethod;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Never rejects. `stopped` counts as a failure. */
export function requestUrl(
  { url, method, headers, body }: Outgoing,
  patience: Pick<Patience, "connectMs" | "readMs">,
  stopped: AbortSignal,
): Promise<WebhookAnswer | Failure> {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const path = /^https?:\/\/[^/?]*(.*)$/i.exec(url)?.[1] ?? "";
  if (!target || stopped.aborted) return Promise.resolve("ct");
  const { promise, resolve } = Promise.withResolvers<WebhookAnswer | Failure>();
  const options = {
    method,
    headers: { ...headers, "Content-Length": String(Buffer.byteLength(body)) },
    hostname: target.hostname.replace(/^\[|\]$/g, ""),
    port: target.port,
    path: path.startsWith("/") ? path : `/${path}`,
    agent: false,
    signal: stopped,
  };
  let connected = false;
  const end = (result: WebhookAnswer | Failure): void => {
    clearTimeout(connecting);
    resolve(result);
  };
  let sent: ClientRequest;
  const connecting = setTimeout(() => sent.destroy(), patience.connectMs);
  try {
    sent = (target.protocol === "https:" ? httpsRequest : httpRequest)(options);
  } catch {
    // Characters no request line may have.
    end("ct");
    return promise;
  }
  sent.once("socket", (socket) => {
    socket.once(target.protocol === "https:" ? "secureConnect" : "connect", () => {
      connected = true;
      clearTimeout(connecting);
    });
  });
  sent.setTimeout(patience.readMs, () => sent.destroy());
  sent.on("error", () => end(connected ? "rt" : "ct"));
  sent.on("close", () => end(connected ? "rt" : "ct"));
  sent.on("response", (response) => {
    let text = "";
    response.setEncoding("utf8");
    const answer = (): WebhookAnswer => ({
      status: response.statusCode ?? 0,
      contentType: (response.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
      body: text,
    });
    response.on("data", (chunk: string) => {
      text += chunk;
      if (text.length <= LARGEST_DOCUMENT) return;
      end(answer());
      response.destroy();
    });
    response.on("error", () => end("rt"));
    response.on("end", () => end(answer()));
  });
  sent.end(body);
  return promise;
}
