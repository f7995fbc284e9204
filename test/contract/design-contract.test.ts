// The command line as the design promises it to other programs: ready line, signals, exit codes, sentences, one owner of a folder.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CliRoom, openCliRoom } from "../helpers/run-gateway-cli.ts";

const FREE = ["--port", "0", "--admin-port", "0"];
let room: CliRoom;
beforeEach(() => {
  room = openCliRoom();
});
afterEach(() => room.close());

/** A port somebody else listens on until the test is over. */
async function takenPort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, free: () => new Promise((resolve) => server.close(() => resolve())) };
}
async function freePort(): Promise<number> {
  const { port, free } = await takenPort();
  await free();
  return port;
}
const sentencesOf = (stderr: string): string[] =>
  stderr.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
const portOf = (url: string): number => Number(new URL(url).port);

describe("serve", () => {
  test("prints one JSON line when it listens, and nothing else on stdout", async () => {
    const serving = await room.serve();
    expect(Object.keys(JSON.parse(serving.line))).toEqual(["event", "publicUrl", "adminUrl"]);
    expect(JSON.parse(serving.line)).toEqual({
      event: "ready",
      publicUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      adminUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32,}$/),
    });
    expect((await fetch(`${serving.publicUrl}/ready`)).status).toBe(200);
    expect((await fetch(serving.adminUrl, { redirect: "manual" })).status).toBe(303);
    serving.kill("SIGTERM");
    const { code, stdout } = await serving.finished;
    expect([code, stdout]).toEqual([0, `${serving.line}\n`]);
    expect(readdirSync(room.dataDir)).not.toContain("running.json");
  });

  test("stops cleanly on SIGINT too, with an open stream, and starts again on the same folder", async () => {
    const first = await room.serve();
    const token = new URL(first.adminUrl).searchParams.get("token") ?? "";
    const stream = await fetch(`${new URL(first.adminUrl).origin}/api/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    first.kill("SIGINT");
    expect((await first.finished).code).toBe(0);
    await stream.text().catch(() => undefined);
    const second = await room.serve();
    expect(new URL(second.adminUrl).searchParams.get("token")).toBe(token);
  });

  test("a port in use: not zero, and one sentence that names it", async () => {
    const taken = await takenPort();
    for (const ports of [
      ["--port", String(taken.port), "--admin-port", "0"],
      ["--port", "0", "--admin-port", String(taken.port)],
    ]) {
      const { code, stdout, stderr } = await room.run(["serve", ...ports]);
      expect(code).toBe(1);
      expect(stdout).toBe("");
      expect(sentencesOf(stderr)).toEqual([
        expect.stringMatching(new RegExp(`^Port ${taken.port} .*in use.*\\.$`)),
      ]);
    }
    await taken.free();
    // Nothing stayed locked.
    await room.serve();
  });

  test("a second one on the same folder is refused, and the first goes on", async () => {
    const first = await room.serve();
    const { code, stderr } = await room.run(["serve", ...FREE]);
    expect(code).toBe(1);
    expect(sentencesOf(stderr)).toEqual([expect.stringContaining("already using the data folder")]);
    expect((await fetch(`${first.publicUrl}/health`)).status).toBe(200);
  });

  test("after kill -9 the folder is free at once", async () => {
    const first = await room.serve();
    first.kill("SIGKILL");
    await first.finished;
    await room.serve();
  });

  test.each([
    ["a port that is none", ["--port", "eighty"], {}, "--port"],
    ["a variable that cannot be used", FREE, { SIMULATOR_SPEED: "fast" }, "SIMULATOR_SPEED"],
    ["a log level there is none of", FREE, { LOG_LEVEL: "loud" }, "LOG_LEVEL"],
    ["an address in clear text", FREE, { SERVER_URL: "http://gw.example.com" }, "SERVER_URL"],
    ["a database it cannot use", FREE, { DATABASE_URL: "postgres://me:hunter22@db/x" }, "DATABASE_URL"],
    ["an unknown option", ["--prot", "1"], {}, "--prot"],
  ])("%s: not zero, and named", async (_what, args, environment, named) => {
    const { code, stdout, stderr } = await room.run(["serve", ...args], { environment });
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe("");
    expect(stderr).toContain(named);
    if (code === 1) expect(sentencesOf(stderr)).toHaveLength(1);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
  });

  test("a data folder that is a file: not zero, and one sentence", async () => {
    const environment = { GATEWAY_DATA_DIR: room.fileWith("not a folder") };
    const { code, stderr } = await room.run(["serve", ...FREE], { environment, noFolder: true });
    expect([code, sentencesOf(stderr)]).toEqual([
      1,
      [expect.stringMatching(/data folder .* cannot be used/)],
    ]);
  });

  test("settings nobody can read: not zero, and one sentence", async () => {
    mkdirSync(room.dataDir, { recursive: true });
    const newer = {
      format: 99,
      generation: 1,
      saved_at: "2030-01-01T00:00:00Z",
      checksum: "x",
      settings: {},
    };
    writeFileSync(join(room.dataDir, "settings.json"), JSON.stringify(newer));
    const { code, stderr } = await room.run(["serve", ...FREE]);
    expect(code).toBe(1);
    expect(sentencesOf(stderr)).toHaveLength(1);
  });

  test("flag over environment over file", async () => {
    const [inFile, inEnvironment, inFlag] = [await freePort(), await freePort(), await freePort()];
    const file = room.fileWith({ platform: { PORT: inFile, ADMIN_PORT: await freePort() } });
    expect((await room.run(["apply", file])).code).toBe(0);
    for (const [args, environment, port] of [
      [[], {}, inFile],
      [[], { PORT: String(inEnvironment) }, inEnvironment],
      [["--port", String(inFlag)], { PORT: String(inEnvironment) }, inFlag],
    ] as const) {
      const serving = await room.serve(args, { environment });
      expect(portOf(serving.publicUrl)).toBe(port);
      serving.kill("SIGTERM");
      await serving.finished;
    }
    // The folder may be named by the environment as well.
    const environment = { GATEWAY_DATA_DIR: room.dataDir, HOST: "localhost" };
    const serving = await room.serve([], { environment, noFolder: true });
    expect(portOf(serving.publicUrl)).toBe(inFile);
  });
});

describe("doctor, journal and what there is not", () => {
  test("doctor says what is missing on an empty folder, and ends with 1", async () => {
    const { code, stdout } = await room.run(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/BAD .*FUB_SYSTEM_KEY/);
    expect(readdirSync(room.dataDir)).toEqual([]);
  });

  test("journal of an empty folder, and a filter that cannot be read", async () => {
    expect(await room.run(["journal"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no journal"),
    });
    const { code, stderr } = await room.run(["journal", "--since", "yesterday"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("since")]);
  });

  test("journal of a damaged database: not zero, and one sentence", async () => {
    writeFileSync(join(room.dataDir, "gateway.db"), "This is no database. ".repeat(40));
    const { code, stderr } = await room.run(["journal"]);
    expect([code, sentencesOf(stderr)]).toEqual([1, [expect.stringMatching(/could not be opened/)]]);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
  });

  test("help, no command, an unknown one", async () => {
    expect(await room.run(["--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("apply <setup.json>"),
    });
    expect((await room.run([])).code).toBe(2);
    expect(await room.run(["sing"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("“sing”"),
    });
  });
});
