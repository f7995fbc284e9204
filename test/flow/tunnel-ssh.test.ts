// A real tunnel (ssh -R to an sshd on this computer) in front of a real gateway: opened, cut, frozen, under another address
// at each start. What Follow Up Boss sends and what agents open comes through again without a person; nothing of the
// console ever does; and nothing is left running.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { TUNNEL_POLICY } from "../../server/tunnel/tunnel-state.ts";
import { type Home, homeSchema } from "../../shared/console/home.schema.ts";
import { type TunnelView, tunnelViewSchema } from "../../shared/console/tunnel.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { askAdmin, readJournal } from "../helpers/admin-client.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { freePort } from "../helpers/free-port.ts";
import { noSshd, openSshd, type Sshd } from "../helpers/open-sshd.ts";
import { rawRequest } from "../helpers/raw-http.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

const missing = noSshd();
if (missing !== undefined) process.stdout.write(`${missing}\n`);
const withSsh = test.skipIf(missing !== undefined);

/** A tenth of the product's patience and less, so that a test need not wait for minutes. */
const QUICK = {
  ...TUNNEL_POLICY,
  answerMs: 700,
  watchMs: 300,
  soon: { firstMs: 100, factor: 1.2, maxMs: 300 },
  again: { firstMs: 50, factor: 2, maxMs: 500 },
  mostUnreachable: 4,
};
const TAG = "Aventora Call";
const MARY = 107;

let sshd: Sshd;
let at: TestWorld | undefined;
beforeAll(async () => {
  if (missing === undefined) sshd = await openSshd();
});
afterAll(() => sshd?.close());
afterEach(async () => {
  await at?.close();
  at = undefined;
});

const pathOnly = { PATH: process.env.PATH ?? "" };
const start = (platform: Setup["platform"]): Promise<TestWorld> =>
  startTestWorld({
    environment: pathOnly,
    host: { tunnelPolicy: QUICK },
    setup: (setup) => ({ ...setup, platform: { ...setup.platform, ...platform } }),
  });
const read = async (world: TestWorld): Promise<TunnelView> =>
  tunnelViewSchema.parse((await admin(world, "GET", "/tunnel")).body);
const home = async (world: TestWorld): Promise<Home> =>
  homeSchema.parse((await admin(world, "GET", "/home")).body);
const up = (world: TestWorld, fits: (view: TunnelView) => boolean = () => true): Promise<TunnelView> =>
  waitFor("the tunnel", async () => {
    const view = await read(world);
    return view.phase === "up" && view.trouble === null && fits(view) ? view : undefined;
  });
const slotUrls = (world: TestWorld): string[] => [
  ...new Set(world.sandbox.fub.webhooks.map(({ url }) => new URL(url).origin)),
];
const calls = (world: TestWorld): number => world.sandbox.fub.account("fub-test").calls.length;

/** Processes of this computer whose command line has all these words; `program`: only those of that name. */
const running = (words: readonly string[], program = ""): number[] =>
  execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+) (.*)$/.exec(line))
    .filter((found) => found !== null)
    .filter(([, , args = ""]) => words.every((word) => args.includes(word)) && named(args, program))
    .map(([, pid]) => Number(pid));
const named = (args: string, program: string): boolean =>
  program === "" || args.split(" ", 1)[0]?.split("/").at(-1) === program;

const onePort = async () => {
  const edge = await freePort();
  const command = ["ssh", ...sshd.login, "-N", "-R", `127.0.0.1:${edge}:{host}:{port}`, sshd.destination];
  return { edge, url: `http://127.0.0.1:${edge}`, command };
};

