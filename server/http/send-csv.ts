// A download in CSV, written as fast as it is read: nothing of 100,000 lines is held in memory at once.
import { once } from "node:events";
import type { Response } from "express";

/** `name`: of the file, without its ending; signs no file name may have are replaced. */
export async function sendCsv(
  response: Response,
  name: string,
  pieces: AsyncIterable<string>,
): Promise<void> {
  const safe = name.replace(/[^\w .-]+/g, "_").slice(0, 80) || "list";
  response.setHeader("content-type", "text/csv; charset=utf-8");
  response.setHeader("content-disposition", `attachment; filename="${safe}.csv"`);
  response.setHeader("cache-control", "no-store");
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  response.end();
}
