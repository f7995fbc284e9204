// Reading and changing for rooms: TanStack Query around `ask`. Keys are the path and its query, so that whoever reads the
// same shares it, and a change makes what it touches be read again.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { type ApiError, type Ask, ask, type Query } from "./api.ts";

export interface ReadOptions {
  readonly query?: Query;
  /** False: not asked yet. */
  readonly enabled?: boolean;
  /** Asked again this often while shown. */
  readonly everyMs?: number;
  /** Keeps showing the answer to the query before while the next one is on its way (filters, search). */
  readonly keep?: boolean;
}

/** `const home = useRead("/home", homeSchema, { query: { tenant } })`; see TanStack Query's useQuery for the answer. */
export function useRead<T>(path: string, schema: z.ZodType<T>, options: ReadOptions = {}) {
  return useQuery<T, ApiError>({
    queryKey: options.query === undefined ? [path] : [path, options.query],
    queryFn: ({ signal }) => ask(path, schema, { query: options.query, signal }),
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

export interface Change extends Ask {
  readonly path: string;
}

/**
 * `const save = useChange(schema, ["/settings"])`, then `save.mutate({ path: "/settings", method: "POST", body })`.
 * @param touches paths that are read again afterwards; "/engagements" also stands for "/engagements/e-1"
 */
export function useChange<T>(schema: z.ZodType<T>, touches: readonly string[] = []) {
  const client = useQueryClient();
  return useMutation<T, ApiError, Change>({
    mutationFn: ({ path, ...options }) => ask(path, schema, { method: "POST", ...options }),
    onSettled: () =>
      client.invalidateQueries({
        predicate: ({ queryKey }) => touches.some((touch) => isBelow(String(queryKey[0]), touch)),
      }),
  });
}

const isBelow = (path: string, touch: string): boolean => path === touch || path.startsWith(`${touch}/`);
