// Finds again what was written and never confirmed: the newest notes or calls of one person, searched for a marker.
import type { z } from "zod";
import { GatewayError } from "../../base/errors.ts";
import { pageThrough } from "../page-through.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { bodyId } from "./fub-id.ts";

export interface MarkerSearch<S extends z.ZodType<{ readonly id: string }>> {
  readonly collection: "notes" | "calls";
  readonly item: S;
  readonly personId: string;
  /** The texts of an item the marker may be in. */
  readonly texts: (item: z.output<S>) => readonly (string | null)[];
  readonly marker: string;
  readonly call: CrmCall;
}

/** What is looked for was written minutes ago, and lists come newest first: three pages are plenty. */
const NEWEST_PAGES = 3;

/** null when nobody wrote it, or the key does not see the person. */
export async function findByMarker<S extends z.ZodType<{ readonly id: string }>>(
  client: FubClient,
  { collection, item, personId, texts, marker, call }: MarkerSearch<S>,
): Promise<{ id: string } | null> {
  const query = { personId: String(bodyId(personId)) };
  const pages = pageThrough(client, {
    path: `/${collection}`,
    collection,
    item,
    query,
    call,
    newestPages: NEWEST_PAGES,
  });
  try {
    for await (const page of pages) {
      const found = page.find((entry) => texts(entry).some((text) => text?.includes(marker)));
      if (found) return { id: found.id };
    }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== "crm_not_found") throw error;
  }
  return null;
}
