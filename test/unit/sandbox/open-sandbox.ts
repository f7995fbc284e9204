// One sandbox over a real socket with a clock the test moves, and a client that says little.
import { onTestFinished } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../../server/sandbox/create-sandbox.ts";
import { type DemoKeys, demoWorld } from "../../../server/sandbox/demo/demo-world.ts";
import type { SandboxAccount } from "../../../server/sandbox/sandbox-types.ts";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into by assertions
  body: any;
}

export interface OpenSandbox {
  sandbox: Sandbox;
  url: string;
  keys: DemoKeys;
  time: { now: number };
  /** `call(key, "GET", "/people?limit=1")`; registered unless `headers` say otherwise. */
  call(
    key: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
}

export const REGISTERED = { "X-System": "Aventora", "X-System-Key": "sandbox-system-key" };
const NOON = Date.parse("2026-05-04T12:00:00Z");

export async function openSandbox(options: SandboxOptions = {}): Promise<OpenSandbox> {
  const { accounts, keys } = demoWorld();
  for (const account of accounts) keepHandMade(account);
  const time = { now: NOON };
  const sandbox = createSandbox({ accounts, clock: { now: () => time.now }, ...options });
  const { url } = await sandbox.listen(0);
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    url,
    keys,
    time,
    call: (key, method, path, body, headers = REGISTERED) =>
      send(`${url}/v1${path}`, method, body, { ...headers, authorization: basic(key) }),
  };
}

/** Without the demo's long lists: what is asked of endpoints here is about people one can name. */
function keepHandMade(account: SandboxAccount): void {
  account.people = account.people.filter(({ id }) => id <= 116);
  account.smartLists = account.smartLists.filter(({ id }) => id <= 25);
}

export const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

/** One request; a text body goes out as it is, anything else as JSON. */
export async function send(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    redirect: "manual",
    signal: AbortSignal.timeout(5000),
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json");
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}
