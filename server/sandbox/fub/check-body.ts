// Strict bodies, as Follow Up Boss has them: unknown fields are named and refused, wrong types too.
import { z } from "zod";
import { badRequest } from "./fub-reply.ts";

/** Booleans may be written as 0 and 1. */
export const flagField = z.union([z.boolean(), z.literal(0), z.literal(1)]).transform(Boolean);
export const idField = z.int().min(1);

/** The parsed body, or a 400 with the recorded wording for unknown fields (facts, 2.5). */
export function checkBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("The request body must be a JSON object.");
  }
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const unknown = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys : [],
  );
  if (unknown.length > 0) throw badRequest(`Invalid fields in the request body: ${unknown.join(", ")}.`);
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  const missing = valueAt(body, issue?.path ?? []) === undefined;
  throw badRequest(missing ? `Missing required field: ${field}.` : `Invalid value for field: ${field}.`);
}

/** Follow Up Boss names custom fields `customXyz`; a strict schema cannot list them. */
export function splitCustomFields(body: unknown): { body: unknown; custom: Record<string, unknown> } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return { body, custom: {} };
  const entries = Object.entries(body);
  const isCustom = ([name]: [string, unknown]): boolean => /^custom[A-Z0-9]/.test(name);
  return {
    body: Object.fromEntries(entries.filter((entry) => !isCustom(entry))),
    custom: Object.fromEntries(entries.filter(isCustom)),
  };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
