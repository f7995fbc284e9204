// Where an event may go, and what one try comes to; over real sockets, with name look-ups the test scripts.
import type { LookupAddress } from "node:dns";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../server/base/clock.ts";
import { isPrivateAddress } from "../../../server/base/private-address.ts";
import { guardedLookup, type Reach, type Resolve } from "../../../server/webhooks/fan-out/guarded-lookup.ts";
import { createPostEvent, type EventToPost } from "../../../server/webhooks/fan-out/post-event.ts";
import { shareLookups } from "../../../server/webhooks/fan-out/share-lookups.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

const resolveTo =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

const event = (url: string, allowPrivate = false): EventToPost => ({
  url,
  allowPrivate,
  headers: { "content-type": "application/json" },
  body: Buffer.from("{}"),
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => server.closeAllConnections());
  return `http://127.0.0.1:${await listen(server)}/hooks`;
}

const post = createPostEvent({ clock: systemClock, resolve: resolveTo("127.0.0.1") });

describe("an address", () => {
  const PRIVATE = [
    "0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1",
    "172.31.255.255 192.0.0.8 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.2.3",
    "240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::127.0.0.1 64:ff9b::7f00:1",
    "100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1",
  ]
    .join(" ")
    .split(" ");
  const PUBLIC = [
    "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.0.1",
    "172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255",
    "2606:4700:4700::1111 2a00:1450:4001:82a::200e 2400:cb00::1",
  ]
    .join(" ")
    .split(" ");
  it.each(PRIVATE)("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(PUBLIC)("%s is public", (address) => expect(isPrivateAddress(address)).toBe(false));
  it("that is none counts as private", () => expect(isPrivateAddress("example.com")).toBe(true));
});

describe("a private address", () => {
  it.each([
    "https://127.0.0.1",
    "https://2130706433",
    "https://0x7f000001",
    "https://0177.0.0.1",
    "https://127.1",
    "https://[::1]",
    "https://[::ffff:127.0.0.1]",
    "https://[::ffff:7f00:1]",
    "https://169.254.169.254",
    "https://100.64.0.1",
    "https://１２７.0.0.1",
    "https://target.example",
  ])("spelt as %s is not knocked at", async (origin) => {
    let knocked = 0;
    const door = createTcpServer((socket) => {
      knocked += 1;
      socket.destroy();
    });
    const port = await listen(door);
    const outcome = await post(event(`${origin}:${port}/hooks`));
    expect(outcome).toMatchObject({ delivered: false, status: null });
    expect(outcome.sentence).toContain("leads into a private network");
    expect(knocked).toBe(0);
  });

  it("among a name's public ones refuses the name", async () => {
    const mixed = createPostEvent({ clock: systemClock, resolve: resolveTo("1.1.1.1", "10.0.0.5") });
    expect((await mixed(event("https://target.example"))).sentence).toContain("10.0.0.5");
  });

  it("is reached where the admin allows it, plain http only on this machine", async () => {
    const url = await serve((_request, response) => void response.end());
    expect(await post(event(url, true))).toMatchObject({ delivered: true, status: 200 });
    expect((await post(event("http://10.0.0.1:1/", true))).sentence).toContain("Without https");
    const elsewhere = createPostEvent({ clock: systemClock, resolve: resolveTo("10.0.0.1") });
    expect((await elsewhere(event("http://localhost:1/", true))).sentence).toContain("Without https");
  });
});

describe("a name that answers otherwise the second time", () => {
  const lookUp = (resolve: Resolve, reach: Reach, all: boolean): Promise<unknown> =>
    new Promise((found, failed) =>
      guardedLookup(resolve, reach)("rebind.example", { all }, (error, address) =>
        error ? failed(error) : found(address),
      ),
    );

  it("is connected to at the address that was checked, and checked at every connection", async () => {
    const script = ["93.184.216.34", "127.0.0.1"];
    const resolve: Resolve = async (): Promise<LookupAddress[]> => [
      { address: script.shift() ?? "127.0.0.1", family: 4 },
    ];
    expect(await lookUp(resolve, "public", true)).toEqual([{ address: "93.184.216.34", family: 4 }]);
    await expect(lookUp(resolve, "public", false)).rejects.toThrow("127.0.0.1");
  });

  it("is asked once per try", async () => {
    const asked: string[] = [];
    const url = new URL(await serve((_request, response) => void response.end()));
    const resolve: Resolve = async (hostname) => {
      asked.push(hostname);
      return [{ address: asked.length === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    };
    const once = createPostEvent({ clock: systemClock, resolve });
    url.hostname = "localhost";
    expect(await once(event(url.href, true))).toMatchObject({ delivered: true });
    expect(asked).toEqual(["localhost"]);
  });
});

it("names are looked up one at a time each, and anew afterwards", async () => {
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const shared = shareLookups((hostname) => {
    asked.push(hostname);
    return new Promise((found) => waiting.push(() => found([{ address: "1.1.1.1", family: 4 }])));
  });
  const answers = Promise.all([shared("a"), shared("a"), shared("b"), shared("a")]);
  expect(asked).toEqual(["a", "b"]);
  for (const answer of waiting) answer();
  expect((await answers).flat()).toHaveLength(4);
  void shared("a");
  expect(asked).toEqual(["a", "b", "a"]);
});

describe("one try", () => {
  it("does not follow redirects", async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect(await post(event(url, true))).toMatchObject({ delivered: false, status: 302 });
    expect(asked).toEqual(["/hooks"]);
  });

  it("gives up after 15 seconds, whether nothing is accepted, answered or looked up", async () => {
    const url = await serve(() => undefined);
    for (const resolve of [resolveTo("127.0.0.1"), () => new Promise<never>(() => undefined)]) {
      const clock = createFakeClock();
      const outcome = createPostEvent({ clock, resolve })(event(url.replace("127.0.0.1", "localhost"), true));
      await clock.advance(14_999);
      expect(await Promise.race([outcome, clock.settle()])).toBeUndefined();
      await clock.advance(1);
      expect((await outcome).sentence).toBe("It did not answer within 15 seconds.");
    }
  });

  it("takes the status although the body never ends or is endless", async () => {
    const drips = await serve((_request, response) => void response.writeHead(200).write("x"));
    const clock = createFakeClock();
    const slow = createPostEvent({ clock, resolve: resolveTo("127.0.0.1") })(event(drips, true));
    await new Promise((later) => setTimeout(later, 100));
    await clock.advance(15_000);
    expect(await slow).toMatchObject({ delivered: true, status: 200 });
    let sent = 0;
    const endless = await serve((_request, response) => {
      response.writeHead(202);
      const more = (): void => {
        if (response.destroyed) return;
        sent += 65_536;
        if (response.write(Buffer.alloc(65_536))) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    });
    expect(await post(event(endless, true))).toMatchObject({ delivered: true, status: 202 });
    expect(sent).toBeLessThan(20_000_000);
  });

  it("says in words what went wrong", async () => {
    const closes = await listen(createTcpServer((socket) => void socket.on("data", () => socket.destroy())));
    const talks = await listen(createTcpServer((socket) => void socket.end("no http\r\n\r\n")));
    const outcome = (port: number, scheme = "http") =>
      post(event(`${scheme}://127.0.0.1:${port}/`, true)).then(({ sentence }) => sentence);
    expect(await outcome(closes)).toContain("closed the connection");
    expect(await outcome(talks)).toContain("not HTTP");
    expect(await outcome(talks, "https")).toContain("certificate");
    expect(await outcome(1)).toContain("connection refused");
    const nobody = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
    const lost = createPostEvent({ clock: systemClock, resolve: () => Promise.reject(nobody) });
    expect((await lost(event("https://nobody.example/"))).sentence).toBe("Its name could not be found.");
  });

  it("ends at once when the gateway stops, and counts as nothing", async () => {
    const url = await serve(() => undefined);
    const stop = new AbortController();
    const outcome = post(event(url, true), stop.signal);
    setTimeout(() => stop.abort(new Error("stopping")), 50);
    await expect(outcome).rejects.toThrow("stopping");
  });
});
