// POST /bulk-calls/submit of the pretend Hub, and what it tells of batches. Called by the Hub's router.
import { z } from "zod";
import type { HubBatch } from "./bulk-types.ts";
import { checkBulkRows } from "./check-bulk-rows.ts";
import type { HubState } from "./create-hub-world.ts";
import { runBatch } from "./run-batch.ts";
import { isOver } from "./run-engagement.ts";

/** Facts/aventora-hub.md, 7a. */
const MOST_ROWS = 1000;

const bulkBody = z.looseObject({
  domain_name: z.string().min(1),
  rows: z.array(z.unknown()).min(1),
  call_type: z.string().default("informational"),
  campaign_name: z.string().optional(),
});

export interface BulkReply {
  /** null: the answer never comes. */
  status: number | null;
  body: unknown;
}

/** Every submit is kept in `state.batches`, whatever comes of it. */
export function submitBulk(state: HubState, body: unknown, fubUrl: () => string): BulkReply {
  const batch: HubBatch = {
    batch_id: crypto.randomUUID(),
    at: state.now(),
    body: body as Record<string, unknown>,
    status: null,
    answer: null,
    engagementIds: [],
    left: 0,
  };
  state.batches.push(batch);
  const { silent, fails } = state.bulk;
  if (fails !== undefined)
    return settle(batch, fails, { error: fails === 401 ? "Unauthorized" : "The Hub is not available" });
  if (silent === "lost") return { status: null, body: null };
  const parsed = bulkBody.safeParse(body);
  if (!parsed.success) return settle(batch, 400, { error: "domain_name and rows are required" });
  if (parsed.data.rows.length > MOST_ROWS)
    return settle(batch, 400, { error: `Max ${MOST_ROWS} rows per request` });
  const { taken, errors } = checkBulkRows(state, parsed.data.rows, parsed.data.call_type);
  batch.left = taken.length;
  state.track(runBatch(state, batch, { rows: taken, domain_name: parsed.data.domain_name, fubUrl }));
  const reply = settle(batch, 200, {
    success: true,
    batch_id: batch.batch_id,
    queued_calls: taken.length,
    skipped_calls: errors.length,
    errors,
    message: `Batch created with ${taken.length} calls. Processing will start shortly.`,
  });
  if (silent !== "queued") return reply;
  batch.status = null;
  return { status: null, body: null };
}

function settle(batch: HubBatch, status: number, body: Record<string, unknown>): BulkReply {
  Object.assign(batch, { status, answer: body });
  return { status, body };
}

/** A shape of our own: the real one is not published. Nothing in the gateway may rely on it. */
export function describeBatch(state: HubState, batch: HubBatch): Record<string, unknown> {
  const over = batch.engagementIds.filter((id) => {
    const engagement = state.engagements.get(id);
    return engagement !== undefined && isOver(engagement);
  });
  const queued = batch.left + batch.engagementIds.length;
  return {
    batch_id: batch.batch_id,
    file_name: batch.body.campaign_name ?? null,
    status: over.length === queued ? "completed" : "processing",
    total_calls: queued,
    completed_calls: over.length,
    created_at: new Date(batch.at).toISOString(),
  };
}

/** Batches the Hub knows of: what it refused or lost is none. */
export const knownBatches = ({ batches }: HubState): HubBatch[] =>
  batches.filter(({ answer }) => answer !== null && "batch_id" in answer);
