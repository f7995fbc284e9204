// Programs that make tunnels, as real processes: they never outlive who runs them, whatever happens; a slow one that names
// its clients works; and an address is asked what really answers there.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createHealthProof } from "../../server/tunnel/prove-health.ts";
import { type ProgramExit, runProgram } from "../../server/tunnel/run-program.ts";
import { createAddressTest } from "../../server/tunnel/test-address.ts";
import { TUNNEL_POLICY } from "../../server/tunnel/tunnel-state.ts";
import { tunnelViewSchema } from "../../shared/console/tunnel.schema.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { freePort } from "../helpers/free-port.ts";
import { rawRequest } from "../helpers/raw-http.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const gone = (pids: readonly number[]) =>
  waitFor(`the end of ${pids.join(", ")}`, () => (pids.some(isAlive) ? undefined : true));
/** A program that starts another, tells both numbers, and goes on. */
const FAMILY = `const c = require("node:child_process").spawn("sleep", ["600"]); console.log(process.pid + " " + c.pid); setInterval(() => {}, 1000);`;
const STUBBORN = `process.on("SIGTERM", () => {}); ${FAMILY}`;

describe.skipIf(process.platform === "win32")("a program", () => {
  const run = (script: string) => {
    const lines: string[] = [];
    const exits: ProgramExit[] = [];
    const running = runProgram({
      program: process.execPath,
      args: ["-e", script, "$(touch /tmp/never); `id`"],
      env: {},
      platform: process.platform,
      onLine: (line) => lines.push(line),
      onExit: (exit) => exits.push(exit),
    });
    const pids = () => waitFor("its numbers", () => lines[0]?.split(" ").map(Number));
    return { running, lines, exits, pids };
  };

  test.each([
    ["and what it started end when it is stopped", FAMILY],
    ["that does not want to end is ended", STUBBORN],
  ])("%s", async (_name, script) => {
    const { running, pids, exits } = run(script);
    const family = await pids();
    expect(family.filter(isAlive)).toHaveLength(2);
    await running.stop();
    await gone([...family, running.pid ?? 0]);
    expect(exits).toHaveLength(1);
  });

  test("gets its arguments as they are, no input, and its lines are read whatever ends them", async () => {
    const script = `process.stdout.write("a\\rb\\r\\nc"); process.stderr.write(process.argv[1] + "\\n"); process.stdin.on("end", () => console.error("!end")).resume();`;
    const { lines, exits } = run(script);
    await waitFor("its end", () => exits[0]);
    await waitFor("its lines", () => (lines.length >= 5 ? true : undefined));
    expect(lines.toSorted()).toEqual(["!end", "$(touch /tmp/never); `id`", "a", "b", "c"].toSorted());
    expect(exits).toEqual([{ code: 0 }]);
  });

  test("that ends by itself, by a signal, or cannot run, tells which", async () => {
    const { exits } = run("process.exit(3)");
    expect(await waitFor("its end", () => exits[0])).toEqual({ code: 3 });
    const killed = run("process.kill(process.pid, 'SIGKILL')");
    expect(await waitFor("its end", () => killed.exits[0])).toEqual({ signal: "signal 9" });
    const none: ProgramExit[] = [];
    runProgram({
      program: "/nowhere/lt",
      args: [],
      env: {},
      platform: process.platform,
      onLine: () => {},
      onExit: (exit) => none.push(exit),
    });
    expect(await waitFor("its end", () => none[0])).toEqual({ code: 127 });
  });

  test("ends with who runs it, even when that is killed", async () => {
    const room = join(import.meta.dirname, "../../server/tunnel/run-program.ts");
    const keeper = `import { runProgram } from ${JSON.stringify(room)};
      runProgram({ program: process.execPath, args: ["-e", ${JSON.stringify(STUBBORN)}], env: {}, platform: process.platform, onLine: console.log, onExit: () => {} });`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", keeper], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
    const family = line.trim().split(" ").map(Number);
    expect(family.filter(isAlive)).toHaveLength(2);
    parent.kill("SIGKILL");
    await gone(family);
  });
});

