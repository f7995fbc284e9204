// That tests reach nobody is itself tested: whatever way out is tried, it is refused, written down, and fails the test.
import { execFile } from "node:child_process";
import { lookup } from "node:dns/promises";
import { createServer, connect as openHttp2 } from "node:http2";
import { type AddressInfo, connect } from "node:net";
import { connect as openTls } from "node:tls";
import { promisify } from "node:util";
import axios from "axios";
import { expect, test } from "vitest";
import { requireHome, stayHome, takeOutgoing } from "../helpers/outgoing-report.ts";

/** Addresses set aside for documentation (RFC 5737, RFC 3849): were one reached after all, nobody is there. */
const [V4, V6] = ["192.0.2.1", "2001:db8::1"];

const failureOf = (emitter: { once(event: "error", act: (error: Error) => void): unknown }) =>
  new Promise<string>((found) => emitter.once("error", ({ message }) => found(message)));

test.each<[string, () => Promise<unknown>, string]>([
  ["fetch", () => fetch(`http://${V4}/`), `a connection to ${V4}:80`],
  ["fetch of a real host", () => fetch("https://api.twilio.com/x"), "a connection to api.twilio.com:443"],
  ["axios", () => axios.get(`http://${V4}:8080/`), `a connection to ${V4}:8080`],
  ["a question for an address", () => lookup("aventora.ai"), "a question for the address of aventora.ai"],
])("%s is refused and fails the test", async (_way, attempt, what) => {
  await expect(attempt()).rejects.toThrow();
  expect(requireHome).toThrow(`Tests must not leave this machine, but there was ${what}`);
  expect(takeOutgoing()).toEqual([]);
});

test("sockets of every kind are refused alike, this machine is not", async () => {
  const failures = await Promise.all([
    failureOf(connect(25, V4)),
    failureOf(connect({ host: V6, port: 993 })),
    failureOf(openTls({ host: "imap.gmail.com", port: 993 })),
    failureOf(openHttp2(`http://${V4}:81`)),
  ]);
  for (const failure of failures) expect(failure).toContain("was refused: tests stay on this machine");
  expect(takeOutgoing().toSorted()).toEqual(
    [`${V4}:25`, `${V4}:81`, `${V6}:993`, "imap.gmail.com:993"]
      .map((end) => `a connection to ${end}`)
      .toSorted(),
  );
  const server = createServer({}).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  for (const host of ["127.0.0.1", "localhost"]) {
    const socket = connect(port, host);
    await new Promise((connected) => socket.once("connect", connected));
    socket.destroy();
  }
  server.close();
  await expect(lookup("no-such-host.invalid")).rejects.toThrow();
  expect(takeOutgoing()).toEqual([]);
});

test("who looks names up itself is held to what it found", async () => {
  const named = (address: string, port: number) =>
    connect({
      host: "name.example",
      port,
      lookup: (_host, _options, answer) => answer(null, [{ address, family: 4 }]),
    });
  expect(await failureOf(named(V4, 82))).toContain("was refused: tests stay on this machine");
  expect(takeOutgoing()).toEqual([`a connection to ${V4} (name.example)`]);
  expect(await failureOf(named("127.0.0.1", 1))).toContain("ECONNREFUSED");
  expect(takeOutgoing()).toEqual([]);
});

test("programs that tests start are held to it too", async () => {
  const script = `fetch("https://api.followupboss.com/v1/me").catch(() => {})`;
  const env = { PATH: process.env.PATH, ...stayHome() };
  const { stderr } = await promisify(execFile)(process.execPath, ["-e", script], { env });
  expect(stderr).toContain("A test tried to reach another machine");
  expect(takeOutgoing()).toEqual(["a connection to api.followupboss.com:443"]);
});
