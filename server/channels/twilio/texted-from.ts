// Whether the brokerage has texted a contact from this number: what tells its pool's numbers, which only Twilio knows, from
// others of the same account.
import { z } from "zod";
import type { Db } from "../../db/schema.ts";
import { eventsWith } from "../carrier-events.ts";

const withFrom = z.object({ from: z.string() });

/** All three as they are kept: `contact` and `sender` E.164. */
export async function textedFrom(
  db: Db,
  { tenant, contact, sender }: { readonly tenant: string; readonly contact: string; readonly sender: string },
): Promise<boolean> {
  const rows = await eventsWith(db, { tenant, contact })
    .select("carrier_events.data")
    .where("carrier_events.kind", "in", ["message.plan", "message.status"])
    .execute();
  return rows.some(({ data }) => withFrom.safeParse(JSON.parse(data)).data?.from === sender);
}
