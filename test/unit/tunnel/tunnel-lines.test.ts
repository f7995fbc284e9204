// Addresses and troubles in what real tunnel programs print.
import { describe, expect, test } from "vitest";
import { findAddresses, findQuickTunnel } from "../../../server/tunnel/find-address.ts";
import { environmentFor, findProgram } from "../../../server/tunnel/find-program.ts";
import type { TunnelConfig } from "../../../server/tunnel/open-tunnel.ts";
import { type ProgramPlan, planProgram } from "../../../server/tunnel/plan-program.ts";
import { type Trouble, trouble } from "../../../server/tunnel/say-trouble.ts";

const TARGET = { host: "127.0.0.1", port: 8010 };
const CONFIG: TunnelConfig = {
  tunnel: "cloudflared",
  tunnel_domain: "",
  cloudflared_path: "",
  tunnel_command: [],
  tunnel_address: undefined,
  secrets: { ngrok_authtoken: undefined, cloudflared_token: undefined },
};
const planned = (config: Partial<TunnelConfig>, target = TARGET, platform = "linux"): ProgramPlan => {
  const plan = planProgram({ ...CONFIG, ...config }, target, platform);
  if ("code" in plan) throw new Error(plan.sentence);
  return plan;
};

describe("addresses in a line", () => {
  test.each<[program: string, line: string, found: string[]]>([
    ["localtunnel", "your url is: https://tidy-fox-12.loca.lt", ["https://tidy-fox-12.loca.lt"]],
    [
      "localhost.run",
      "47970a65005227.lhr.life tunneled with tls termination, https://47970a65005227.lhr.life",
      ["https://47970a65005227.lhr.life"],
    ],
    ["localhost.run's page", "https://localhost.run/docs/custom-domains", []],
    [
      "localhost.run's login",
      "To set up and manage custom domains go to https://admin.localhost.run/",
      ["https://admin.localhost.run"],
    ],
    [
      "serveo",
      "Forwarding HTTP traffic from https://b1946ac92492d2.serveo.net",
      ["https://b1946ac92492d2.serveo.net"],
    ],
    ["pinggy", "http://rnabc-1-2-3-4.a.free.pinggy.link", []],
    ["a funnel", "https://office.tail1234.ts.net/", ["https://office.tail1234.ts.net"]],
    ["a funnel's target", "|-- proxy http://127.0.0.1:8010", []],
    ["both ends", "Forwarding  https://1f.example.app -> http://localhost:8010", ["https://1f.example.app"]],
    ["a terminator here", "listening on http://127.0.0.1:44321.", ["http://127.0.0.1:44321"]],
    ["colours", "\u001b[32mhttps://green.example.com\u001b[0m", ["https://green.example.com"]],
    ["JSON", '{"url":"https://json.example.com","port":8010}', ["https://json.example.com"]],
    ["a login", "https://user:secret@example.com", []],
    ["ssh", "Allocated port 34567 for remote forward to 127.0.0.1:8010", []],
    ["nonsense", "https:// https://% http", []],
  ])("of %s", (_program, line, found) => {
    expect(findAddresses(line, 8010)).toEqual(found);
  });
});

