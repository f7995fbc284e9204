// The connection test, the request limit, and the published document held against what the API really answers.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { ConnectionResult } from "../../shared/integration.schema.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";

const TEST = "/account-settings/test-crm-connection";
let world: TestWorld;
let key = "";
beforeAll(async () => {
  world = await startTestWorld();
  key = world.setup.tenants?.[0]?.call_management_api_key ?? "";
});
afterAll(() => world.close());

const call = (path: string, body?: object, at: TestWorld = world) =>
  fetch(`${at.url}${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
async function connect(body: object, at?: TestWorld): Promise<ConnectionResult> {
  const response = await call(
    TEST,
    { domain_name: "fub-test", crm_sync_provider: "followup_boss", ...body },
    at,
  );
  expect(response.status).toBe(200);
  return (await response.json()) as ConnectionResult;
}

describe("test-crm-connection", () => {
  test("a good key: whose account it is, and as whom", async () => {
    const typed = world.world.keys.cara.ownerKey;
    expect(
      await connect({ fub_api_key: typed, fub_sync_contacts: true, register_fub_webhook: false }),
    ).toMatchObject({
      success: true,
      code: null,
      account: { id: "7002", domain: "solo-cara" },
      user: { id: "1", name: "Cara Chen", is_owner: true },
      webhook: { requested: false, registered: false },
    });
  });

  test.each(["fka_••••••••", "****", "…………", "", undefined])(
    "%s in place of the key means the saved one",
    async (shown) => {
      const answer = await connect(shown === undefined ? {} : { fub_api_key: shown });
      expect(answer).toMatchObject({
        success: true,
        account: { domain: "fub-test" },
        user: { name: "Olive Owner" },
      });
    },
  );

  test("a bad key: said in words, and not repeated", async () => {
    const answer = await connect({ fub_api_key: "fka_not_a_key_of_anybody" });
    expect(answer).toMatchObject({ success: false, code: "crm_unauthorized", account: null, user: null });
    expect(JSON.stringify(answer)).not.toContain("not_a_key");
  });

  test("an agent's key is told from the owner's, and the webhook is answered, not forgotten", async () => {
    const answer = await connect({
      fub_api_key: world.world.keys.fubTest.annKey,
      register_fub_webhook: true,
    });
    expect(answer).toMatchObject({
      success: true,
      user: { is_owner: false },
      webhook: { requested: true, registered: false },
    });
    expect(answer.message).toContain("not the owner's key");
    expect(answer.webhook.message).toContain("no public address");
  });

  test("without FUB_SYSTEM_KEY the missing setting is named", async () => {
    const bare = await startTestWorld({
      setup: ({ platform, ...rest }) => ({ ...rest, platform: { ...platform, FUB_SYSTEM_KEY: "" } }),
    });
    const answer = await connect({}, bare);
    expect(answer).toMatchObject({ success: false, message: expect.stringContaining("FUB_SYSTEM_KEY") });
    await bare.close();
  });
});

test("one key may ask only so often; the other brokerage's goes on", async () => {
  const limited = await startTestWorld({
    setup: (setup) => ({ ...setup, platform: { ...setup.platform, integrator_requests_per_minute: 10 } }),
  });
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++)
    statuses.push((await call("/integration/engagements/x", undefined, limited)).status);
  expect(statuses).toEqual([...Array(10).fill(404), 429, 429]);
  const response = await call("/integration/start", {}, limited);
  expect(response.status).toBe(429);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(response.headers.get("retry-after"))).toBeLessThanOrEqual(60);
  expect(await response.json()).toMatchObject({ error: { code: "rate_limited" } });
  const other = limited.setup.tenants?.[1]?.call_management_api_key ?? "";
  const theirs = await fetch(`${limited.url}/integration/engagements/x`, {
    headers: { authorization: `Bearer ${other}` },
  });
  expect(theirs.status).toBe(404);
  await limited.close();
});

describe("openapi.json", () => {
  interface Operation {
    readonly operationId: string;
    readonly parameters?: { name: string; in: string; required: boolean }[];
    readonly requestBody?: { content: Record<string, { schema: { $ref: string } }> };
    readonly responses: Record<
      string,
      { description: string; content?: Record<string, { schema: { $ref: string } }> }
    >;
  }
  interface Document {
    readonly openapi: string;
    readonly info: { title: string; version: string };
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: { schemas: Record<string, Record<string, unknown>>; securitySchemes: object };
  }
  let document: Document;
  beforeAll(async () => {
    document = (await (await fetch(`${world.url}/openapi.json`)).json()) as Document;
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
    );
  /** What the document says a thing looks like, as a check. */
  const schemaOf = (name: string) => z.fromJSONSchema(document.components.schemas[name] as never);

  test("is OpenAPI 3.1: every reference leads somewhere, every path's parameters are declared", () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: "0.0.0-test" });
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(12);
    for (const { path, operation } of operations()) {
      const declared = (operation.parameters ?? [])
        .filter((one) => one.in === "path")
        .map(({ name }) => name);
      expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(response.description.length).toBeGreaterThan(3);
      }
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target ?? "",
    );
    expect(references.length).toBeGreaterThan(20);
    for (const target of references)
      expect(Object.keys(document.components.schemas)).toContain(target.replace("#/components/schemas/", ""));
    expect(JSON.stringify(document)).not.toMatch(/fka_|avt_|\/work|node_modules/);
  });

  test("every path it names answers to the method it names", async () => {
    for (const { path, method } of operations()) {
      const response = await fetch(`${world.url}${path.replace("{id}", "eng_1")}`, {
        method: method.toUpperCase(),
      });
      expect([path, response.status]).toEqual([path, path === "/start" ? 400 : 401]);
    }
  });

  test("its schemas accept what the API takes and answers, and nothing else", async () => {
    const body = {
      domain_name: "fub-test",
      phone_number: "+14165550131",
      type: "conversational",
      channel: "sms",
    };
    expect(schemaOf("IntegrationStart").safeParse(body).success).toBe(true);
    expect(schemaOf("IntegrationStart").safeParse({ ...body, channel: "fax" }).success).toBe(false);
    expect(schemaOf("IntegrationStart").safeParse({ phone_number: "+1" }).success).toBe(false);
    for (const person_id of [12345, "12345"]) {
      const from = { domain_name: "fub-test", person_id, type: "informational" };
      expect(schemaOf("StartFromPerson").safeParse(from).success).toBe(true);
    }
    const started = (await (await call("/integration/start", body)).json()) as { engagement_id: string };
    expect(schemaOf("Started").parse(started)).toEqual(started);
    const engagement = await waitFor("the end", async () => {
      const answer = (await (await call(`/integration/engagements/${started.engagement_id}`)).json()) as {
        completed_at: string | null;
      };
      expect(schemaOf("Engagement").parse(answer)).toEqual(answer);
      return answer.completed_at === null ? undefined : answer;
    });
    expect(schemaOf("Engagement").safeParse({ ...engagement, status: "done" }).success).toBe(false);
    const result = await connect({});
    expect(schemaOf("ConnectionResult").parse(result)).toEqual(result);
    const rows = [
      { phone_number: "+14165550131", instruction: "Hello" },
      { email: "a@people.example", instruction: "Hello" },
    ];
    expect(schemaOf("BulkSubmit").safeParse({ domain_name: "fub-test", rows }).success).toBe(true);
    expect(schemaOf("BulkSubmit").safeParse({ domain_name: "fub-test", rows: [] }).success).toBe(false);
    expect(schemaOf("BulkRow").safeParse({ phone_number: "+14165550131" }).success).toBe(false);
    const sent = await call("/bulk-calls/submit", { domain_name: "fub-test", rows: [...rows, {}] });
    const accepted = (await sent.json()) as { batch_id: string };
    expect(schemaOf("BulkAnswer").parse(accepted)).toEqual(accepted);
    const batch: unknown = await (await call(`/bulk-calls/batches/${accepted.batch_id}`)).json();
    expect(schemaOf("Batch").parse(batch)).toEqual(batch);
    const list: unknown = await (await call("/bulk-calls/batches")).json();
    expect(schemaOf("BatchList").parse(list)).toEqual(list);
    for (const wrong of [
      call("/integration/start", {}),
      call("/integration/engagements/x"),
      call("/nothing"),
    ]) {
      const error: unknown = await (await wrong).json();
      expect(schemaOf("Error").parse(error)).toEqual(error);
    }
  });
});
