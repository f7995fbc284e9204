// POST /api/test-connection: does a Follow Up Boss key work, and whose is it; for saved keys and for what is only typed.
import { z } from "zod";
import { connectionResultSchema, testConnectionSchema } from "../integration.schema.ts";

/** `user_id`: the agent's own key instead of the brokerage's. A masked, empty or missing fub_api_key means the saved one. */
export const consoleTestSchema = testConnectionSchema.extend({
  user_id: z.string().trim().max(100).optional(),
});
export type ConsoleTest = z.input<typeof consoleTestSchema>;

export const consoleTestResultSchema = connectionResultSchema.extend({
  at: z.iso.datetime(),
  /** Which key was tried; "none" when there was none. */
  tested: z.enum(["typed", "saved", "none"]),
  /** What does not fit although the key works ("This is Ben's key, not Ann's."), each with what to do. */
  warnings: z.array(z.object({ sentence: z.string(), remedy: z.string() })),
  /** What to do when it failed; null when it worked. */
  remedy: z.string().nullable(),
});
export type ConsoleTestResult = z.infer<typeof consoleTestResultSchema>;
