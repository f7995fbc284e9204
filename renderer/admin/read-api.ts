// Asks the gateway's admin listener and checks what it answers. Every view of the console gets its data here.
import { z } from "zod";
import {
  engagementListSchema,
  journalPageSchema,
  lanesSchema,
  statusSchema,
} from "../../shared/admin-api.ts";
import { engagementSchema } from "../../shared/engagement.schema.ts";

type ListRow = z.infer<typeof engagementListSchema>["engagements"][number];
/** One outreach for the drawer; `row` is what only the list knows: the rule, the source, the state of its record. */
export interface EngagementDetail extends z.infer<typeof engagementSchema> {
  readonly row: ListRow | null;
}

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** `unauthorized`: this browser has no cookie; `offline`: nobody answered; `refused`: the gateway said why not. */
export type ApiFailure =
  | { readonly kind: "unauthorized" | "offline" }
  | { readonly kind: "refused"; readonly message: string };
export type ApiAnswer<T> = { readonly value: T } | { readonly failure: ApiFailure };

const NOT_UNDERSTOOD =
  "The gateway answered with something this console does not understand. Reload the page.";
const TIMEOUT_MS = 15_000;

async function ask<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<ApiAnswer<T>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(path, { ...init, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
    body = await response.json().catch(() => null);
  } catch {
    return { failure: { kind: "offline" } };
  }
  if (response.status === 401) return { failure: { kind: "unauthorized" } };
  const parsed = schema.safeParse(body);
  if (response.ok && parsed.success) return { value: parsed.data };
  const error = errorSchema.safeParse(body);
  return { failure: { kind: "refused", message: error.success ? error.data.error.message : NOT_UNDERSTOOD } };
}

const withQuery = (path: string, query: Readonly<Record<string, string | number | null>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
};

export const readStatus = () => ask("/api/status", statusSchema);

export const readLanes = () => ask("/api/lanes", lanesSchema);

/** `before` is the `next` of the page before; empty filters mean everything. */
export const readEngagements = (query: { status: string; search: string; before: string | null }) =>
  ask(withQuery("/api/engagements", { ...query, limit: 50 }), engagementListSchema);

/** The outreach with its talk and story, and its row of the list, which a search for its id finds. */
export async function readDetail(id: string): Promise<ApiAnswer<EngagementDetail>> {
  const [answer, found] = await Promise.all([
    ask(`/api/engagements/${encodeURIComponent(id)}`, engagementSchema),
    ask(withQuery("/api/engagements", { search: id, limit: 1 }), engagementListSchema),
  ]);
  if ("failure" in answer) return answer;
  const rows = "failure" in found ? [] : found.value.engagements;
  return { value: { ...answer.value, row: rows.find((row) => row.engagement_id === id) ?? null } };
}

export const readJournal = (query: {
  severity: string;
  search: string;
  before_seq?: number | null;
  after_seq?: number | null;
  limit: number;
}) => ask(withQuery("/api/journal", query), journalPageSchema);

/** Asks for a change; the answer's body does not matter, the view reads again. */
export const changeEngagement = (id: string, action: "pause" | "resume" | "cancel" | "sync") =>
  ask(`/api/engagements/${encodeURIComponent(id)}/${action}`, z.unknown(), { method: "POST" });
