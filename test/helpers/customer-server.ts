// The server of a customer of Twilio, over a real socket: answers by path, remembers what came, and judges every signature with
// Twilio's own SDK, by the address Twilio was given.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";

export interface CustomerAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answers. */
  readonly hang?: boolean;
  /** Breaks the connection off. */
  readonly reset?: boolean;
}

export interface CustomerRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  /** The form of a POST, the query of a GET. */
  readonly params: Readonly<Record<string, string>>;
  /** Does the official SDK accept the signature? */
  readonly genuine: boolean;
}

type Answering = CustomerAnswer | ((request: CustomerRequest) => CustomerAnswer | Promise<CustomerAnswer>);

export interface CustomerServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly requests: CustomerRequest[];
  /** Requests to this path, without its query. */
  to(path: string): CustomerRequest[];
  /** How a path is answered; 204 until this is called. */
  on(path: string, answering: Answering): void;
  close(): Promise<void>;
}

export const twiml = (inside: string): CustomerAnswer => ({
  type: "text/xml",
  body: `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`,
});

export async function startCustomerServer(authToken: string): Promise<CustomerServer> {
  const requests: CustomerRequest[] = [];
  const answers = new Map<string, Answering>();
  const server = createServer((incoming, response) => {
    void read(incoming, origin, authToken).then(async (request) => {
      requests.push(request);
      const answering = answers.get(request.path) ?? { status: 204 };
      send(response, typeof answering === "function" ? await answering(request) : answering);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    to: (path) => requests.filter((request) => request.path === path),
    on: (path, answering) => void answers.set(path, answering),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage, origin: string, token: string): Promise<CustomerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = incoming.url ?? "";
  const parsed = new URL(url, origin);
  const posted = incoming.method === "POST";
  const form = Object.fromEntries(new URLSearchParams(posted ? text : ""));
  const signature = String(incoming.headers["x-twilio-signature"]);
  const genuine = parsed.searchParams.has("bodySHA256")
    ? twilio.validateRequestWithBody(token, signature, origin + url, text)
    : twilio.validateRequest(token, signature, origin + url, form);
  const params = posted ? form : Object.fromEntries(parsed.searchParams);
  const { method = "", headers } = incoming;
  return { method, url, path: parsed.pathname, query: parsed.searchParams, headers, text, params, genuine };
}

function send(response: ServerResponse, answer: CustomerAnswer): void {
  if (answer.hang) return;
  if (answer.reset) {
    response.socket?.resetAndDestroy();
    return;
  }
  const { status = 200, type, body = "", headers } = answer;
  response.writeHead(status, { ...(type !== undefined && { "Content-Type": type }), ...headers });
  response.end(body);
}
