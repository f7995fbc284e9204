// An own address (SERVER_URL) behind a proxy on this computer, set up well and badly: nobody outside passes for a program
// here, and who is refused often locks nobody out.
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../server/base/clock.ts";
import { TUNNEL_POLICY } from "../../server/tunnel/tunnel-state.ts";
import { type TunnelView, tunnelViewSchema } from "../../shared/console/tunnel.schema.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { rawRequest } from "../helpers/raw-http.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

/** What a proxy makes of X-Forwarded-For; `elsewhere`: it leads to another program. */
type Manner = "passes on" | "takes away" | "adds" | "elsewhere";

let world: TestWorld | undefined;
const closers: (() => void)[] = [];
afterEach(async () => {
  await world?.close();
  for (const close of closers.splice(0)) close();
});

/** As a bare `proxy_pass`: the Host is the gateway's own, and nothing tells that there is a proxy. */
async function openProxy(target: () => string): Promise<{ readonly url: string; manner: Manner }> {
  const proxy: { url: string; manner: Manner } = { url: "", manner: "passes on" };
  const server = createServer((asked, answer) => {
    if (proxy.manner === "elsewhere") return void answer.end("<h1>Welcome</h1>");
    const { "x-forwarded-for": before, ...headers } = asked.headers;
    const forwarded = { "passes on": before, "takes away": undefined, adds: `${before ?? ""}, 203.0.113.9` }[
      proxy.manner
    ];
    const { host, hostname, port } = new URL(target());
    const passed = request(
      {
        ...{ hostname, port, path: asked.url, method: asked.method },
        headers: { ...headers, host, ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }) },
      },
      (given) => void given.pipe(answer.writeHead(given.statusCode ?? 502, given.headers)),
    );
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(
    () => void server.closeAllConnections(),
    () => void server.close(),
  );
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

const start = (url: string, headers: Record<string, string> = {}) =>
  rawRequest(url, "/start", {
    method: "POST",
    headers: { "content-type": "application/json", host: new URL(url).host, ...headers },
    body: JSON.stringify({
      ...{ domain_name: "fub-test", phone_number: "+14165550142", channel: "phone", type: "informational" },
    }),
  });
const view = async (at: TestWorld): Promise<TunnelView> =>
  tunnelViewSchema.parse((await admin(at, "GET", "/tunnel")).body);
const firstTest = (at: TestWorld) =>
  waitFor("the first test", async () => (await view(at)).last_test ?? undefined);

test("without a key only a program on this computer starts outreach, and not where a proxy was seen to hide who asks", async () => {
  const started = await startTestWorld({ host: { tunnelPolicy: { ...TUNNEL_POLICY, answerMs: 3_000 } } });
  world = started;
  const key = started.setup.tenants?.[0]?.call_management_api_key ?? "";
  const proxy = await openProxy(() => started.url);
  expect((await start(started.url)).status).toBe(202);
  await started.gateway.apply({ platform: { SERVER_URL: proxy.url } });

  await firstTest(started);

  /** [outside, outside with words of its own, on this computer] and what the console says. */
  const asked = async (manner: Manner) => {
    proxy.manner = manner;
    await admin(started, "POST", "/tunnel/test");
    const answers = [
      await start(proxy.url),
      await start(proxy.url, { "x-forwarded-for": "127.0.0.1" }),
      await start(started.url),
    ];
    const { trouble, last_test } = await view(started);
    return { statuses: answers.map(({ status }) => status), trouble: trouble?.code, ok: last_test?.ok };
  };
  expect(await asked("passes on")).toEqual({
    statuses: [401, 401, 401],
    trouble: "clients_unnamed",
    ok: true,
  });
  const told = (await start(started.url)).body.toString();
  expect(told).toMatch(/Send the brokerage's call_management_api_key .* from this computer as well/);
  expect((await start(started.url, { authorization: `Bearer ${key}` })).status).toBe(202);
  expect(await asked("takes away")).toEqual({
    statuses: [401, 401, 401],
    trouble: "clients_unnamed",
    ok: true,
  });
  expect(await asked("adds")).toEqual({ statuses: [401, 401, 202], trouble: undefined, ok: true });
  // Another program answers where the gateway should: nobody outside comes here by it.
  expect(await asked("elsewhere")).toEqual({ statuses: [200, 200, 202], trouble: "foreign", ok: false });
  // What was seen of a proxy holds while it leads elsewhere: it may lead here again at any time.
  expect(await asked("takes away")).toMatchObject({ statuses: [401, 401, 401] });
  expect(await asked("elsewhere")).toEqual({ statuses: [200, 200, 401], trouble: "foreign", ok: false });
  expect((await view(started)).trouble?.sentence).toContain("call-management key to start outreach");
  expect(await asked("adds")).toMatchObject({ statuses: [401, 401, 202] });
  await started.gateway.apply({ platform: { SERVER_URL: "" } });
  expect((await start(started.url)).status).toBe(202);
});

test("an address is asked by itself as soon as it is set; one that does not answer has shown nothing", async () => {
  const started = await startTestWorld();
  world = started;
  const proxy = await openProxy(() => started.url);
  await started.gateway.apply({ platform: { SERVER_URL: proxy.url } });
  await firstTest(started);
  expect((await start(started.url)).status).toBe(401);
  await started.gateway.apply({ platform: { SERVER_URL: "https://gateway.example.com" } });
  await firstTest(started);
  expect((await start(started.url)).status).toBe(202);
  // As in the demo: nothing stands in front of the gateway's own port.
  await started.gateway.apply({ platform: { SERVER_URL: started.url } });
  expect((await firstTest(started)).ok).toBe(true);
  expect((await start(started.url)).status).toBe(202);
  expect((await view(started)).trouble).toBeNull();
});

test("a stranger's wrong keys keep nobody out who shares the address", async () => {
  // However slow the machine is: all within the same minute.
  const started = await startTestWorld({ clock: { ...systemClock, monotonic: () => 1_000 } });
  world = started;
  const key = started.setup.tenants?.[0]?.call_management_api_key ?? "";
  const look = async (bearer: string) => {
    const headers = { authorization: `Bearer ${bearer}` };
    return (await rawRequest(started.url, "/integration/engagements/x", { headers })).status;
  };
  for (let sent = 0; sent < 600; sent += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => look(`guess-${sent + index}`)));
  const account = started.sandbox.fub.account("fub-test");
  expect([await look("guess"), await look(key)]).toEqual([429, 404]);
  const page = { account, userId: 1, personId: 101 };
  expect((await openSigned(started.url, page)).model.state).toBe("ready");
  const forged = await (
    await fetch(`${started.url}/integration/followupboss/embed?context=e30&signature=00`)
  ).text();
  expect(forged).toContain("Too many pages were refused");
  const refusals = await admin<{ entries: unknown[] }>(started, "GET", "/journal?event=embed.unauthorized");
  expect(refusals.body.entries).toEqual([]);
});
