// Whether a number is known to receive no texts: Twilio said so of an earlier one (facts: telephony 1.5, codes 30005 and 30006).
// Asked before a first text goes out, so that the brokerage does not pay, and carriers do not frown, for the same again.
import { z } from "zod";
import { GatewayError } from "../../base/errors.ts";
import type { Db } from "../../db/schema.ts";
import { eventsWith } from "../carrier-events.ts";
import { twilioCode } from "./twilio-codes.ts";

/** No such handset, or a landline. */
const DEAF = new Set([30005, 30006]);
const ARRIVED = new Set(["delivered", "read"]);
/** Numbers are given to others, and landlines learn to receive texts. */
const HOLDS_MS = 90 * 86_400_000;

export interface SeenStatus {
  readonly at: number;
  readonly status: string;
  readonly code: number | null;
}

/** The code that still holds; undefined where none does, or something arrived since. Pure. */
export function deafCode(seen: readonly SeenStatus[], now: number): number | undefined {
  const telling = seen.filter(({ code, status }) => (code !== null && DEAF.has(code)) || ARRIVED.has(status));
  const last = telling.toSorted((a, b) => b.at - a.at)[0];
  if (!last || ARRIVED.has(last.status) || now - last.at > HOLDS_MS) return undefined;
  return last.code ?? undefined;
}

const statusSchema = z.object({ status: z.string(), code: z.number().nullable() });

/** @throws GatewayError invalid_phone. */
export async function refuseDeafNumber(
  db: Db,
  { tenant, contact, now }: { readonly tenant: string; readonly contact: string; readonly now: number },
): Promise<void> {
  const rows = await eventsWith(db, { tenant, contact })
    .select(["carrier_events.data", "carrier_events.at"])
    .where("engagements.channel", "!=", "wmsg")
    .where("carrier_events.kind", "=", "message.status")
    .where("carrier_events.at", ">=", now - HOLDS_MS)
    .execute();
  const seen = rows.flatMap(({ data, at }) => {
    const read = statusSchema.safeParse(JSON.parse(data));
    return read.success ? [{ ...read.data, at }] : [];
  });
  const code = deafCode(seen, now);
  if (code === undefined) return;
  const said = twilioCode(code)?.sentence ?? "The number cannot receive messages.";
  throw new GatewayError("invalid_phone", {
    sentence: `${said} Twilio said so of an earlier text. Call instead.`,
  });
}
