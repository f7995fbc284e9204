// Whose word about where a request comes from is believed: at most one entry, and only a proxy's on this computer.
import express from "express";
import { expect, test } from "vitest";
import { trustOneHop } from "../../../server/http/trust-one-hop.ts";
import { rawRequest } from "../../helpers/raw-http.ts";

test.each([
  ["the last entry, not what the client wrote before it", true, "198.51.100.7, 203.0.113.9", "203.0.113.9"],
  ["a client that calls itself this computer", true, "203.0.113.9, 127.0.0.1", "127.0.0.1"],
  ["nobody where nothing names clients", false, "203.0.113.9", "127.0.0.1"],
  ["the connection where nothing was added", true, undefined, "127.0.0.1"],
] as const)("%s", async (_name, namesClients, forwarded, ip) => {
  const app = express();
  app.set(
    "trust proxy",
    trustOneHop(() => ({ namesClients, tellsLocal: true })),
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

test("a proxy on another computer is not believed", () => {
  const trusts = trustOneHop(() => ({ namesClients: true, tellsLocal: true }));
  expect(["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.9"].map((address) => trusts(address, 0))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(trusts("127.0.0.1", 1)).toBe(false);
});
