// Which rows of a batch the pretend Hub takes, and in what words it leaves out the others. Used by submit-bulk.
import { z } from "zod";
import { behaviourFor } from "./accept-engagement.ts";
import type { HubState } from "./create-hub-world.ts";

/** Documented fields (facts/aventora-hub.md, 7a); others pass through. */
const rowBody = z.looseObject({
  instruction: z.string().trim().min(1),
  channel: z.string().default("phone"),
  call_type: z.string().optional(),
  phone_number: z.string().optional(),
  email: z.string().optional(),
  email_address: z.string().optional(),
  user_phone_number: z.string().optional(),
  source_record_id: z.union([z.string(), z.number()]).optional(),
});

export interface BulkRow {
  channel: string;
  type: string;
  contact: string;
  instruction: string;
  source_record_id?: string | number | undefined;
}

export interface CheckedRows {
  taken: BulkRow[];
  /** One for each row left out: "Row 3: skipped — duplicate customer". Rows count from 1. */
  errors: string[];
}

/** A customer is a duplicate when the same number or address came earlier in the batch. */
export function checkBulkRows(state: HubState, rows: readonly unknown[], callType: string): CheckedRows {
  const seen = new Set<string>();
  const checked: CheckedRows = { taken: [], errors: [] };
  for (const [index, given] of rows.entries()) {
    const row = readRow(state, given, callType);
    const problem = typeof row === "string" ? row : seen.has(keyOf(row)) ? "duplicate customer" : undefined;
    if (problem !== undefined) checked.errors.push(`Row ${index + 1}: skipped — ${problem}`);
    else if (typeof row !== "string") {
      seen.add(keyOf(row));
      checked.taken.push(row);
    }
  }
  return checked;
}

const keyOf = ({ channel, contact }: BulkRow): string =>
  channel === "email" ? contact.toLowerCase() : contact.replace(/\D/g, "").replace(/^1(?=\d{10}$)/, "");

/** The row, or why it is left out. */
function readRow(state: HubState, given: unknown, callType: string): BulkRow | string {
  const parsed = rowBody.safeParse(given);
  if (!parsed.success) return `${parsed.error.issues[0]?.path.join(".") || "row"} is missing or not valid`;
  const { channel, instruction, source_record_id, ...rest } = parsed.data;
  const type = rest.call_type ?? callType;
  const contact = channel === "email" ? (rest.email ?? rest.email_address) : rest.phone_number;
  if (!contact) return channel === "email" ? "email is required" : "phone_number is required";
  if (channel === "email" && type !== "informational") return "email supports informational only";
  const refusal = behaviourFor(state, contact).rowRefused;
  return refusal ?? { channel, type, contact, instruction, source_record_id };
}
