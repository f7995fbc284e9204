// ngrok through a stand-in of its library, held to the library's own types by the compiler. The real service is not asked.
import { expect, test } from "vitest";
import {
  createNgrokTunnel,
  loadNgrok,
  type NgrokSdk,
  sayNgrokError,
} from "../../../server/tunnel/open-ngrok.ts";
import type { TunnelConfig } from "../../../server/tunnel/open-tunnel.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

const CONFIG: TunnelConfig = {
  tunnel: "ngrok",
  tunnel_domain: "",
  cloudflared_path: "",
  tunnel_command: [],
  tunnel_address: undefined,
  secrets: { ngrok_authtoken: "2abcDEF_secretToken", cloudflared_token: undefined },
};

interface Standin {
  readonly sdk: NgrokSdk;
  readonly done: string[];
  end(error?: Error): void;
}

/** `connect`: what connecting waits for or fails with. */
function standIn(connect: Promise<void> = Promise.resolve()): Standin {
  const done: string[] = [];
  const joined = Promise.withResolvers<void>();
  const endpoint = {
    domain: (domain: string) => {
      done.push(`domain ${domain}`);
      return endpoint;
    },
    listenAndForward: async (to: string) => {
      done.push(`forward ${to}`);
      return { url: () => "https://1f2e.ngrok.app/", join: () => joined.promise };
    },
  };
  const session = { httpEndpoint: () => endpoint, close: async () => void done.push("close") };
  class SessionBuilder {
    authtoken(token: string) {
      done.push(`token ${token}`);
      return this;
    }
    clientInfo(name: string) {
      done.push(`client ${name}`);
      return this;
    }
    async connect() {
      await connect;
      return session;
    }
  }
  return {
    sdk: { SessionBuilder },
    done,
    end: (error) => (error ? joined.reject(error) : joined.resolve()),
  };
}

function open(standin: Standin, config = CONFIG, clock = createFakeClock()) {
  const told: string[] = [];
  const opened = createNgrokTunnel(async () => standin.sdk, "1.2.3", clock.sleep)(
    config,
    { host: "::", port: 8010 },
    {
      onAddress: (url) => told.push(`address ${url}`),
      onEnd: ({ code }) => told.push(`end ${code}`),
      onOutput: (line) => told.push(line),
    },
  );
  return { told, opened };
}
const turns = () => new Promise((resolve) => setImmediate(resolve));

test("opens a session of its own to the public listener and names its address", async () => {
  const standin = standIn();
  const { told, opened } = open(standin, { ...CONFIG, tunnel_domain: "gw.maple.example" });
  await turns();
  expect(standin.done).toEqual([
    "token 2abcDEF_secretToken",
    "client aventora-gateway",
    "domain gw.maple.example",
    "forward http://127.0.0.1:8010",
  ]);
  expect(told.at(-1)).toBe("address https://1f2e.ngrok.app");
  await opened.close();
  standin.end();
  await turns();
  expect(standin.done).toContain("close");
  expect(told).not.toContain("end ended");
});

test("tells when it is over, and why it never began", async () => {
  const standin = standIn();
  const { told } = open(standin);
  await turns();
  standin.end();
  await turns();
  expect(told.at(-1)).toBe("end ended");
  const failed = open(
    standIn(
      Promise.reject(Object.assign(new Error("authentication failed"), { errorCode: "ERR_NGROK_107" })),
    ),
  );
  const bare = open(standIn(), { ...CONFIG, secrets: { ...CONFIG.secrets, ngrok_authtoken: undefined } });
  await turns();
  expect([failed.told, bare.told]).toEqual([["end token_refused"], ["end incomplete"]]);
});

test("closing while it still connects leaves no session", async () => {
  const connecting = Promise.withResolvers<void>();
  const standin = standIn(connecting.promise);
  const { told, opened } = open(standin);
  await turns();
  const closed = opened.close();
  connecting.resolve();
  await closed;
  expect(standin.done.at(-1)).toBe("close");
  expect(standin.done.join()).not.toContain("forward");
  expect(told).toEqual([]);
});

test("closing does not wait for a connect that never ends, and a session that comes late is closed", async () => {
  const connecting = Promise.withResolvers<void>();
  const standin = standIn(connecting.promise);
  const clock = createFakeClock();
  const { opened } = open(standin, CONFIG, clock);
  await turns();
  const closed = opened.close();
  await clock.advance(2_000);
  await closed;
  expect(clock.sleepers()).toBe(0);
  expect(standin.done).not.toContain("close");
  connecting.resolve();
  await turns();
  expect(standin.done.at(-1)).toBe("close");
});

test.each([
  ["ERR_NGROK_105", "The authtoken you specified is properly formed, but it is invalid.", "token_refused"],
  ["ERR_NGROK_108", "Your account is limited to 1 simultaneous ngrok agent sessions.", "account_limit"],
  ["ERR_NGROK_334", "The endpoint 'https://x.ngrok.app' is already online.", "domain_in_use"],
  ["ERR_NGROK_320", "The domain 'gw.example.com' is reserved for another account.", "domain_refused"],
  [undefined, "failed to connect session: timed out", "no_network"],
  ["ERR_NGROK_9999", "Something new.", "service_refused"],
] as const)("%s is said as %s", (errorCode, message, code) => {
  const said = sayNgrokError(Object.assign(new Error(message), errorCode ? { errorCode } : {}));
  expect(said.code).toBe(code);
  if (errorCode) expect(said.sentence).toContain(errorCode);
});

test("no token is repeated, whatever the library says", () => {
  const { sentence } = sayNgrokError(new Error("authtoken: 2abcDEFghiJKL456mnopQRS was refused"));
  expect(sentence).not.toContain("2abcDEF");
});

test("the library is there and has what is used of it", async () => {
  const { SessionBuilder } = await loadNgrok();
  const builder = new SessionBuilder();
  for (const name of ["authtoken", "clientInfo", "connect"] as const)
    expect(builder[name]).toBeTypeOf("function");
});
