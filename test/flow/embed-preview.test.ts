// The page in Follow Up Boss's preview, whose secret opened it, and a gateway that cannot read its keys.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VENDOR_SCRIPT } from "../../server/embed/render-page.ts";
import { createGateway, systemClock } from "../../server/index.ts";
import vector from "../fixtures/vendor-vector.json" with { type: "json" };
import { untilJournalled } from "../helpers/admin-client.ts";
import {
  AGENT_SECRET,
  fromDantomco,
  openSignedContext,
  SHARED_SECRET,
  startDantomco,
  VECTOR_QUERY,
} from "../helpers/dantomco.ts";
import { openPage } from "../helpers/embed-client.ts";
import { expectRefused } from "../helpers/refused-page.ts";
import { PAGES_DIR, type TestWorld, testEnvironment } from "../helpers/start-gateway.ts";

let world: TestWorld;
beforeAll(async () => {
  world = await startDantomco();
});
afterAll(() => world.close());

const openWith = (context: unknown, secret?: string, before?: string) =>
  openSignedContext(world.url, context, secret, before);

describe("what Follow Up Boss's preview asks for", () => {
  const EXAMPLE = { id: 1, domain: "example-account", owner: { name: "Example", email: "o@example.com" } };

  test.each(["account_not_found", "user_not_found", "person_not_found", "unauthorized"])(
    "the state %s",
    async (debugState) => {
      for (const account of [vector.decoded.account, EXAMPLE])
        expectRefused(await openWith(fromDantomco({ account, example: true, debugState })), debugState);
    },
  );

  test.each(["working", "a state of next year", undefined])(
    "a made-up account, debugState %s, shows the page without a session",
    async (debugState) => {
      const page = await openWith(fromDantomco({ account: EXAMPLE, example: true, debugState }));
      expect(page.status).toBe(200);
      expect(page.model).toMatchObject({
        state: "ready",
        preview: true,
        session: "",
        person: { name: "Nivia Guerra" },
      });
      expect(page.html).toContain(VENDOR_SCRIPT);
    },
  );

  test("an unsigned example gets nothing", async () => {
    const page = await openWith(fromDantomco({ account: EXAMPLE, example: true }), "somebody else's");
    expect(["unauthorized", "tenant_not_found"]).toContain(page.model.state);
    expect(page.model.session).toBe("");
  });
});

describe("the secret's candidates are tried in the guide's order", () => {
  const cases = [
    ["account fub_embedded_app_secret", vector.secret],
    ["gateway FUB_EMBEDDED_APP_SECRET", SHARED_SECRET],
    ["gateway FUB_SYSTEM_KEY", "sandbox-system-key"],
    ["user nolen fub_embedded_app_secret", AGENT_SECRET],
  ] as const;

  test.each(cases)("%s", async (origin, secret) => {
    const id = 60_000 + cases.findIndex((one) => one[0] === origin);
    const page = await openWith(fromDantomco({ person: { ...vector.decoded.person, id } }), secret);
    expect(page.model.state).toBe("ready");
    const entry = await untilJournalled(world, { event: "embed.opened", person_id: String(id) });
    expect(entry.detail?.signed_with).toBe(origin);
    expect(JSON.stringify(entry)).not.toContain(secret);
  });

  test("one secret in three places counts as the account's", async () => {
    const tenants = [
      { domain_name: "dantomco", users: [{ id: "nolen", fub_embedded_app_secret: vector.secret }] },
    ];
    await world.gateway.apply({ platform: { FUB_EMBEDDED_APP_SECRET: vector.secret }, tenants });
    await openWith(fromDantomco({ person: { ...vector.decoded.person, id: 60_010 } }));
    const entry = await untilJournalled(world, { event: "embed.opened", person_id: "60010" });
    expect(entry.detail?.signed_with).toBe("account fub_embedded_app_secret");
  });
});

test("keys that cannot be read are the gateway's trouble, not the signature's", async () => {
  const other = await startDantomco();
  await other.gateway.stop();
  const gateway = await createGateway({
    dataDir: other.dataDir,
    environment: testEnvironment(other.sandboxUrl, { GATEWAY_VAULT_KEY: "not the one it was made with" }),
    flags: { PORT: 0, ADMIN_PORT: 0 },
    clock: systemClock,
    version: "0.0.0-test",
    pagesDir: PAGES_DIR,
    writeLog: () => undefined,
  });
  const page = await openPage(gateway.addresses.publicUrl, VECTOR_QUERY);
  const { sentence } = expectRefused(page, "not_ready");
  expect(sentence).toMatch(/keys/i);
  expect(sentence).not.toContain(other.dataDir);
  expect((await fetch(`${gateway.addresses.publicUrl}/ready`)).status).toBe(503);
  await gateway.stop();
  await other.close();
});
