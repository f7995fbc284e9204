// The supervisor with a clock of the test's: one tunnel at a time, told once, what it gave last while it comes up again.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAddressRecord } from "../../../server/tunnel/address-record.ts";
import { createTunnel, type Tunnel } from "../../../server/tunnel/create-tunnel.ts";
import { judgeClients } from "../../../server/tunnel/judge-clients.ts";
import type { TunnelConfig, TunnelHooks } from "../../../server/tunnel/open-tunnel.ts";
import { type Trouble, trouble } from "../../../server/tunnel/say-trouble.ts";
import { type Proven, TUNNEL_OFF, TUNNEL_POLICY } from "../../../server/tunnel/tunnel-state.ts";
import { createFakeClock, type FakeClock } from "../../helpers/fake-clock.ts";

const A = "https://a.example.com";
const B = "https://b.example.com";
const CONFIG: TunnelConfig = {
  tunnel: "command",
  tunnel_domain: "",
  cloudflared_path: "",
  tunnel_command: ["lt"],
  tunnel_address: undefined,
  secrets: { ngrok_authtoken: undefined, cloudflared_token: undefined },
};

let clock: FakeClock;
let dir: string;
let config: TunnelConfig;
let said: string[];
let leads: Map<string, Proven | Trouble>;
let hooks: TunnelHooks;
let open: number;
let thrown: Error | undefined;
let errors: unknown[];
let tunnel: Tunnel;

const record = () =>
  createAddressRecord({
    file: join(dir, "public-address.json"),
    now: () => clock.now(),
    onError: (error) => {
      throw error;
    },
  });

function build(): Tunnel {
  const opener = (kind: string) => (_config: TunnelConfig, _target: unknown, given: TunnelHooks) => {
    if (thrown) throw thrown;
    open += 1;
    expect(open).toBe(1);
    said.push(`open ${kind}`);
    hooks = given;
    return {
      close: async () => {
        // Ending takes a moment; the next one must wait for it.
        await clock.sleep(100);
        open -= 1;
        said.push("closed");
      },
    };
  };
  return createTunnel({
    clock,
    random: () => 0,
    config: () => config,
    open: { ngrok: opener("ngrok"), cloudflared: opener("cloudflared"), command: opener("command") },
    test: async (url) => leads.get(url) ?? trouble("unreachable", "nobody"),
    record: record(),
    onAddress: (url) => void said.push(`address ${url}`),
    onUp: async (url) => void said.push(`up ${url}`),
    onTrouble: async ({ code }) => void said.push(`trouble ${code}`),
    onError: (error) => void errors.push(error),
    policy: TUNNEL_POLICY,
  });
}

const TARGET = { host: "127.0.0.1", port: 8010 };
const proven = (url: string, namesClients = true): Proven => ({ url, pageInFront: false, namesClients });
const since = (): string[] => said.splice(0);

beforeEach(() => {
  clock = createFakeClock();
  dir = mkdtempSync(join(tmpdir(), "tunnel-"));
  [config, said, open, thrown, errors] = [CONFIG, [], 0, undefined, []];
  leads = new Map<string, Proven | Trouble>([
    [A, proven(A)],
    [B, proven(B)],
  ]);
  tunnel = build();
});
afterEach(async () => {
  const stopped = tunnel.stop();
  await clock.advance(1_000);
  await stopped;
  expect(clock.sleepers()).toBe(0);
  expect(open).toBe(0);
  expect(errors).toEqual(thrown ? [thrown] : []);
  rmSync(dir, { recursive: true });
});

async function comeUp(url: string): Promise<void> {
  await clock.settle();
  hooks.onAddress(url);
  await clock.settle();
}

test("opens, tells once that it is up, and is quiet while it stays so", async () => {
  tunnel.start(TARGET);
  await comeUp(A);
  expect(since()).toEqual(["address undefined", "open command", `address ${A}`, `up ${A}`]);
  await clock.advance(600_000);
  expect(since()).toEqual([]);
  tunnel.follow();
  tunnel.wake();
  await clock.settle();
  expect(since()).toEqual([]);
});

test("what ends is told once and opened again after it is gone, and the address stays in force meanwhile", async () => {
  tunnel.start(TARGET);
  await comeUp(A);
  since();
  hooks.onEnd(trouble("ended", "code 1"));
  await clock.advance(50);
  expect(since()).toEqual(["trouble ended"]);
  await clock.advance(1_100);
  expect(since()).toEqual(["closed", "open command"]);
  hooks.onEnd(trouble("ended", "code 1"));
  await clock.advance(2_500);
  expect(since()).toEqual(["closed", "open command"]);
  await comeUp(B);
  expect(since()).toEqual([`address ${B}`, `up ${B}`]);
  expect(tunnel.read().state).toMatchObject({ phase: "up", url: B, trouble: null });
});

test("a restart of the gateway keeps what the tunnel gave last, until it gives another", async () => {
  tunnel.start(TARGET);
  await comeUp(A);
  const stopped = tunnel.stop();
  await clock.advance(200);
  await stopped;
  since();
  tunnel = build();
  tunnel.start(TARGET);
  expect(since()).toEqual([`address ${A}`]);
  config = { ...CONFIG, tunnel: "ngrok" };
  tunnel.follow();
  // Another service never had that address.
  expect(since()).toEqual(["address undefined"]);
});

