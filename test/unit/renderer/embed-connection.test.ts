// The page's talk with the gateway over real sockets: one click is one outreach, and the page keeps up to date.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { type FollowDeps, followEngagement } from "../../../renderer/embed/follow-engagement.ts";
import { createStarter } from "../../../renderer/embed/start-engagement.ts";
import { randomClickId } from "../../../renderer/ui/send-click.ts";
import type { EmbedStart } from "../../../shared/embed.schema.ts";
import { AUTOMATED, CLOSED } from "../../e2e/embed-conversation-samples.ts";
import { ENDED, STARTED } from "../../e2e/embed-samples.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

type Reply = "drop" | readonly [number, unknown];
const starter = async (replies: Reply[]) => {
  const got: EmbedStart[] = [];
  const url = await serve(async (request, response) => {
    got.push(JSON.parse(await text(request)) as EmbedStart);
    const reply = replies.shift() ?? [202, { engagement_id: "e-1", status: "accepted" }];
    if (reply === "drop") request.socket.destroy();
    else response.writeHead(reply[0]).end(typeof reply[1] === "string" ? reply[1] : JSON.stringify(reply[1]));
  });
  const start = createStarter({
    post: (body) => fetch(url, { method: "POST", body: JSON.stringify(body) }),
    newClickId: randomClickId,
    sleep: async () => undefined,
  });
  return { start, got, ids: () => got.map((body) => body.click_id) };
};
const call = { call_type: "informational", channel: "phone", contact: "+14165550123" } as const;
const refused = (code: string) => ({ error: { code, message: "No." } });

describe("a start", () => {
  it("goes out again as the same click when the connection drops or a tunnel answers with its own page", async () => {
    const { start, got, ids } = await starter(["drop", [502, "<html>Bad gateway</html>"]]);
    expect(await start(call)).toEqual({ value: "e-1" });
    expect(got).toHaveLength(3);
    expect(new Set(ids()).size).toBe(1);
    expect(got[0]).toEqual({ ...call, click_id: ids()[0] });
  });

  it("stays the same click when it is pressed again after an outage, and is a new one when changed", async () => {
    const { start, ids } = await starter(["drop", "drop", "drop", [503, refused("shutting_down")], "drop"]);
    expect(await start(call)).toMatchObject({ failure: { code: "unreachable" } });
    expect(await start(call)).toMatchObject({ failure: { code: "shutting_down" } });
    expect(await start({ ...call, channel: "sms" })).toEqual({ value: "e-1" });
    const [first, , , fourth, changed] = ids();
    expect(fourth).toBe(first);
    expect(changed).not.toBe(first);
  });

  it("is a new click once the gateway has decided, whether it took it or refused it", async () => {
    const { start, ids } = await starter([[422, refused("cool_down")]]);
    expect(await start(call)).toEqual({ failure: { code: "cool_down", message: "No.", status: 422 } });
    expect(await start(call)).toEqual({ value: "e-1" });
    expect(await start(call)).toEqual({ value: "e-1" });
    expect(new Set(ids()).size).toBe(3);
  });

  it("has an id the gateway accepts", () => {
    expect(randomClickId()).toMatch(/^[\w.:-]{8,100}$/);
  });
});

const timing = { silence: 1_500, reconnect: 10, firstPoll: 10, lastPoll: 40 };
const follow = (url: string) => {
  const seen: string[] = [];
  let resolve = (): void => undefined;
  const settled = new Promise<void>((done) => {
    resolve = done;
  });
  const deps: FollowDeps = {
    timing,
    get: (path, signal) => fetch(`${url}/${path}`, { signal }),
    onEngagement: ({ status }) => {
      seen.push(status);
      if (status === "completed") resolve();
    },
    onTrouble: (failure, final) => {
      if (failure !== null) seen.push(final ? `final ${failure.code}` : failure.code);
      if (final) resolve();
    },
  };
  return { seen, settled, stop: followEngagement("e-1", deps) };
};
const event = (data: unknown): string => `event: engagement\ndata: ${JSON.stringify(data)}\n\n`;

describe("following an outreach", () => {
  it("shows what the stream brings and asks no more when it is over", async () => {
    const paths: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      paths.push(request.url);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`: beat\n\n${event(STARTED)}`);
      setTimeout(() => response.write(event(ENDED)), 30);
    });
    const { seen, settled } = follow(url);
    await settled;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(seen).toEqual(["in_progress", "completed"]);
    expect(paths).toEqual(["/e-1/events"]);
  });

  it("goes on after its end while somebody may still write back", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(event(CLOSED) + event(CLOSED));
      setTimeout(() => response.write(event(AUTOMATED)), 20);
      setTimeout(() => response.write(event(ENDED)), 40);
    });
    const { seen, stop } = follow(url);
    await expect.poll(() => seen).toEqual(["completed", "completed", "in_progress", "completed"]);
    stop();
  });

  it("opens the stream again when it was cut on the way", async () => {
    let streams = 0;
    const url = await serve((_request, response) => {
      streams += 1;
      response.write(event(streams === 1 ? STARTED : ENDED));
      setTimeout(() => response.destroy(), 150);
    });
    const { seen, settled } = follow(url);
    await settled;
    expect(seen).toEqual(["in_progress", "completed"]);
    expect(streams).toBe(2);
  });

  it.each(["refused", "silent"])("asks again and again where the stream is %s", async (kind) => {
    let asked = 0;
    const url = await serve((request, response) => {
      if (request.url === "/e-1/events") {
        if (kind === "refused") response.writeHead(502).end("<html>");
        else response.flushHeaders();
        return;
      }
      asked += 1;
      response.end(JSON.stringify(asked < 3 ? STARTED : ENDED));
    });
    const { seen, settled } = follow(url);
    await settled;
    expect(seen).toEqual(["in_progress", "in_progress", "completed"]);
  });

  it("reports an interruption and goes on, but stops for good when the session is over", async () => {
    const replies: (readonly [number, unknown])[] = [
      [502, "<html>"],
      [200, STARTED],
      [401, refused("session_expired")],
    ];
    let asked = 0;
    const url = await serve((request, response) => {
      if (request.url === "/e-1/events") return response.writeHead(404).end();
      const [status, body] = replies[asked] ?? [500, {}];
      asked += 1;
      return response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
    });
    const { seen, settled } = follow(url);
    await settled;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(seen).toEqual(["unreachable", "in_progress", "final session_expired"]);
    expect(asked).toBe(3);
  });

  it("asks less often while nothing changes, and not at all once stopped", async () => {
    const times: number[] = [];
    const url = await serve((request, response) => {
      if (request.url === "/e-1/events") return response.writeHead(404).end();
      times.push(performance.now());
      return response.end(JSON.stringify(STARTED));
    });
    const { stop } = follow(url);
    await new Promise((resolve) => setTimeout(resolve, 600));
    stop();
    // A question that was already on its way may still arrive.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const count = times.length;
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(30);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(times).toHaveLength(count);
  });
});
