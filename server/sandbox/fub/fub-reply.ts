// What a pretend Follow Up Boss endpoint is given and hands back. Endpoints are plain functions of these.
import type { SandboxAccount, SandboxUser } from "../sandbox-types.ts";
import type { FubWorld } from "./create-fub-world.ts";

export interface FubCaller {
  account: SandboxAccount;
  user: SandboxUser;
  /** X-System as sent, when sent. */
  system: string | null;
  /** X-System and X-System-Key name a registered system. */
  registered: boolean;
}

export interface FubRequest {
  world: FubWorld;
  caller: FubCaller;
  query: Record<string, string>;
  /** The last number in the path (`/notes/12` → 12); 0 when there is none. */
  id: number;
  /** The last part of the path as it is (`/webhookEvents/9f…` → `9f…`). */
  key: string;
  body: unknown;
  /** Address this sandbox is reached at, for nextLink. */
  origin: string;
}

export interface FubReply {
  status: number;
  /** JSON; undefined means an empty body. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** A refusal on the way; the door turns it into `{"errorMessage": …}`. */
export class FubRefusal extends Error {
  override readonly name = "FubRefusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Docs, error responses: also for people the key's user may not see. */
export const notFound = (): FubRefusal => new FubRefusal(404, "Requested resource was not found.");
export const badRequest = (message: string): FubRefusal => new FubRefusal(400, message);
