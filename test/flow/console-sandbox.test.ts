// Rehearse: the pretend Follow Up Boss started from the console, apart from every real brokerage.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../server/base/clock.ts";
import { openForReading } from "../../server/db/open-for-reading.ts";
import { createGateway, type Gateway } from "../../server/index.ts";
import { createSandbox, type Sandbox } from "../../server/sandbox/create-sandbox.ts";
import { statusSchema } from "../../shared/admin-api.ts";
import { guideSchema } from "../../shared/console/guide.schema.ts";
import { type SandboxState, sandboxSchema } from "../../shared/console/sandbox.schema.ts";
import { settingsViewSchema } from "../../shared/console/settings.schema.ts";
import type { AdminAddress } from "../helpers/admin-client.ts";
import { askConsole, refusalIn, tellConsole } from "../helpers/console-client.ts";
import { startOn, waitFor } from "../helpers/embed-client.ts";
import { PAGES_DIR, testEnvironment } from "../helpers/start-gateway.ts";

let dataDir: string;
let real: Sandbox;
let gateway: Gateway;
let at: AdminAddress & { readonly url: string };

/** What every brokerage but the practice one would reach. */
async function open(): Promise<void> {
  const { url } = await real.listen(0);
  gateway = await createGateway({
    dataDir,
    environment: testEnvironment(url),
    flags: { PORT: 0, ADMIN_PORT: 0 },
    clock: systemClock,
    version: "0.0.0-test",
    pagesDir: PAGES_DIR,
    writeLog: () => undefined,
  });
  const admin = new URL(gateway.addresses.adminUrl);
  at = {
    url: gateway.addresses.publicUrl,
    adminUrl: admin.origin,
    adminToken: admin.searchParams.get("token") ?? "",
  };
}
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "gateway-rehearse-"));
  real = createSandbox({ accounts: [] });
  await open();
});
afterAll(async () => {
  await gateway.stop();
  await real.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const command = (body: unknown): Promise<SandboxState> =>
  askConsole(at, sandboxSchema, "/sandbox", { method: "POST", body });
const read = () => askConsole(at, sandboxSchema, "/sandbox");
const slugs = async () =>
  (await askConsole(at, settingsViewSchema, "/settings")).tenants.map((tenant) => tenant.domain_name);

/** Opens a page of the pretend Follow Up Boss and the app in its frame, as a browser does. */
async function openApp(state: SandboxState, title: string) {
  const page = state.pages.find((one) => one.title === title);
  if (!page) throw new Error(`no page called ${title}`);
  const html = await (await fetch(page.url)).text();
  const src = /<iframe[^>]* src="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  if (src === undefined) throw new Error("the page frames no app");
  const framed = await fetch(src, { headers: { referer: `${new URL(page.url).origin}/` } });
  const app = await framed.text();
  const model = /<script type="application\/json" id="embed-model">(.*?)<\/script>/s.exec(app)?.[1];
  return {
    app,
    csp: framed.headers.get("content-security-policy") ?? "",
    model: JSON.parse(model ?? "{}"),
    src,
  };
}

describe("a rehearsal of Track A, all set up", () => {
  let state: SandboxState;

  test("starts on an empty gateway: nothing else has to be entered first", async () => {
    expect(await read()).toMatchObject({ state: "stopped", url: null, tenant: null, pages: [] });
    state = await command({ action: "start" });
    expect(state).toMatchObject({ state: "running", tenant: "practice" });
    expect(new URL(state.url ?? "").hostname).toBe("127.0.0.1");
    expect((await fetch(state.url ?? "")).status).toBe(200);
    expect(await slugs()).toEqual(["practice"]);
    // What only a real one needs is not asked for.
    const { lamps } = await askConsole(at, statusSchema, "/status");
    expect([lamps.public_address.state, lamps.follow_up_boss.state]).toEqual(["ok", "ok"]);
    expect(refusalIn(await tellConsole(at, "POST", "/sandbox", { action: "start" })).code).toBe(
      "wrong_state",
    );
  });

  test("a call made in it ends on the person there, and is proven in the guide", async () => {
    const opened = await openApp(state, "Ann One looks at a contact");
    expect(opened.model).toMatchObject({ state: "ready", tenant: "practice", agent: { name: "Ann One" } });
    const started = await startOn(at.url, opened.model.session, { channel: "phone" });
    expect(started.status).toBe(202);
    await waitFor("the guide to show it", async () => {
      const guide = await askConsole(at, guideSchema, "/tenants/practice/guide");
      const step = guide.sections
        .flatMap((section) => section.steps)
        .find((one) => one.id === "A4.3" && one.user_id === "u1");
      return step?.state === "proven" ? step : undefined;
    });
  });

  test("its page has the stand-in of the vendor's script, and only it may frame it", async () => {
    const { app, csp, src } = await openApp(state, "Ann One looks at a contact");
    const origin = new URL(state.url ?? "").origin;
    expect(app).toContain(`src="${origin}/embeddedApps-v1.0.1.js"`);
    expect(csp).toContain(`frame-ancestors ${origin}`);
    const elsewhere = await fetch(src);
    expect(await elsewhere.text()).not.toContain(origin);
    expect(elsewhere.headers.get("content-security-policy")).not.toContain(origin);
  });

  test("a tag added in it starts an outreach: its webhooks come in on this machine", async () => {
    const guide = async () => {
      const { sections } = await askConsole(at, guideSchema, "/tenants/practice/guide");
      return sections.flatMap((section) => section.steps);
    };
    expect((await guide()).find((step) => step.id === "T.2")?.state).toBe("proven");
    const page = state.pages.find((one) => one.title === "Ann One looks at a contact")?.url ?? "";
    const tags = page.replace("?", "/tags?");
    await fetch(tags, {
      method: "POST",
      body: new URLSearchParams({ tag: "Aventora Call" }),
      redirect: "manual",
    });
    await waitFor("the tag to start a call", async () =>
      (await guide()).find((step) => step.id === "T.3")?.state === "proven" ? true : undefined,
    );
  });

  test("a real brokerage's key never goes there, and the practice one's goes nowhere else", async () => {
    const key = state.practice_values.find(({ label }) => label.includes("(owner)"))?.text;
    const real = { platform: { FUB_SYSTEM_KEY: "a-real-system-key" }, tenants: [{ domain_name: "acme" }] };
    expect((await tellConsole(at, "POST", "/settings", { revision: null, setup: real })).status).toBe(200);
    const test = (domain_name: string) =>
      tellConsole(at, "POST", "/test-connection", { domain_name, fub_api_key: key });
    expect((await test("practice")).body).toMatchObject({ success: true, account: { domain: "practice" } });
    expect((await test("acme")).body).toMatchObject({ success: false, code: "crm_unauthorized" });
  });

  test("ends with its brokerage, and without it its keys reach nobody", async () => {
    const key = state.practice_values.find(({ label }) => label.includes("(owner)"))?.text;
    const origin = new URL(state.url ?? "").origin;
    expect(await command({ action: "stop" })).toMatchObject({ state: "stopped", url: null, tenant: null });
    expect(await slugs()).toEqual(["acme"]);
    await expect(fetch(origin)).rejects.toThrow();
    const tested = await tellConsole(at, "POST", "/test-connection", {
      domain_name: "practice",
      fub_api_key: key,
    });
    expect(tested.body).toMatchObject({ success: false, code: "not_ready" });
    const hook = await fetch(`${at.url}/integration/followupboss/webhook/practice`, {
      method: "POST",
      body: "{}",
    });
    expect(hook.status).toBe(410);
  });

  test("and leaves nothing of what was done in it but the word that it ended", async () => {
    const opened = openForReading(join(dataDir, "gateway.db"));
    if (!opened) throw new Error("no database");
    const { db } = opened;
    const tables = await db.introspection.getTables();
    const left: Record<string, number> = {};
    const count = async (name: string, condition: ReturnType<typeof sql<boolean>>): Promise<void> => {
      const { rows } = await sql<{
        n: number;
      }>`select count(*) as n from ${sql.table(name)} where ${condition}`.execute(db);
      if (Number(rows[0]?.n) > 0) left[name] = Number(rows[0]?.n);
    };
    for (const { name, columns } of tables) {
      const has = (column: string): boolean => columns.some((one) => one.name === column);
      if (has("tenant")) await count(name, sql<boolean>`tenant = 'practice'`);
      else if (has("engagement_id"))
        await count(name, sql<boolean>`engagement_id not in (select id from engagements)`);
    }
    await count("jobs", sql<boolean>`state <> 'running' and payload like '%practice%'`);
    await opened.close();
    expect(left).toEqual({ journal: 1 });
  });
});

test("its name is kept for it", async () => {
  const setup = { tenants: [{ domain_name: "practice" }] };
  const refused = refusalIn(await tellConsole(at, "POST", "/settings", { revision: null, setup }));
  expect(refused.details).toEqual([
    { path: "tenants[0].domain_name", message: "“practice” is kept for rehearsals; choose another name" },
  ]);
});

test("Track B from an empty brokerage, set up by hand with what the pretend Follow Up Boss shows", async () => {
  const state = await command({ action: "start", track: "B", ready: false });
  const value = (label: string) => state.practice_values.find((one) => one.label === label)?.text;
  const setup = {
    tenants: [
      {
        domain_name: "practice",
        users: [
          {
            id: "cara",
            name: "Cara Chen",
            default_broker_phone: value("Cara Chen Homes: phone of Cara Chen"),
            fub_api_key: value("Cara Chen Homes: API key of Cara Chen (owner)"),
            fub_embedded_app_secret: value("Cara Chen Homes: secret of the app “Aventora”"),
          },
        ],
      },
    ],
  };
  expect((await tellConsole(at, "POST", "/settings", { revision: null, setup })).status).toBe(200);
  const opened = await openApp(state, "Cara Chen looks at a contact");
  expect(opened.src).toContain("domain_name=practice");
  expect(opened.model).toMatchObject({
    state: "ready",
    agent: { name: "Cara Chen", matched: "matched by phone" },
  });
});

test("a gateway that ends in the middle of one starts without it, and with everything else", async () => {
  expect(await slugs()).toEqual(["acme", "practice"]);
  await gateway.stop();
  await real.close();
  real = createSandbox({ accounts: [] });
  await open();
  expect(await slugs()).toEqual(["acme"]);
  expect(await read()).toMatchObject({ state: "stopped", tenant: null });
});