withSsh(
  "cut and frozen, it comes back by itself, and what was missed is caught up with",
  { timeout: 90_000 },
  async () => {
    const { edge, url, command } = await onePort();
    at = await start({ tunnel: "command", tunnel_command: command, tunnel_address: url });
    const world = at;
    expect(await up(world)).toMatchObject({ address: url, from: "tunnel", stable: true, moved: null });
    await admin(world, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
    expect(slotUrls(world)).toEqual([url]);
    await admin(world, "POST", "/catch-up");
    await waitFor(
      "the first sweep",
      async () => (await readJournal(world, { event: "webhook.sweep_begun" }))[0],
    );

    // Follow Up Boss delivers through it.
    world.sandbox.fub.addTag("fub-test", [MARY], TAG);
    await waitFor("the call", () => (calls(world) === 1 ? true : undefined));

    // Cut: the program is killed. Meanwhile somebody is tagged, and whoever delivers finds nobody.
    const [ssh] = running([`127.0.0.1:${edge}:`], "ssh");
    process.kill(ssh ?? 0, "SIGKILL");
    world.sandbox.fub.addTag("fub-test", [106], TAG);
    await waitFor("another try", async () => (await readJournal(world, { event: "tunnel.trouble" }))[0]);
    await up(world);
    const page = { account: world.sandbox.fub.account("fub-test"), userId: 1, personId: 101 };
    expect((await openSigned(url, page)).model.state).toBe("ready");
    await waitFor("who was missed", () => (calls(world) === 2 ? true : undefined));

    // Frozen: it runs, and nothing comes through.
    const before = (await readJournal(world, { event: "tunnel.up" })).length;
    const frozen = running([`127.0.0.1:${edge}:`], "ssh");
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    const view = await waitFor("to be noticed", async () => {
      const seen = await read(world);
      return seen.trouble?.code === "unreachable" ? seen : undefined;
    });
    expect(view.trouble?.sentence).toContain("no answer");
    expect((await home(world)).lamps.public_address.state).toBe("bad");
    await waitFor("up again", async () =>
      (await readJournal(world, { event: "tunnel.up" })).length > before ? true : undefined,
    );
    await up(world);
    expect((await openSigned(url, page)).model.state).toBe("ready");
    expect(running([`127.0.0.1:${edge}:`]).filter((pid) => frozen.includes(pid))).toEqual([]);
    expect(slotUrls(world)).toEqual([url]);

    await world.close();
    at = undefined;
    expect(running([`127.0.0.1:${edge}:`])).toEqual([]);
  },
);

withSsh(
  "under another address at each start, webhooks move and the console says which apps must be changed",
  { timeout: 90_000 },
  async () => {
    const script = join(import.meta.dirname, "../helpers/quick-tunnel.ts");
    const command = [process.execPath, script, "{host}", "{port}", ...sshd.login, sshd.destination];
    at = await start({ tunnel: "command", tunnel_command: command });
    const world = at;
    const first = await up(world);
    expect(first).toMatchObject({ from: "tunnel", stable: false, moved: null });
    expect(first.output.join()).toContain(`your url is: ${first.url}`);
    const needs = async () => (await home(world)).needs_you.map(({ id }) => id.split("/", 1)[0]);
    expect(await needs()).toContain("address-unstable");
    await admin(world, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
    const opened = { account: world.sandbox.fub.account("fub-test"), userId: 1, personId: 101 };
    expect((await openSigned(first.url ?? "", opened)).model.state).toBe("ready");
    await waitFor("the opened app", async () => (await readJournal(world, { event: "embed.opened" }))[0]);

    const [ssh] = running([first.url ?? ""], "ssh");
    process.kill(ssh ?? 0, "SIGKILL");
    const second = await up(world, ({ url }) => url !== first.url);
    expect(second.moved).toMatchObject({ from: first.url, tenants: ["fub-test"] });
    expect(await needs()).toContain("address-moved");
    await waitFor("the webhooks", () => (slotUrls(world).join() === second.url ? true : undefined));
    world.sandbox.fub.addTag("fub-test", [MARY], TAG);
    await waitFor("the call", () => (calls(world) === 1 ? true : undefined));
    const { body } = await admin<{ embed_urls: Record<string, { embed: string }> }>(
      world,
      "GET",
      "/settings",
    );
    expect(body.embed_urls["fub-test"]?.embed).toBe(`${second.url}/integration/followupboss/embed`);

    // Somebody changed the app in Follow Up Boss.
    expect((await openSigned(second.url ?? "", opened)).model.state).toBe("ready");
    await waitFor("the need to go", async () =>
      (await needs()).includes("address-moved") ? undefined : true,
    );

    // Its own address again: the tunnel is closed, nothing of it is left, and the address follows.
    await world.gateway.apply({ platform: { tunnel: "none", SERVER_URL: "https://gw.maple.example" } });
    await waitFor("its end", () =>
      running(["quick-tunnel.ts", sshd.destination]).length === 0 ? true : undefined,
    );
    expect(await read(world)).toMatchObject({
      kind: "none",
      phase: "off",
      from: "setting",
      address: "https://gw.maple.example",
    });
  },
);

withSsh(
  "nothing of the console comes through, and nobody outside passes for a program on this computer",
  { timeout: 60_000 },
  async () => {
    const { url, command } = await onePort();
    at = await start({ tunnel: "command", tunnel_command: command, tunnel_address: url });
    const world = at;
    await up(world);
    const own = new URL(world.adminUrl);
    const paths = (await import("../helpers/list-admin-routes.ts")).listAdminRoutes();
    expect(paths.length).toBeGreaterThan(60);
    const disguises = [{}, { host: own.host }, { host: "localhost", "x-forwarded-host": own.host }];
    for (const { method, path } of [
      ...paths,
      { method: "GET", path: "/" },
      { method: "GET", path: `/?token=${world.adminToken}` },
    ])
      for (const more of disguises) {
        const headers = {
          authorization: `Bearer ${world.adminToken}`,
          cookie: `aventora_console=${world.adminToken}`,
          ...more,
        };
        const answer = await rawRequest(url, path, { method, headers });
        expect([method, path, answer.status]).toEqual([method, path, 404]);
      }
    expect((await askAdmin(world, "/api/status")).status).toBe(200);

    // A plain pipe adds nothing to what a client says of itself, so nobody is believed.
    const direct = {
      domain_name: "fub-test",
      phone: "+14165550101",
      channel: "phone",
      type: "informational",
    };
    const body = JSON.stringify(direct);
    const disguised = { host: new URL(world.url).host, "content-type": "application/json" };
    expect((await rawRequest(url, "/start", { method: "POST", headers: disguised, body })).status).toBe(401);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
  },
);