describe("what answers at an address", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  const proof = createHealthProof({ key: "key of this run", newNonce: () => crypto.randomUUID() });
  const other = createHealthProof({ key: "key of another", newNonce: () => crypto.randomUUID() });
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const health =
    (
      by: typeof proof,
      forwarded: (given: string | undefined) => string | undefined = (given) => given,
    ): RequestListener =>
    (request, response) => {
      const nonce = new URL(request.url ?? "", "http://x").searchParams.get("nonce");
      const given = request.headers["x-forwarded-for"];
      // As through a tunnel: in by another port than the address names.
      const arrival = { forwardedFor: forwarded(String(given)), port: undefined };
      response.end(JSON.stringify({ status: "ok", proof: by.answer(nonce, arrival) }));
    };
  const ask = createAddressTest({ proof, fetch, limitMs: 400 });
  const isBrowser = (agent = ""): boolean => agent.startsWith("Mozilla/");

  test("this gateway, through what adds its client or not", async () => {
    const plain = await serve(health(proof));
    expect(await ask(plain)).toEqual({ url: plain, pageInFront: false, namesClients: false });
    const named = await serve(health(proof, (given) => `${given}, 203.0.113.9`));
    expect(await ask(named)).toMatchObject({ namesClients: true });
    const replaced = await serve(health(proof, () => "203.0.113.9"));
    expect(await ask(replaced)).toMatchObject({ namesClients: true });
  });

  test("a page of the tunnel's before the gateway's, shown to browsers only", async () => {
    const url = await serve((request, response) =>
      isBrowser(request.headers["user-agent"])
        ? response.writeHead(200, { "content-type": "text/html" }).end("<h1>You are about to visit…</h1>")
        : health(proof)(request, response),
    );
    expect(await ask(url)).toEqual({ url, pageInFront: true, namesClients: false });
  });

  test.each<[string, RequestListener, string, RegExp]>([
    ["another gateway", health(other), "foreign", /answered with status 200/],
    ["a gateway of before", (_request, response) => response.end('{"status":"ok"}'), "foreign", /status 200/],
    [
      "an echo",
      (request, response) => response.end(JSON.stringify({ proof: request.url })),
      "foreign",
      /status 200/,
    ],
    ["a web site", (_request, response) => response.end("<h1>Welcome</h1>"), "foreign", /status 200/],
    [
      "without end",
      (_request, response) => void setInterval(() => response.write("x".repeat(9_000)), 5).unref(),
      "foreign",
      /status 200/,
    ],
    [
      "elsewhere",
      (_request, response) => response.writeHead(302, { location: "https://example.com" }).end(),
      "not_passed",
      /status 302/,
    ],
    [
      "a tunnel with nothing behind",
      (_request, response) => response.writeHead(502).end("Bad gateway"),
      "not_passed",
      /status 502/,
    ],
    ["nothing in time", () => {}, "unreachable", /no answer in 0\.4 seconds/],
    ["a cut connection", (request) => request.socket.destroy(), "unreachable", /the connection was cut/],
  ])("%s", async (_name, listener, code, said) => {
    const found = await ask(await serve(listener));
    expect(found).toMatchObject({ code, sentence: expect.stringMatching(said) });
  });

  test("nobody", async () => {
    expect(await ask(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      code: "unreachable",
      sentence: expect.stringContaining("the connection was refused"),
    });
    expect(await ask("https://nobody.invalid")).toMatchObject({ code: "unreachable" });
  });
});

describe("a gateway behind a slow tunnel that names its clients", () => {
  let world: TestWorld | undefined;
  afterEach(() => world?.close());

  test("is reached, and tells programs of this computer from those outside", async () => {
    const script = join(import.meta.dirname, "../helpers/http-tunnel.ts");
    world = await startTestWorld({
      environment: { PATH: process.env.PATH ?? "" },
      host: { tunnelPolicy: { ...TUNNEL_POLICY, answerMs: 3_000 } },
      setup: (setup) => ({
        ...setup,
        platform: {
          ...setup.platform,
          tunnel: "command",
          tunnel_command: [process.execPath, script, "{host}", "{port}", "300"],
        },
      }),
    });
    const at = world;
    const view = await waitFor("the tunnel", async () => {
      const read = tunnelViewSchema.parse((await admin(at, "GET", "/tunnel")).body);
      return read.phase === "up" ? read : undefined;
    });
    // Where it forwards to was printed as well.
    expect(view.output.join()).toContain(`forwarding to ${at.url}`);
    expect(view.url).not.toBe(at.url);
    await admin(at, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
    at.sandbox.fub.addTag("fub-test", [107], "Aventora Call");
    await waitFor("the call", () =>
      at.sandbox.fub.account("fub-test").calls.length === 1 ? true : undefined,
    );

    const body = JSON.stringify({
      domain_name: "fub-test",
      phone: "+14165550101",
      channel: "phone",
      type: "informational",
    });
    const headers = { host: new URL(at.url).host, "content-type": "application/json" };
    const status = async (url: string) =>
      (await rawRequest(url, "/start", { method: "POST", headers, body })).status;
    expect(await status(view.url ?? "")).toBe(401);
    expect(await status(at.url)).not.toBe(401);
    const tested = await admin(at, "POST", "/tunnel/test");
    expect(tested.body).toMatchObject({ ok: true, url: view.url });
    // Whoever stops the tunnel's program in the settings has none left.
    await at.gateway.apply({ platform: { tunnel: "none" } });
    await waitFor("no answer", async () =>
      (await fetch(`${view.url}/health`).catch(() => undefined)) ? undefined : true,
    );
  });
});
