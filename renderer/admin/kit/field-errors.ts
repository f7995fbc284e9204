// What the gateway found wrong with single fields of a form, to be said at each of them.
import { z } from "zod";
import { ApiError } from "./api.ts";

const detailsSchema = z.array(z.object({ path: z.string(), message: z.string() }));

/** path → what is wrong with it; empty for every other failure. Several of one field are joined. */
export function fieldErrors(error: Error | null): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError) || error.kind !== "refused") return new Map();
  const found = new Map<string, string>();
  for (const { path, message } of detailsSchema.safeParse(error.details).data ?? [])
    found.set(path, found.has(path) ? `${found.get(path)}; ${message}` : message);
  return found;
}
