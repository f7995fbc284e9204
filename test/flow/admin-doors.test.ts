// The console's door: this computer only, with the token or its cookie; and nothing of it on the public listener.

import { statSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorBodySchema } from "../../shared/integration.schema.ts";
import { type RawRequest, rawRequest } from "../helpers/raw-http.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const API = ["/api/status", "/api/engagements", "/api/journal", "/api/stream", "/api/doctor", "/api/lanes"];
const withToken = (more: Readonly<Record<string, string>> = {}): RawRequest => ({
  headers: { authorization: `Bearer ${world.adminToken}`, ...more },
});
const admin = (path: string, given: RawRequest = {}) => rawRequest(world.adminUrl, path, given);
const codeOf = (body: Buffer): string => errorBodySchema.parse(JSON.parse(body.toString())).error.code;

test("nothing of the console answers on the public listener, token or not", async () => {
  for (const path of [...API, "/", `/?token=${world.adminToken}`, "/index.html", "/admin.js", "/api/setup"]) {
    const answer = await rawRequest(world.url, path, withToken());
    expect([path, answer.status, codeOf(answer.body)]).toEqual([path, 404, "not_found"]);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  }
});

test("nothing of the public listener answers on the console's", async () => {
  const paths = [
    "/integration/followupboss/embed",
    "/integration/start",
    "/start",
    "/openapi.json",
    "/health",
  ];
  for (const path of paths) expect((await admin(path, withToken())).status).toBe(404);
});

describe("the API", () => {
  test.each(API)("%s wants the token", async (path) => {
    for (const given of [
      {},
      { headers: { authorization: "Bearer wrong" } },
      { headers: { cookie: `aventora_console=${world.adminToken}` } },
      { headers: { cookie: "aventora_console=" } },
    ]) {
      const answer = await admin(path, given);
      expect([answer.status, codeOf(answer.body)]).toEqual([401, "unauthorized"]);
    }
    // Not in the address: addresses are kept in histories.
    expect((await admin(`${path}?token=${world.adminToken}`)).status).toBe(401);
  });

  test("another Host is refused, with the right token too", async () => {
    for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1"]) {
      const answer = await admin("/api/status", withToken({ host }));
      expect([host, answer.status, codeOf(answer.body)]).toEqual([host, 403, "forbidden"]);
    }
    for (const host of ["localhost", "127.0.0.1:8011", "[::1]:8011"])
      expect((await admin("/api/status", withToken({ host }))).status).toBe(200);
  });

  test("another page's Origin is refused", async () => {
    const own = new URL(world.adminUrl).host;
    for (const origin of ["https://evil.example", "null", world.url, `https://${own}`]) {
      const answer = await admin("/api/status", withToken({ origin }));
      expect([origin, answer.status, codeOf(answer.body)]).toEqual([origin, 403, "forbidden"]);
    }
    expect((await admin("/api/status", withToken({ host: own, origin: `http://${own}` }))).status).toBe(200);
    for (const site of ["cross-site", "same-site"])
      expect((await admin("/api/status", withToken({ "sec-fetch-site": site }))).status).toBe(403);
  });

  test("answers carry the console's own headers", async () => {
    const { headers, status } = await admin("/api/status", withToken());
    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("what is asked wrongly is told, not broken", async () => {
    for (const path of [
      "/api/engagements?limit=x",
      "/api/journal?limit=0",
      "/api/journal?since=yesterday",
      "/api/journal?severity=a",
    ])
      expect([path, (await admin(path, withToken())).status]).toEqual([path, 400]);
    const body = JSON.stringify({ tenants: [{ domain_name: "fub-test", colour: "red" }] });
    const wrong = await admin("/api/setup", {
      method: "POST",
      headers: { ...withToken().headers, "content-type": "application/json" },
      body,
    });
    expect(wrong.status).toBe(400);
    expect(JSON.parse(wrong.body.toString()).error.details).toEqual([
      { path: "tenants[0].colour", message: "unknown field" },
    ]);
    expect((await admin("/api/nothing", withToken())).status).toBe(404);
    for (const path of ["/%E0%A4%A", "/..%2f..%2fpackage.json", "/%00", "/../package.json"])
      expect([path, codeOf((await admin(path, withToken())).body)]).toEqual([
        path,
        expect.stringMatching(/^not_found|invalid_request$/),
      ]);
  });
});

describe("the printed address", () => {
  test("swaps its token for a cookie scripts cannot read, and the cookie opens the console", async () => {
    const answer = await admin(`/?token=${world.adminToken}`);
    expect([answer.status, answer.headers.location]).toEqual([303, "/"]);
    const [cookie = ""] = answer.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/; HttpOnly(;|$)/);
    expect(cookie).toMatch(/; SameSite=Strict(;|$)/);
    expect(cookie).not.toContain(world.adminToken);
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    const value = cookie.split(";")[0] ?? "";
    expect((await admin("/api/status", { headers: { cookie: `other=1; ${value}` } })).status).toBe(200);
    const page = await admin("/", { headers: { cookie: value } });
    expect(page.headers["content-type"]).toContain("text/html");
  });

  test("with another token opens nothing", async () => {
    for (const token of ["", "wrong", `${world.adminToken}x`]) {
      const answer = await admin(`/?token=${token}`);
      expect([answer.status, answer.headers["set-cookie"]]).toEqual([401, undefined]);
    }
  });

  test("keeps its token in a file only this user reads", () => {
    if (process.platform === "win32") return;
    expect(statSync(join(world.dataDir, "admin-token")).mode & 0o777).toBe(0o600);
  });
});

test("the stream sends what happens, and ends with the gateway", async () => {
  const { hostname, port } = new URL(world.adminUrl);
  const headers = { authorization: `Bearer ${world.adminToken}` };
  const chunks: string[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    const sent = request({ hostname, port, path: "/api/stream", headers }, (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => chunks.push(chunk));
      response.on("close", resolve);
    });
    sent.on("error", reject);
    sent.end();
  });
  while (chunks.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await fetch(`${world.url}/integration/followupboss/embed`);
  while (!chunks.join("").includes("embed.unauthorized"))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await world.gateway.stop();
  await ended;
});
