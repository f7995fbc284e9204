// What a pretend Rollout endpoint is given and hands back. Endpoints are plain functions of these; what they refuse they
// throw, as the pretend Follow Up Boss does: both answer `{"errorMessage": …}`.
import type { FubReply } from "../fub/fub-reply.ts";
import { badRequest, notFound } from "../fub/fub-reply.ts";
import type { RolloutWorld } from "./create-rollout-world.ts";
import type { RolloutCredential } from "./rollout-types.ts";

export interface RolloutRequest {
  world: RolloutWorld;
  credential: RolloutCredential;
  query: Record<string, string>;
  /** The id in the path (`/people/0197…/tags/apply` → `0197…`); "" when there is none. */
  id: string;
  body: unknown;
  /** Address of the pretend API, without a slash at the end. */
  base: string;
}

export type RolloutReply = FubReply;

/** DELETE and changes of tags answer with an empty list (OpenAPI). */
export const emptied: RolloutReply = { status: 200, body: [] };

/** The record of that id; else a 404. */
export function recordOf<T extends { id: string }>(records: readonly T[], id: string): T {
  const found = records.find((record) => record.id === id);
  if (!found) throw notFound();
  return found;
}

/** An id in a body that names nobody is a 400: creating knows no 404 (OpenAPI). Absent and null are fine. */
export function checkReference(
  records: readonly { id: string }[],
  field: string,
  id: string | null | undefined,
): void {
  if (id === undefined || id === null || records.some((record) => record.id === id)) return;
  throw badRequest(`Invalid value for field: ${field}.`);
}
