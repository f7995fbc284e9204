// Live events of the console: journal entries in batches by their sequence number, so a gap is filled and never hidden.
import type { Request, Response } from "express";
import type { AdminDeps } from "../admin/admin-deps.ts";
import type { DisplayBus } from "../base/display-events.ts";
import { openStream } from "./send-stream.ts";

const GATHER_MS = 200;
const BATCH = 500;

/** `?after_seq=` goes on from there; without it only what comes from now on is sent. */
export async function streamAdmin(
  deps: AdminDeps,
  bus: DisplayBus,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = Number(request.headers["last-event-id"] ?? request.query.after_seq);
  const newest = await deps.journal.query({ limit: 1 });
  let seq = Number.isInteger(asked) && asked >= 0 ? asked : (newest[0]?.seq ?? 0);
  const stream = openStream(request, response);
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    timer = undefined;
    for (const engagement_id of changed) stream.send("engagement", { engagement_id });
    changed.clear();
    const entries = await deps.journal.query({ after_seq: seq, limit: BATCH });
    seq = entries.at(-1)?.seq ?? seq;
    if (entries.length > 0) stream.send("journal", entries);
    if (entries.length === BATCH) schedule();
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush().catch(stream.end), GATHER_MS);
  };
  const stops = [
    bus.on("journal:added", schedule),
    bus.on("engagement:changed", (fact) => {
      changed.add(fact.engagementId);
      schedule();
    }),
  ];
  stream.onEnd(() => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  });
  schedule();
}
