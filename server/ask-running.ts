// Asks the gateway that runs on a data folder, as its console does. Called by the command line, since one process owns a folder.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import { ERROR_CODES, type ErrorCode } from "../shared/error-codes.ts";
import { ADMIN_TOKEN_FILE } from "./admin-token.ts";
import { GatewayError } from "./base/errors.ts";
import type { Host } from "./host.ts";
import { RUNNING_FILE } from "./running-file.ts";

const runningSchema = z.object({ pid: z.number(), adminPort: z.number() });
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});

export interface Question {
  /** JSON text, or bytes as they come. */
  readonly body?: string | Readable;
  readonly bytes?: number;
  /** No limit unless given. */
  readonly limitMs?: number;
}

export interface AskRunning {
  /** @throws GatewayError with what the gateway answered; TypeError when nobody answers. */
  send(method: "GET" | "POST", path: string, question?: Question): Promise<Response>;
  json(method: "GET" | "POST", path: string, body?: unknown): Promise<unknown>;
}

/** @throws GatewayError data_folder_in_use while it is only starting. */
export function askRunning(host: Host): AskRunning {
  readRunning(host.dataDir);
  const token = readToken(host.dataDir);
  const send: AskRunning["send"] = async (method, path, { body, bytes, limitMs } = {}) => {
    const json = typeof body === "string";
    // Read each time: after a restore it may listen elsewhere.
    const { adminPort } = readRunning(host.dataDir);
    const response = await fetch(`http://127.0.0.1:${adminPort}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json ? { "content-type": "application/json" } : {}),
        ...(bytes === undefined ? {} : { "content-length": String(bytes) }),
      },
      ...(body === undefined ? {} : { body: json ? body : Readable.toWeb(body), duplex: "half" }),
      ...(limitMs === undefined ? {} : { signal: AbortSignal.timeout(limitMs) }),
    } as RequestInit);
    if (!response.ok) throw refusal(await response.json());
    return response;
  };
  return {
    send,
    json: async (method, path, body) => {
      const question = body === undefined ? {} : { body: JSON.stringify(body) };
      return (await send(method, path, question)).json();
    },
  };
}

/** The console's address with its token. @throws GatewayError data_folder_in_use; a file system error where this user may not know. */
export const consoleOf = (dataDir: string): string =>
  `http://127.0.0.1:${readRunning(dataDir).adminPort}/?token=${readToken(dataDir)}`;

const readToken = (dataDir: string): string => readFileSync(join(dataDir, ADMIN_TOKEN_FILE), "utf8").trim();

function readRunning(dataDir: string): z.infer<typeof runningSchema> {
  const file = join(dataDir, RUNNING_FILE);
  if (existsSync(file)) return runningSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  throw new GatewayError("data_folder_in_use", {
    sentence:
      "The data folder is in use by a gateway that is just starting or stopping. Try again in a moment.",
  });
}

function refusal(body: unknown): GatewayError {
  const { error } = errorSchema.parse(body);
  const code = Object.hasOwn(ERROR_CODES, error.code) ? (error.code as ErrorCode) : "settings_invalid";
  return new GatewayError(code, { sentence: error.message, details: error.details });
}
