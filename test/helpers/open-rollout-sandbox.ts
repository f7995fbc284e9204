// A pretend Rollout over a real socket, with tokens made by hand, whose every answer is held against the vendor's OpenAPI
// file when ROLLOUT_OPENAPI names it.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, onTestFinished } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import type { RolloutWorld } from "../../server/sandbox/rollout/create-rollout-world.ts";
import { type RolloutDemo, rolloutWorld } from "../../server/sandbox/rollout/demo-rollout.ts";
import type { RolloutOptions } from "../../server/sandbox/rollout/rollout-types.ts";
import { type Answer, send } from "../unit/sandbox/open-sandbox.ts";

export interface OpenRollout {
  readonly url: string;
  /** The API's address, without a slash at the end. */
  readonly api: string;
  readonly demo: RolloutDemo;
  readonly rollout: RolloutWorld;
  readonly time: { now: number };
  /** With a good token for the demo's account, unless headers say otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

const NOON = Date.parse("2026-05-04T12:00:00Z");
const CLIENT = { id: "rollout-client", secret: "rollout-secret-0123456789abcdef" };

export async function openRolloutSandbox(options: RolloutOptions = {}): Promise<OpenRollout> {
  const demo = rolloutWorld();
  const time = { now: NOON };
  const sandbox = createSandbox({
    clock: { now: () => time.now },
    rollout: { ...demo.options, requestsPerSecond: null, retryMs: [], ...options },
  });
  const { url } = await sandbox.listen(0);
  onTestFinished(() => sandbox.close());
  const api = `${url}/rollout/api`;
  return {
    url,
    api,
    demo,
    time,
    rollout: sandbox.rollout,
    call: async (method, path, body, headers = {}) => {
      const known = {
        authorization: `Bearer ${mintToken({ sub: demo.consumerKey }, time.now)}`,
        "X-Rollout-Credential-Id": demo.credentialId,
      };
      const answer = await send(`${api}${path}`, method, body, { ...known, ...headers });
      checkShape(method, path, answer);
      return answer;
    },
  };
}

export interface TokenParts {
  readonly alg?: string;
  readonly secret?: string;
  readonly iss?: string;
  readonly sub?: string;
  /** Seconds; null leaves the claim out. */
  readonly iat?: number | null;
  readonly exp?: number | null;
}

/** A token as RFC 7515 has it, by no library: good for 15 minutes unless said otherwise. */
export function mintToken(parts: TokenParts, now: number): string {
  const seconds = Math.floor(now / 1000);
  const {
    alg = "HS512",
    secret = CLIENT.secret,
    iss = CLIENT.id,
    sub,
    iat = seconds,
    exp = seconds + 900,
  } = parts;
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss, sub, iat: iat ?? undefined, exp: exp ?? undefined };
  const signed = `${encode({ alg, typ: "JWT" })}.${encode(claims)}`;
  const hash = alg.replace("HS", "sha");
  return `${signed}.${createHmac(hash, secret).update(signed).digest("base64url")}`;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

/** Statuses that come before any endpoint, and that the vendor writes down elsewhere or not at all. */
const BEFORE_ENDPOINTS = [401, 403, 429, 500, 502, 503];

const path = process.env.ROLLOUT_OPENAPI;
const openApi: OpenApi | undefined = path ? JSON.parse(readFileSync(path, "utf8")) : undefined;
const ajv = new Ajv({ strict: false, validateFormats: false });
if (!openApi)
  console.log(
    "ROLLOUT_OPENAPI is not set: shapes of Rollout's answers were not checked against its own file.",
  );

/** What an operation answers is among what the file says it may, and has the shape. Operations that are not there are 404. */
function checkShape(method: string, pathAndQuery: string, { status, body }: Answer): void {
  if (!openApi || BEFORE_ENDPOINTS.includes(status)) return;
  const where = `${method} ${pathAndQuery} ${status}`;
  const pattern = pathAndQuery.replace(/\?.*/, "").replace(/^(\/[^/]+)\/[^/]+/, "$1/{id}");
  const operation = openApi.paths[pattern]?.[method.toLowerCase()];
  if (!operation) {
    expect(status, where).toBe(404);
    return;
  }
  const schema = operation.responses[status]?.content?.["application/json"]?.schema;
  if (!schema) throw new Error(`${where} is no answer the vendor's file has`);
  const valid = ajv.validate(schema, body);
  expect([where, valid ? null : ajv.errors]).toEqual([where, null]);
}
