// The container without a container engine: what its file copies is there, and what it runs does what it says in a folder laid
// out the same way.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { NATIVE_PARTS } from "../../main/packing/program-builds.ts";
import { aboutSchema } from "../../shared/about.schema.ts";
import { askConsole } from "../helpers/console-client.ts";
import { readContainerfile, type Stage } from "../unit/service/read-containerfile.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(ROOT, "main/service", file), "utf8");
const [build, image] = readContainerfile(read("Containerfile")) as [Stage, Stage];

test("every source it copies is in the repository and let through to the build", () => {
  const let_in = read("Containerfile.dockerignore")
    .split("\n")
    .flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
  const sources = [build, image].flatMap(({ copies }) =>
    copies.filter(({ from }) => from === null).flatMap((copy) => copy.sources),
  );
  expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  expect(sources.filter((source) => !let_in.includes(source))).toEqual([]);
  expect(let_in.filter((source) => !sources.includes(source))).toEqual([]);
  expect(read("Containerfile.dockerignore")).toMatch(/^\*$/m);
});

test("what the image takes from the build, the build has", () => {
  // By `npm ci` and `npm run build`.
  const made = [...build.copies.flatMap(({ sources }) => sources), "node_modules/", "dist/"];
  const taken = image.copies.filter(({ from }) => from === build.name).flatMap(({ sources }) => sources);
  const missing = taken
    .map((path) => path.replace("/app/", ""))
    .filter((path) => !made.some((one) => path === one || (one.endsWith("/") && path.startsWith(one))));
  expect(missing).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  const named = build.runs.join("\n").matchAll(/npm run (\w+)/g);
  for (const [, script = ""] of named) expect(Object.keys(scripts)).toContain(script);
  expect([build.base, image.base]).toEqual(["node:24-slim", "node:24-slim"]);
  expect(image.user).toBe("node");
});

test("laid out like the image it serves, tells its health and what it is made of, and keeps the console to itself", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gateway-image-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const app = join(folder, "app");
  mkdirSync(app);
  for (const { sources, to } of image.copies)
    for (const source of sources) {
      const name = source.replace("/app/", "");
      cpSync(join(ROOT, name), join(app, to === "./" ? name : to), { recursive: true });
    }
  writeFileSync(join(folder, "key"), "a container's secret\n");
  const port = String(await freePort());
  const environment = {
    ...image.environment,
    PATH: `${join(ROOT, "node_modules/.bin")}:${process.env.PATH ?? ""}`,
    GATEWAY_DATA_DIR: join(folder, "data"),
    GATEWAY_VAULT_KEY_FILE: join(folder, "key"),
    PORT: port,
    ADMIN_PORT: "0",
  };
  const healthy = (): number | null => {
    const [program = "", ...rest] = image.health;
    return spawnSync(program, rest, { env: environment }).status;
  };
  expect(healthy()).toBe(1);
  const [program = "", ...rest] = image.start;
  const child = spawn(program, rest, { cwd: app, env: environment, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { publicUrl, adminUrl } = JSON.parse(line) as { publicUrl: string; adminUrl: string };
  expect([new URL(publicUrl).port, new URL(adminUrl).hostname]).toEqual([port, "127.0.0.1"]);
  expect(healthy()).toBe(0);
  const token = new URL(adminUrl).searchParams.get("token") ?? "";
  const about = await askConsole(
    { adminUrl: new URL(adminUrl).origin, adminToken: token },
    aboutSchema,
    "/about",
  );
  expect(about.build?.version).toBe(about.version);
  expect(about.licences?.parts.length).toBeGreaterThan(100);
  // Its own copies: nothing outside the folder is found from there.
  const load = NATIVE_PARTS.map((part) => `await import(${JSON.stringify(part)});`).join(" ");
  const said = spawnSync(program, ["--input-type=module", "-e", load], {
    ...{ cwd: app, env: environment, encoding: "utf8" },
  });
  expect([said.status, said.stderr]).toEqual([0, ""]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
