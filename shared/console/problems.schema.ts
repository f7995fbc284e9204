// GET /api/problems?tenant= : each row of the guide's troubleshooting table, looked for in what was observed.
import { z } from "zod";
import { actionSchema, evidenceSchema } from "./action.schema.ts";

/** The rows of seed 000, "Troubleshooting", in its order. */
export const PROBLEM_IDS = [
  "domain_not_found",
  "wrong_identity",
  "lists_missing",
  "embed_unauthorized",
  "activity_missing",
  "campaign_queues_nothing",
  "tag_starts_nothing",
  "start_fails_internally",
  "connection_test_fails",
] as const;
export const problemIdSchema = z.enum(PROBLEM_IDS);
export type ProblemId = z.infer<typeof problemIdSchema>;

export const problemSchema = z.object({
  id: problemIdSchema,
  tenant: z.string(),
  /** The row's words: "Embed says domain not found". */
  problem: z.string(),
  /** unknown: nothing was seen that would tell. */
  state: z.enum(["ok", "found", "unknown"]),
  sentence: z.string(),
  remedy: z.string().nullable(),
  action: actionSchema.nullable(),
  evidence: evidenceSchema.nullable(),
});
export type Problem = z.infer<typeof problemSchema>;

export const problemsSchema = z.object({ problems: z.array(problemSchema) });
