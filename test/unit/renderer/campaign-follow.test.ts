// The campaign page's talk with the gateway over real sockets: results are neither lost nor asked for too often.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createCampaignApi } from "../../../renderer/campaign/campaign-api.ts";
import { followCampaign } from "../../../renderer/campaign/follow-campaign.ts";
import type { Campaign, CampaignPerson } from "../../../shared/campaign.schema.ts";
import { DONE, RUNNING, result } from "../../e2e/campaign-samples.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
const FAST = { silence: 1_500, reconnect: 10, firstPoll: 10, lastPoll: 80 };

async function follow(listener: RequestListener) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api = createCampaignApi(
    (path, request) => fetch(`${url}/${path}`, request),
    async () => undefined,
  );
  const seen: string[] = [];
  const stop = followCampaign("b-1", {
    api,
    onCampaign: ({ status, done }) => seen.push(`${status} ${done}`),
    onResults: (people) => seen.push(people.map(({ name }) => name).join(",")),
    onTrouble: (failure, final) => failure && seen.push(`${final ? "final " : ""}${failure.code}`),
    timing: FAST,
  });
  return { seen, stop };
}
const campaignEvent = (data: Campaign): string => `event: campaign\ndata: ${JSON.stringify(data)}\n\n`;
const resultsEvent = (data: readonly CampaignPerson[]): string =>
  `event: results\ndata: ${JSON.stringify(data)}\n\n`;
const json = (body: unknown): string => JSON.stringify(body);
const settled = (seen: readonly string[], last: string) =>
  expect.poll(() => seen.at(-1), { timeout: 15_000 }).toBe(last);

describe("following a campaign", () => {
  it("takes counts and results from the stream, and the results from before it", async () => {
    const asked: string[] = [];
    const { seen, stop } = await follow((request, response) => {
      asked.push(request.url ?? "");
      if (request.url !== "/b-1/events") {
        response.end(
          json({ people: [result(5, { name: "Before", at: "2026-01-01T00:00:00.000Z" })], next: null }),
        );
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(campaignEvent(RUNNING));
      setTimeout(() => response.write(resultsEvent([result(6, { name: "Fresh" })])), 60);
    });
    await settled(seen, "Fresh");
    stop();
    expect(seen).toEqual(["running 3120", "Before", "Fresh"]);
    expect(asked).toEqual(["/b-1/events", "/b-1/people?state=done&order=latest"]);
  });

  it("shows the results of one that is over already, and asks no more", async () => {
    let streams = 0;
    const { seen } = await follow((request, response) => {
      if (request.url === "/b-1/events") {
        streams += 1;
        response.write(campaignEvent(DONE));
      } else response.end(json({ people: [result(1, { name: "Bo" })], next: null }));
    });
    await settled(seen, "Bo");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen[0]).toBe("completed 7815");
    expect(streams).toBe(1);
  });

  it("asks for results only when more are done where streams do not get through, and tries streams no more", async () => {
    let [reads, lists, streams] = [0, 0, 0];
    const { seen, stop } = await follow((request, response) => {
      if (request.url === "/b-1/events") {
        streams += 1;
        response.writeHead(502).end("<html>");
      } else if (request.url === "/b-1") {
        reads += 1;
        response.end(json({ ...RUNNING, done: reads < 6 ? 1 : 2 }));
      } else {
        lists += 1;
        response.end(json({ people: [], next: null }));
      }
    });
    await settled(seen, "running 2");
    stop();
    expect([lists, streams]).toEqual([2, 1]);
  });

  it("comes back to the stream after an outage, and ends for good when the session is over", async () => {
    let [streams, reads, expired] = [0, 0, false];
    const { seen } = await follow((request, response) => {
      if (expired) {
        response.writeHead(401).end(json({ error: { code: "session_expired", message: "Too long." } }));
      } else if (request.url === "/b-1/events") {
        streams += 1;
        if (streams === 2) return void response.writeHead(502).end();
        response.write(campaignEvent({ ...RUNNING, done: streams }));
        setTimeout(() => response.destroy(), 150);
        expired = streams === 3;
      } else if (request.url === "/b-1") {
        reads += 1;
        if (reads === 1) response.writeHead(502).end();
        else response.end(json(RUNNING));
      } else response.end(json({ people: [], next: null }));
      return undefined;
    });
    await settled(seen, "final session_expired");
    expect(streams).toBe(3);
    expect(seen).toContain("unreachable");
    expect(seen).toContain("running 3");
  });
});
