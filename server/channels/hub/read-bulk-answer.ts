// What the Hub says to a batch. Rows it left out are named in free text only ("Row 3: skipped — duplicate customer"), so
// the text is read leniently; whether the counts agree with it is for the caller to see.
import { z } from "zod";
import { GatewayError } from "../../base/errors.ts";
import { redactText } from "../../base/redact-text.ts";
import type { BulkAnswer } from "../channel.ts";

/** Facts: Hub documentation, section 7a. */
const answerSchema = z.looseObject({
  success: z.boolean().nullish().catch(null),
  batch_id: z
    .union([z.string().trim().min(1), z.number()])
    .transform(String)
    .nullish()
    .catch(null),
  queued_calls: z.coerce.number().int().nonnegative().nullish().catch(null),
  errors: z.array(z.unknown()).nullish().catch([]),
});

const UNCLEAR =
  "The Aventora Hub took the batch but did not name it, so it is not known whether it was started. Check in the Hub, then resume this outreach here or cancel it.";

/**
 * @param rows How many rows were sent.
 * @throws GatewayError provider_refused when the Hub says no in a 2xx; provider_fate_unknown when it names no batch.
 */
export function readBulkAnswer(body: unknown, rows: number): BulkAnswer {
  const parsed = answerSchema.safeParse(body);
  const { success, batch_id, queued_calls, errors } = parsed.success ? parsed.data : {};
  if (success === false) {
    const said = (errors ?? []).flatMap((error) => (typeof error === "string" ? [brief(error)] : []));
    throw new GatewayError("provider_refused", {
      sentence: `The Aventora Hub refused the batch${said[0] ? `: ${said[0]}` : "."}`,
    });
  }
  if (!batch_id) throw new GatewayError("provider_fate_unknown", { sentence: UNCLEAR });
  const refused = readRefusals(errors ?? [], rows);
  return {
    batchReference: batch_id,
    refused,
    queued: queued_calls ?? rows - refused.length,
  };
}

/** Each row once, by the first thing said about it; what names no row of ours is left out. */
function readRefusals(errors: readonly unknown[], rows: number): BulkAnswer["refused"] {
  const byIndex = new Map<number, string>();
  for (const error of errors) {
    if (typeof error !== "string") continue;
    const { numbers, words } = readError(error);
    for (const number of numbers) {
      if (number >= 1 && number <= rows && !byIndex.has(number - 1)) byIndex.set(number - 1, words);
    }
  }
  return [...byIndex].map(([index, words]) => ({
    index,
    sentence: `The Aventora Hub left this person out: ${brief(words)}`,
  }));
}

const ROWS =
  /^\W*(?:rows?|lines?)\s*(?:no\.?|number|#)?\s*(\d+(?:\s*(?:,|&|and|-|–|to)\s*#?\d+)*)\s*[:.)—–-]?\s*/i;
const SKIPPED = /^(?:was\s+)?skipped\s*[:—–-]?\s*/i;
/** More than any batch has rows: a range must not make us count for ever. */
const MOST_IN_RANGE = 1000;

/** Row numbers at the beginning, from 1, and what is said about them. */
function readError(error: string): { numbers: number[]; words: string } {
  const match = ROWS.exec(error);
  if (!match) return { numbers: [], words: error };
  const numbers = (match[1] ?? "").split(/\s*(?:,|&|and)\s*/i).flatMap((part) => {
    const [from = 0, to = from] = part
      .split(/\s*(?:-|–|to)\s*/i)
      .map((text) => Number(text.replace("#", "")));
    const length = Math.min(Math.max(0, to - from + 1), MOST_IN_RANGE);
    return Array.from({ length }, (_, step) => from + step);
  });
  return { numbers, words: error.slice(match[0].length).replace(SKIPPED, "") || error };
}

/** One line, without secrets, ending like a sentence. */
function brief(text: string): string {
  const line = redactText(text.replace(/\s+/g, " ").trim().slice(0, 200));
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
