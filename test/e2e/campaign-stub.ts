// A stand-in for the gateway's campaign routes, for browser tests of the page alone: it serves the built page under the
// real policy, records what is asked, and plays campaigns. Build first (`vite build`).
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Campaign, CampaignModel, CampaignPerson, SmartList } from "../../shared/campaign.schema.ts";

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}
export interface Asked {
  readonly path: string;
  readonly body: Record<string, unknown>;
}
export interface CampaignStub {
  readonly url: string;
  /** What was posted: path below `campaign/`, and body. */
  readonly posts: Asked[];
  /** Paths below `campaign/` that were read. */
  readonly gets: string[];
  model: CampaignModel;
  lists: readonly SmartList[];
  /** The one campaign of this stand-in; null is "not found". */
  campaign: Campaign | null;
  people: readonly CampaignPerson[];
  /** Refusals by path ("start", "preflight", "lists", "read", "act"), else what the contract says. */
  refuse: Partial<Record<string, Refusal | "drop">>;
  stream: "work" | "refuse";
  /** Sets the campaign and sends it to whoever follows it. */
  play(campaign: Campaign, results?: readonly CampaignPerson[]): void;
  /** Ends every open stream. */
  cut(): void;
  followers(): number;
  close(): Promise<void>;
}

const dist = new URL("../../dist/renderer/campaign/", import.meta.url);
const ROOT = "/integration/followupboss/";
const PAGE = 100;

async function pageHtml(model: CampaignModel, nonce: string): Promise<string> {
  const [script, style] = await Promise.all(
    ["campaign.js", "campaign.css"].map((name) => readFile(new URL(name, dist), "utf8")),
  );
  const json = JSON.stringify(model).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Aventora</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="${nonce}">${style}</style></head>
<body><main id="app"></main><script type="application/json" id="embed-model">${json}</script>
<script nonce="${nonce}">${script}</script></body></html>`;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function pageOf(people: readonly CampaignPerson[], query: URLSearchParams) {
  const after = Number(query.get("after") ?? -1);
  const found = people.filter(
    (person) =>
      person.position > after &&
      (query.get("state") ?? person.state) === person.state &&
      (query.get("reason") ?? person.reason) === person.reason,
  );
  const sorted =
    query.get("order") === "latest"
      ? found.toSorted((left, right) => (right.at ?? "").localeCompare(left.at ?? ""))
      : found;
  const page = sorted.slice(0, PAGE);
  return { people: page, next: found.length > PAGE ? (page.at(-1)?.position ?? null) : null };
}

const ACTIONS: Readonly<Record<string, Partial<Campaign>>> = {
  pause: { status: "paused" },
  resume: { status: "running", message: null, can_resume: false },
  cancel: { status: "canceled", active: 0, records_waiting: 0, eta_seconds: 0 },
};

export async function startCampaignStub(model: CampaignModel): Promise<CampaignStub> {
  const followers = new Set<ServerResponse>();
  const write = (response: ServerResponse, event: string, data: unknown): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const servePage = async (response: ServerResponse): Promise<void> => {
    const nonce = randomBytes(12).toString("base64");
    const policy = `default-src 'none'; connect-src 'self'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy });
    response.end(await pageHtml(stub.model, nonce));
  };
  const answerPost = (path: string, response: ServerResponse, campaign: Campaign): void => {
    const action = ACTIONS[path.split("/")[1] ?? ""];
    if (path === "preflight") sendJson(response, campaign.status === "checking" ? 202 : 200, campaign);
    else if (path === "start") {
      stub.play({ ...campaign, status: "running", queued_calls: campaign.will_queue, started_at: now() });
      sendJson(response, 202, { batch_id: campaign.batch_id, status: "queueing", errors: [], message: "" });
    } else if (action) {
      stub.play({ ...campaign, ...action });
      sendJson(response, 200, stub.campaign);
    } else sendJson(response, 404, {});
  };
  const serveStream = (response: ServerResponse, campaign: Campaign) => {
    if (stub.stream === "refuse") return sendJson(response, 503, {});
    response.writeHead(200, { "content-type": "text/event-stream" });
    followers.add(response);
    response.on("close", () => followers.delete(response));
    response.write(": hello\n\n");
    write(response, "campaign", campaign);
  };
  const answerGet = (path: string, query: URLSearchParams, response: ServerResponse) => {
    const { campaign } = stub;
    if (path === "lists") return sendJson(response, 200, { smart_lists: stub.lists });
    if (path === "lists/sizes") return sendJson(response, 200, { sizes: sizesOf(query.get("ids") ?? "") });
    if (path === "recent") return sendJson(response, 200, { campaigns: campaign ? [campaign] : [] });
    if (campaign === null) return sendJson(response, 404, refusal("campaign_not_found", "No such campaign."));
    if (path.endsWith("/events")) return serveStream(response, campaign);
    if (path.endsWith("/people")) return sendJson(response, 200, pageOf(stub.people, query));
    if (path.endsWith("/people.csv")) {
      response.writeHead(200, { "content-type": "text/csv" }).end("name,reason\r\nNivia,\r\n");
      return;
    }
    return sendJson(response, 200, campaign);
  };
  const refuses = (path: string, post: boolean): Refusal | "drop" | undefined =>
    stub.refuse[path] ?? (path.includes("/") || post ? undefined : stub.refuse.read);

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://stub");
    if (pathname === `${ROOT}campaign`) return servePage(response);
    if (request.headers.authorization !== `Bearer ${stub.model.session}`)
      return sendJson(response, 401, refusal("unauthorized", "No session."));
    const path = pathname.slice(`${ROOT}campaign/`.length);
    const post = request.method === "POST";
    if (post) stub.posts.push({ path, body: JSON.parse(await text(request)) });
    else stub.gets.push(`${path}${searchParams.size > 0 ? `?${searchParams}` : ""}`);
    const refused = refuses(path, post);
    if (refused === "drop") request.socket.destroy();
    else if (refused) sendJson(response, refused.status, refusal(refused.code, refused.message));
    else if (post && stub.campaign) answerPost(path, response, stub.campaign);
    else answerGet(path, searchParams, response);
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: CampaignStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${ROOT}campaign?context=x`,
    posts: [],
    gets: [],
    model,
    lists: model.smart_lists ?? [],
    campaign: null,
    people: [],
    refuse: {},
    stream: "work",
    play: (campaign, results) => {
      stub.campaign = campaign;
      for (const response of followers) {
        write(response, "campaign", campaign);
        if (results) write(response, "results", results);
      }
    },
    cut: () => {
      for (const response of followers) response.destroy();
    },
    followers: () => followers.size,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return stub;
}

const now = (): string => new Date().toISOString();
const refusal = (code: string, message: string) => ({ error: { code, message } });
/** List 3 cannot be told; every other has a size of its own. */
const sizesOf = (ids: string): Record<string, number | null> =>
  Object.fromEntries(ids.split(",").map((id) => [id, id === "3" ? null : Number(id) * 10 + 1230]));
