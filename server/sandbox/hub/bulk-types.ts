// Batches at the pretend Hub: how they can be made to go wrong, and what is kept of each for tests to look at.

/** How `POST /bulk-calls/submit` behaves; nothing set means well-behaved and all rows at once. */
export interface HubBulkBehaviour {
  /** The answer never comes: the batch was `queued` all the same, or it was `lost`. */
  silent?: "queued" | "lost";
  /** As `silent`, but the connection breaks off at once, so that a test need not wait. */
  hangsUp?: boolean;
  /** Refused with this status (say 503 or 401), nothing queued. */
  fails?: number;
  /** Real ms from the answer to the first row, between rows, and how many rows may be under way at once. */
  startsAfterMs?: number;
  everyMs?: number;
  atOnce?: number;
}

/** One submit as it came in and what became of it. */
export interface HubBatch {
  batch_id: string;
  at: number;
  /** The body as sent. */
  body: Record<string, unknown>;
  /** As answered; null when the answer was swallowed. */
  status: number | null;
  /** The answer's body, made even where it was swallowed; null when the batch was lost. */
  answer: Record<string, unknown> | null;
  /** Engagements started so far, in the order of their rows. */
  engagementIds: string[];
  /** Rows taken but not started yet. */
  left: number;
}
