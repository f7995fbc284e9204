// A button that does a remedy where it can be done: its words, and the console's screen it leads to.
import { z } from "zod";

/** `to` is a route of the console, "/setup/acme" or "/journal?engagement_id=…". */
export const actionSchema = z.object({ label: z.string(), to: z.string() });
export type Action = z.infer<typeof actionSchema>;

/** What a sentence rests on; whatever is null is not known. */
export const evidenceSchema = z.object({
  journal_seq: z.number().nullable(),
  engagement_id: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;
