// Whose word about where a request comes from is believed: at most one entry of a proxy's on this computer, and what the
// proxies say that the settings name.

import express from "express";
import { expect, test } from "vitest";
import { trustProxies } from "../../../server/http/trust-proxies.ts";
import { networkList } from "../../../shared/settings-parts.ts";
import { rawRequest } from "../../helpers/raw-http.ts";

const judging = (namesClients: boolean) => () => ({ namesClients, tellsLocal: true });

test.each([
  [
    "the last entry, not what the client wrote before it",
    true,
    "",
    "198.51.100.7, 203.0.113.9",
    "203.0.113.9",
  ],
  ["a client that calls itself this computer", true, "", "203.0.113.9, 127.0.0.1", "127.0.0.1"],
  ["nobody where nothing names clients", false, "", "203.0.113.9", "127.0.0.1"],
  ["the connection where nothing was added", true, "", undefined, "127.0.0.1"],
  [
    "whom the settings name, proven or not",
    false,
    "10.0.0.0/8,127.0.0.1",
    "198.51.100.7, 203.0.113.9",
    "203.0.113.9",
  ],
  ["a chain of those", false, "127.0.0.1, 10.0.0.0/8", "203.0.113.9, 10.1.2.3", "203.0.113.9"],
] as const)("%s", async (_name, namesClients, trusted, forwarded, ip) => {
  const app = express();
  app.set(
    "trust proxy",
    trustProxies(judging(namesClients), () => trusted),
  );
  app.get("/", (request, response) => void response.json({ ip: request.ip }));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  const answer = await rawRequest(`http://127.0.0.1:${port}`, "/", { headers });
  expect(JSON.parse(answer.body.toString())).toEqual({ ip });
  await new Promise((resolve) => server.close(resolve));
});

test("a proxy on another computer, or a container's bridge, is believed once the settings name it", () => {
  let trusted = "";
  const trusts = trustProxies(judging(true), () => trusted);
  const addresses = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "172.17.0.1", "::ffff:172.17.0.1"];
  const believed = () => addresses.map((address) => trusts(address, 0));
  expect(believed()).toEqual([true, true, true, false, false]);
  trusted = "172.17.0.0/16";
  expect(believed()).toEqual([true, true, true, true, true]);
  expect(trusts("127.0.0.1", 1)).toBe(false);
});

test.each([
  ["", true],
  ["172.17.0.1", true],
  ["172.17.0.0/16, fd00::/8", true],
  ["loopback", false],
  ["172.17.0.0/33", false],
  ["10.0.0.1,", false],
])("networks as they are entered: %j", (text, fits) => {
  expect(networkList.safeParse(text).success).toBe(fits);
});
