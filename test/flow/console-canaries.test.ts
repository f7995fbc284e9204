// No secret that was ever entered comes out again: canaries are entered everywhere a secret can be, and looked for in every
// answer, error, journal, log and file.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removedSchema } from "../../shared/console/settings.schema.ts";
import { PLATFORM_SECRETS, TENANT_SECRETS, USER_SECRETS } from "../../shared/settings.schema.ts";
import { askConsole, tellConsole } from "../helpers/console-client.ts";
import { openSigned } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

let world: TestWorld;
const canaries: string[] = [];
/** Everything that came out, by where. */
const heard = new Map<string, string>();

/** Long and without a word of its own, so that no masking of key-like words hides a leak by chance. */
function canary(name: string): string {
  const made = `qzx${Buffer.from(`${name}/${canaries.length}`).toString("hex")}xzq`;
  canaries.push(made);
  return made;
}
const all = (names: object): Record<string, string> =>
  Object.fromEntries(Object.keys(names).map((name) => [name, canary(name)]));

async function ask(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<number> {
  const answer = await tellConsole(world, method, path, body);
  heard.set(`${method} ${path} #${heard.size}`, JSON.stringify(answer.body) ?? "");
  return answer.status;
}

const tenant = () => ({
  domain_name: "canary-house",
  ...all(TENANT_SECRETS),
  users: [{ id: "u1", name: "Uma", default_broker_phone: "+14165550155", ...all(USER_SECRETS) }],
});

beforeAll(async () => {
  world = await startTestWorld();
  const platform = all(PLATFORM_SECRETS);
  expect(await ask("POST", "/settings", { revision: null, setup: { platform, tenants: [tenant()] } })).toBe(
    200,
  );
  // Entered again: what is replaced must not come out either.
  expect(await ask("POST", "/setup", { tenants: [tenant()] })).toBe(200);
});
afterAll(() => world.close());

const GETS = [
  "/settings",
  "/status",
  "/doctor",
  "/home",
  "/lanes",
  "/problems",
  "/secret-doctor",
  "/support-bundle",
  "/support-links",
  "/session",
  "/outreach",
  "/campaigns",
  "/engagements",
  "/deliveries",
  "/webhook-slots",
  "/fan-out",
  "/journal?limit=1000",
  "/people?search=uma",
  "/sandbox",
  "/tenants/canary-house/identity",
  "/tenants/canary-house/guide",
  "/tenants/canary-house/track-change?to=B",
  "/tenants/canary-house/crm-users?key=tenant",
  "/tenants/canary-house/crm-users?key=u1",
];

const nested = (secret: string): object => ({
  tenants: [{ domain_name: "x", fub_api_key: { key: secret } }],
});

/** Requests that are refused, each with a secret in the place that is wrong. */
function refused(): { readonly path: string; readonly body: unknown }[] {
  const setups: object[] = [
    { platform: { FUB_SYSTEM_KEY: `${canary("two lines")}\n2` } },
    { platform: { FUB_SYSTEM_KEY: canary("too long").repeat(100) } },
    { platform: { FUB_SYSTEM_KEI: canary("misspelled") } },
    { platform: { SERVER_URL: `https://user:${canary("address")}@gateway.example` } },
    { tenants: [{ domain_name: "Not A Slug!", fub_api_key: canary("bad tenant") }] },
    { tenants: [{ domain_name: "x", track: canary("track") }] },
    { tenants: [{ domain_name: "practice", fub_api_key: canary("reserved") }] },
    nested(canary("nested")),
  ];
  const saves = setups.map((setup) => ({ path: "/settings", body: { revision: null, setup } }));
  const stale = { tenants: [{ domain_name: "canary-house", fub_api_key: canary("stale") }] };
  return [
    ...saves,
    { path: "/settings", body: { revision: "stale", setup: stale } },
    { path: "/settings", body: { revision: null, setup: {}, [canary("field")]: 1 } },
    { path: "/test-connection", body: { domain_name: "Bad Slug", fub_api_key: canary("test, bad slug") } },
  ];
}

describe("a secret that was entered", () => {
  test("is in no answer to a read", async () => {
    // Follow Up Boss does not know these keys.
    for (const path of GETS)
      expect([path, await ask("GET", path)]).toEqual([path, path.includes("/crm-users") ? 502 : 200]);
    expectSilence();
  });

  test("is in no answer to a test, and none to a removal or its undoing", async () => {
    for (const user of [{}, { user_id: "u1" }]) {
      for (const key of [{}, { fub_api_key: canary("typed") }])
        await ask("POST", "/test-connection", { domain_name: "canary-house", ...user, ...key });
    }
    for (const path of ["/tenants/canary-house/users/u1", "/tenants/canary-house"]) {
      const removed = await askConsole(world, removedSchema, path, {
        method: "DELETE",
        body: { revision: null },
      });
      heard.set(`DELETE ${path}`, JSON.stringify(removed));
      await ask("GET", "/settings");
      await ask("POST", `/undo/${removed.undo.token}`);
    }
    expectSilence();
  });

  test("is in no refusal, not even where it is what is wrong", async () => {
    for (const { path, body } of refused()) {
      // What is not told must still be refused: else nothing is shown by the silence.
      expect([await ask("POST", path, body), body]).not.toContain(200);
    }
    const text = `{"revision": null, "setup": {"platform": {"FUB_SYSTEM_KEY": "${canary("cut off")}"`;
    const response = await fetch(`${world.adminUrl}/api/settings`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.adminToken}`, "content-type": "application/json" },
      body: text,
    });
    expect(response.status).toBe(400);
    heard.set("malformed", await response.text());
    expectSilence("but for names of fields");
  });

  test("is in no page for Follow Up Boss that did not verify", async () => {
    const account = world.sandbox.fub.account("fub-test");
    const page = await openSigned(world.url, {
      account,
      userId: 2,
      personId: 101,
      domainName: "canary-house",
      secret: "signed-with-something-else",
    });
    heard.set("the refused page", page.html);
    expectSilence("but for names of fields");
  });

  test("is neither in the journal nor in the process log, nor readable in any file", async () => {
    await ask("GET", "/journal?limit=1000");
    heard.set("the log", world.logLines.join("\n"));
    for (const file of filesBelow(world.dataDir)) heard.set(file, readFileSync(file, "latin1"));
    expect([...heard.keys()].some((where) => where.endsWith("settings.json"))).toBe(true);
    expectSilence("but for names of fields");
  });
});

/** Names of fields are repeated to whoever misspelled them; values never are. */
function expectSilence(but: "everywhere" | "but for names of fields" = "everywhere"): void {
  const name = Buffer.from("field/").toString("hex");
  const spared = but === "everywhere" ? [] : canaries.filter((one) => one.includes(name));
  const leaks = [...heard].flatMap(([where, text]) =>
    canaries
      .filter((one) => !spared.includes(one) && formsOf(one).some((form) => text.includes(form)))
      .map((one) => `${Buffer.from(one.slice(3, -3), "hex").toString()} in ${where}`),
  );
  expect(leaks).toEqual([]);
}

const formsOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString("hex"),
    // Without its last characters, which depend on what follows.
    bytes.toString("base64").slice(0, -4),
    bytes.toString("base64url").slice(0, -4),
    Buffer.from(`${secret}:`).toString("base64").slice(0, -4),
    [...secret].reverse().join(""),
  ];
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

test("the search itself finds a secret where there is one", () => {
  const known = canaries[0] ?? "";
  heard.set("a leak", JSON.stringify({ a: { b: [`before ${known} after`] } }));
  expect(() => expectSilence("but for names of fields")).toThrow("a leak");
  heard.delete("a leak");
});