describe("cloudflared", () => {
  const QUICK = [
    "2024-07-22T19:42:37Z INF Thank you for trying Cloudflare Tunnel. Doing so, without a Cloudflare account, is a quick way to experiment and try it out. However, be aware that these account-less Tunnels have no uptime guarantee, are subject to the Cloudflare Online Services Terms of Use (https://www.cloudflare.com/website-terms/), and Cloudflare reserves the right to investigate your use of Tunnels for violations of such terms. If you intend to use Tunnels in production you should use a pre-created named tunnel by following: https://developers.cloudflare.com/cloudflare-one/connections/connect-apps",
    "2024-07-22T19:42:37Z INF Requesting new quick Tunnel on trycloudflare.com...",
    "2024-07-22T19:42:41Z INF +--------------------------------------------------------------------------------------------+",
    "2024-07-22T19:42:41Z INF |  Your quick Tunnel has been created! Visit it at (it may take some time to be reachable):  |",
    "2024-07-22T19:42:41Z INF |  https://symantec-transferred-lock-revenues.trycloudflare.com                              |",
    "2024-07-22T19:42:41Z INF Cannot determine default configuration path. No file [config.yml config.yaml] in [~/.cloudflared]",
    "2024-07-22T19:42:41Z INF Starting metrics server on 127.0.0.1:20241/metrics",
    "2024-07-22T19:42:42Z INF Registered tunnel connection connIndex=0 connection=c206cf44 event=0 ip=198.41.192.77 location=ord01 protocol=quic",
  ];

  test("of a whole quick tunnel's start only the tunnel is taken", () => {
    expect(QUICK.flatMap((line) => findQuickTunnel(line) ?? [])).toEqual([
      "https://symantec-transferred-lock-revenues.trycloudflare.com",
    ]);
    const plan = planned({});
    expect(plan.args).toEqual([
      "tunnel",
      "--config",
      "/dev/null",
      "--no-autoupdate",
      "--url",
      "http://127.0.0.1:8010",
    ]);
    expect(QUICK.flatMap((line) => plan.read(line).addresses ?? [])).toEqual([
      "https://symantec-transferred-lock-revenues.trycloudflare.com",
    ]);
    expect(QUICK.flatMap((line) => plan.read(line).trouble ?? [])).toEqual([]);
  });

  test("a named tunnel has its address once a connection is registered, and its token in no argument", () => {
    const plan = planned({
      tunnel_domain: "gw.maple.example",
      secrets: { ...CONFIG.secrets, cloudflared_token: "eyJhIjoi" },
    });
    expect(plan.args.join(" ")).not.toContain("eyJ");
    expect(plan.env).toEqual({ TUNNEL_TOKEN: "eyJhIjoi" });
    const old = "2022-06-01T16:23:12Z INF Connection c206cf44-945f-4c3c registered connIndex=0 location=ORD";
    for (const line of [QUICK.at(-1) ?? "", old])
      expect(plan.read(line).addresses).toEqual(["https://gw.maple.example"]);
    expect(plan.read("2024-01-01T00:00:00Z INF Starting tunnel tunnelID=1").addresses).toBeUndefined();
  });

  test.each([
    ["Provided Tunnel token is not valid.", "token_refused"],
    [
      '2024-09-11T21:31:09Z ERR Register tunnel error from server side error="Unauthorized: Failed to get tunnel" connIndex=0',
      "token_refused",
    ],
    [
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com: no such host',
      "service_refused",
    ],
    ["failed to parse quick Tunnel ID: invalid UUID length: 0", "service_refused"],
  ])("%s", (line, code) => {
    const { trouble: told, addresses } = planned({}).read(line);
    expect([told?.code, addresses]).toEqual([code, undefined]);
  });

  test.each<[string, Partial<TunnelConfig>, Trouble]>([
    [
      "a domain without token",
      { tunnel_domain: "gw.maple.example" },
      trouble("incomplete", "The token of the Cloudflare tunnel is missing"),
    ],
    [
      "a token without domain",
      { secrets: { ...CONFIG.secrets, cloudflared_token: "e" } },
      trouble("incomplete", "The public hostname of the Cloudflare tunnel is missing"),
    ],
    ["no command", { tunnel: "command" }, trouble("incomplete", "No command is entered for the tunnel")],
  ])("%s is said", (_name, config, said) => {
    expect(planProgram({ ...CONFIG, ...config }, TARGET, "linux")).toEqual(said);
  });
});

describe("a command", () => {
  test("gets port and host, each where it stands, and its known address at once", () => {
    const plan = planned(
      {
        tunnel: "command",
        tunnel_command: ["ssh", "-NR", "80:{host}:{port}", "$(id); {port}"],
        tunnel_address: "https://gw.maple.example",
      },
      { host: "0.0.0.0", port: 9000 },
    );
    expect([plan.program, plan.args]).toEqual(["ssh", ["-NR", "80:127.0.0.1:9000", "$(id); 9000"]]);
    expect(plan.address).toBe("https://gw.maple.example");
    expect(plan.read("https://other.example.com").addresses).toBeUndefined();
  });

  test("is found on the PATH, in the usual places, or where it is said to be", () => {
    const there = new Set([
      "/opt/homebrew/bin/cloudflared",
      "/mine/lt",
      "C:\\Tools\\lt.exe",
      "C:\\Program Files\\cloudflared\\cloudflared.exe",
    ]);
    const unix = {
      environment: { PATH: "/mine:/usr/bin" },
      platform: "darwin",
      isProgram: (path: string) => there.has(path),
    };
    const windows = {
      ...unix,
      environment: { Path: "C:\\Tools", ProgramFiles: "C:\\Program Files" },
      platform: "win32",
    };
    expect(
      ["lt", "cloudflared", "/mine/lt", "/else/lt", "nothing"].map((name) => findProgram(name, unix)),
    ).toEqual(["/mine/lt", "/opt/homebrew/bin/cloudflared", "/mine/lt", undefined, undefined]);
    expect(["lt", "cloudflared", "C:\\Tools\\lt.exe"].map((name) => findProgram(name, windows))).toEqual([
      "C:\\Tools\\lt.exe",
      "C:\\Program Files\\cloudflared\\cloudflared.exe",
      "C:\\Tools\\lt.exe",
    ]);
  });

  test("is not given the gateway's own variables", () => {
    const environment = {
      PATH: "/bin",
      HOME: "/h",
      GATEWAY_VAULT_KEY: "k",
      FUB_SYSTEM_KEY: "k",
      DATABASE_URL: "d",
      HTTPS_PROXY: "p",
      NODE_OPTIONS: "n",
    };
    expect(environmentFor(environment, { TUNNEL_TOKEN: "t" })).toEqual({
      PATH: "/bin",
      HOME: "/h",
      HTTPS_PROXY: "p",
      TUNNEL_TOKEN: "t",
    });
  });
});