test("other settings open another way; none closes it", async () => {
  tunnel.start(TARGET);
  await comeUp(A);
  since();
  config = { ...CONFIG, tunnel: "cloudflared" };
  tunnel.follow();
  await clock.advance(50);
  expect(since()).toEqual(["address undefined"]);
  await clock.advance(100);
  expect(since()).toEqual(["closed", "open cloudflared"]);
  config = { ...CONFIG, tunnel: "none" };
  tunnel.follow();
  await clock.advance(200);
  expect(since()).toEqual(["address undefined", "closed"]);
  expect(tunnel.read()).toMatchObject({ kind: "none", state: { phase: "off" } });
  tunnel.restart();
  await clock.advance(600_000);
  expect(since()).toEqual([]);
});

test("one test that failed is not told; several are, and so is what follows once it leads here again", async () => {
  tunnel.start(TARGET);
  await comeUp(A);
  since();
  leads.set(A, trouble("unreachable", "no answer"));
  tunnel.wake();
  await clock.settle();
  expect(since()).toEqual([]);
  await clock.advance(10_000);
  expect(since()).toEqual(["trouble unreachable"]);
  leads.set(A, proven(A));
  await clock.advance(30_000);
  expect(since()).toEqual([`address ${A}`, `up ${A}`]);
});

test("stopping while it opens leaves nothing open", async () => {
  tunnel.start(TARGET);
  config = { ...CONFIG, tunnel_command: ["other"] };
  tunnel.follow();
  const stopped = tunnel.stop();
  await clock.advance(1_000);
  await stopped;
  expect(since().filter((line) => line.startsWith("open"))).toEqual([]);
  tunnel.restart();
  await clock.advance(1_000);
  expect(since()).toEqual([]);
});

test("a program the system cannot even begin is told as such, and a corrected setting opens", async () => {
  thrown = Object.assign(new Error("spawn cloudflared.exe EFTYPE"), { code: "EFTYPE" });
  tunnel.start(TARGET);
  await clock.settle();
  expect(tunnel.read().state).toMatchObject({ phase: "waiting", trouble: { code: "not_startable" } });
  const failure = thrown;
  thrown = undefined;
  config = { ...CONFIG, tunnel_command: ["other"] };
  tunnel.follow();
  await comeUp(A);
  expect(since()).toEqual([
    "address undefined",
    "trouble not_startable",
    "address undefined",
    "open command",
    `address ${A}`,
    `up ${A}`,
  ]);
  expect(errors.splice(0)).toEqual([failure]);
});

test("asking an address by hand tells of it, whoever gives it", async () => {
  leads.set("https://own.example.com", trouble("not_passed", "status 404"));
  expect((await tunnel.test("https://own.example.com")).found).toMatchObject({ code: "not_passed" });
  expect(tunnel.read().lastTest?.url).toBe("https://own.example.com");
});

describe("which address the outside still uses", () => {
  test("the one before the first move, until it is back there or somebody says it is done", () => {
    const book = record();
    expect(book.note(undefined)).toBeUndefined();
    expect(book.note(A)).toBeUndefined();
    expect([book.note(B), book.note("https://c.example.com")]).toEqual([A, B]);
    expect(book.moved()).toEqual({ from: A, at: clock.now() });
    // Over a restart, and while there is none.
    expect(record().note(undefined)).toBeUndefined();
    expect(record().moved()?.from).toBe(A);
    const again = record();
    again.note(A);
    expect(again.moved()).toBeNull();
    again.note(B);
    again.forgetMove();
    expect(record().moved()).toBeNull();
  });

  test("a file that cannot be read is as good as none", () => {
    writeFileSync(join(dir, "public-address.json"), '{"address": 7');
    expect(record().moved()).toBeNull();
    expect(record().note(A)).toBeUndefined();
    expect(record().note(B)).toBe(A);
  });
});

describe("whom to believe about where requests come from", () => {
  const NAMES = { namesClients: true, hidesClients: false };
  const HIDES = { namesClients: false, hidesClients: true };
  const UNSEEN = { namesClients: false, hidesClients: false };
  test.each([
    ["none, no address", "none", false, undefined, [false, true]],
    ["an own address that was not reached yet", "none", false, UNSEEN, [false, true]],
    ["an own proxy seen to hide clients", "none", false, HIDES, [false, false]],
    ["an own proxy seen to name clients", "none", false, NAMES, [true, true]],
    ["ngrok", "ngrok", false, undefined, [true, true]],
    ["Cloudflare", "cloudflared", false, undefined, [true, true]],
    ["Cloudflare beside an own proxy that hides them", "cloudflared", false, HIDES, [false, false]],
    ["Cloudflare beside an own address not reached yet", "cloudflared", false, UNSEEN, [false, true]],
    ["a pipe", "command", false, undefined, [false, false]],
    ["a pipe beside an own proxy", "command", false, NAMES, [false, false]],
    ["a command seen to name clients", "command", true, undefined, [true, true]],
  ] as const)("%s", (_name, kind, tunnelNames, own, [namesClients, tellsLocal]) => {
    const state = { ...TUNNEL_OFF, namesClients: tunnelNames };
    const address = own === undefined ? undefined : "https://own.example.com";
    expect(judgeClients({ kind, state }, { address, ...(own ?? UNSEEN) })).toEqual({
      namesClients,
      tellsLocal,
    });
  });
});
