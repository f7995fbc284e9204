// Speaks to the console's API as the console does: JSON both ways, errors as code and details.
import type { z } from "zod";
import { errorBodySchema } from "../../shared/integration.schema.ts";
import type { AdminAddress } from "./admin-client.ts";

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export async function tellConsole(
  at: AdminAddress,
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answered> {
  const response = await fetch(`${at.adminUrl}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${at.adminToken}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

/** The answer as the contract has it, strictly: a field more or less fails. */
export async function askConsole<S extends z.ZodType>(
  at: AdminAddress,
  schema: S,
  path: string,
  change?: { readonly method: "POST" | "PUT" | "DELETE"; readonly body?: unknown },
): Promise<z.output<S>> {
  const { status, body } = await tellConsole(at, change?.method ?? "GET", path, change?.body);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  return schema.parse(body);
}

/** What a refused request says. */
export function refusalIn({ status, body }: Answered): {
  status: number;
  code: string;
  message: string;
  details: unknown;
} {
  const { error } = errorBodySchema.parse(body);
  return { status, code: error.code, message: error.message, details: error.details };
}

export interface RawAsked {
  readonly method?: string;
  readonly type?: string;
  readonly body?: string | Buffer<ArrayBuffer>;
  /** Instead of the token. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request exactly as given, for what the console itself would not send. */
export async function sendConsole(
  at: AdminAddress,
  path: string,
  { method = "GET", type, body, headers }: RawAsked = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const response = await fetch(`${at.adminUrl}/api${path}`, {
    method,
    headers: {
      ...(headers ?? { authorization: `Bearer ${at.adminToken}` }),
      ...(type === undefined ? {} : { "content-type": type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
